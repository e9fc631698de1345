import { Refusal } from '@commonhold/core';
import type { HandOver } from '../../../firewall/joining/hand-over.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, route, signedIn, type Route } from '../route.ts';
import { flag, list, named, oneOf, shape, signedShape, text, time } from '../shapes.ts';
import { contractShape, handOverShape, narrowingShape } from '../shapes-services.ts';

const ONE = '/me/services/{persona}/{service}';
const answers = { 200: named('Joined') };
const UNWRITTEN = ['still_leaving', 'retired', 'pod_moved', 'house_device_revoked'];

/** Services that are not built in: looking at their contracts, joining, and what one has joined. */
export function serviceRoutes({ joining }: Pick<WebDeps, 'joining'>): Route[] {
  return [
    signedIn<unknown>({
      method: 'POST', path: '/services/preview', summary: 'Look at a contract before joining: pasted, fetched from an address, or known by its hash; what keeps it from being joined is listed, and what it declares and is not done here. 400 has the place of what cannot be read', auth: 'session', limit: 'fetch',
      checks: 'gate', most: 600_000, body: shape({ 'contract?': contractShape, 'address?': text(2000, 1), 'hash?': text(43, 43) }), answers: { 200: named('ContractPreview') }, problems: ['bad_address', 'page_unreachable', 'contract_unknown'],
      handler: async ({ caller, session, body }) => ok(await (await joining()).preview(caller, body, { local: session.role === 'steward' })),
    }),
    signedIn({
      method: 'GET', path: '/me/services', summary: 'The services that you have joined, the oldest first', auth: 'session', limit: 'read', answers: { 200: shape({ services: list(named('Joined')) }) },
      handler: async ({ caller }) => ok({ services: (await joining()).list(caller) }),
    }),
    signedIn<{ hash: string; as?: 'pseudonym' | 'self'; narrowing?: unknown; draft?: true }>({
      method: 'POST', path: '/me/services', summary: 'Join a service by a contract that you looked at, under a fresh pseudonym unless you say `self`', auth: 'session', limit: 'write',
      body: shape({ hash: text(43, 43), 'as?': oneOf('pseudonym', 'self'), 'narrowing?': narrowingShape, 'draft?': { const: true } }), answers: { 201: named('Joined') },
      problems: ['contract_unknown', 'contract_blocked', 'already_joined', 'bad_narrowing', ...UNWRITTEN],
      handler: async ({ caller, body }) => created(await (await joining()).join(caller, body)),
    }),
    signedIn({
      method: 'GET', path: ONE, summary: 'One of them whole: its contract, the statement that you joined, and the key log to check it by', auth: 'session', limit: 'read', answers: { 200: named('JoinedWhole') }, problems: ['service_unknown'],
      handler: async ({ caller, params }) => ok((await joining()).get(caller, params['persona']!, params['service']!)),
    }),
    signedIn({
      method: 'PUT', path: `${ONE}/narrowing`, summary: 'Take back rules, or fields and audiences of rules; what is not named is given back. It holds from the very next request on', auth: 'session', limit: 'write',
      body: narrowingShape, answers, problems: ['service_unknown', 'bad_narrowing', ...UNWRITTEN],
      handler: async ({ caller, params, body }) => ok(await (await joining()).narrow(caller, params['persona']!, params['service']!, body)),
    }),
    signedIn<{ until?: number }>({
      method: 'POST', path: `${ONE}/pause`, summary: 'Deny everybody but yourself, until a time or until you end it', auth: 'session', limit: 'write', body: shape({ 'until?': time }), answers, problems: ['service_unknown', 'bad_until', ...UNWRITTEN],
      handler: async ({ caller, params, body }) => ok(await (await joining()).pause(caller, params['persona']!, params['service']!, true, body.until)),
    }),
    signedIn({
      method: 'POST', path: `${ONE}/resume`, summary: 'End the pause', auth: 'session', limit: 'write', answers, problems: ['service_unknown', ...UNWRITTEN],
      handler: async ({ caller, params }) => ok(await (await joining()).pause(caller, params['persona']!, params['service']!, false)),
    }),
    signedIn({
      method: 'DELETE', path: ONE, summary: 'Leave: everything of it goes from the disk of this house, log lines, keys and free places of files included; take an export first, if you want one', auth: 'session', limit: 'write',
      answers: { 202: shape({ job: named('Job') }) }, problems: ['service_unknown', 'job_running'],
      handler: async ({ caller, params }) => ({ status: 202, json: { job: (await joining()).leave(caller, params['persona']!, params['service']!) } }),
    }),
    route({
      method: 'GET', path: '/ended/{persona}', summary: 'The key log of a pseudonym that has ended: all that is left of it', auth: 'any', limit: 'read', answers: { 200: shape({ statements: list(signedShape) }) }, problems: ['not_found'],
      handler: async ({ params }) => {
        const statements = (await joining()).lastWords(params['persona']!);
        if (statements === null) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
        return ok({ statements });
      },
    }),
    ...upgradeRoutes({ joining }), ...shelfRoutes({ joining }), ...movingRoutes({ joining }),
  ];
}

function upgradeRoutes({ joining }: Pick<WebDeps, 'joining'>): Route[] {
  return [
    signedIn({
      method: 'GET', path: `${ONE}/upgrade`, summary: 'A later version of its contract, where there is one; nothing is accepted by itself', auth: 'session', limit: 'query', answers: { 200: named('Upgrade') }, problems: ['service_unknown'],
      handler: async ({ caller, session, params }) => ok(await (await joining()).upgrade(caller, params['persona']!, params['service']!, { local: session.role === 'steward' })),
    }),
    signedIn<{ hash: string; earlier: boolean }>({
      method: 'POST', path: `${ONE}/upgrade`, summary: 'Accept a later version; what it gives more holds for what you keep from now on, and for what is there only with `earlier`', auth: 'session', limit: 'write',
      body: shape({ hash: text(43, 43), earlier: flag }), answers, problems: ['service_unknown', 'contract_unknown', 'contract_blocked', 'other_service', 'not_later', 'not_add_only', ...UNWRITTEN],
      handler: async ({ caller, params, body }) => ok(await (await joining()).accept(caller, params['persona']!, params['service']!, body)),
    }),
    signedIn<{ hash: string }>({
      method: 'POST', path: `${ONE}/stay`, summary: 'Stay with the version that you have: that later one is offered no more', auth: 'session', limit: 'write',
      body: shape({ hash: text(43, 43) }), answers, problems: ['service_unknown', ...UNWRITTEN],
      handler: async ({ caller, params, body }) => ok(await (await joining()).stay(caller, params['persona']!, params['service']!, body.hash)),
    }),
  ];
}

/** How who one is to a service goes from one house to another. */
function movingRoutes({ joining }: Pick<WebDeps, 'joining'>): Route[] {
  return [
    signedIn({
      method: 'POST', path: '/me/services/places', summary: 'A place for a name of yours that lives in another house: what that house is told when it hands the name over. One for each name', auth: 'session', limit: 'write', body: shape({}), answers: { 201: named('HandOver') },
      handler: async ({ caller }) => created((await joining()).place(caller)),
    }),
    signedIn<HandOver>({
      method: 'POST', path: `${ONE}/hand-over`, summary: 'Hand the name that you have with this service over to another house, to a place that you had made there: nothing is written under it here any more. Take the export of the service afterwards, and bring it there', auth: 'session', limit: 'write',
      body: handOverShape, answers, problems: ['service_unknown', 'joined_as_self', 'bad_place', ...UNWRITTEN],
      handler: async ({ caller, params, body }) => ok(await (await joining()).handOver(caller, params['persona']!, params['service']!, body)),
    }),
  ];
}

function shelfRoutes({ joining }: Pick<WebDeps, 'joining'>): Route[] {
  return [
    signedIn({
      method: 'GET', path: '/house/services', summary: 'Services that the stewards recommend, in their order', auth: 'session', limit: 'read', answers: { 200: shape({ services: list(named('Shelved')) }) },
      handler: async ({ caller }) => ok({ services: (await joining()).shelf(caller) }),
    }),
    signedIn<{ order: string[] }>({
      method: 'PUT', path: '/house/services', summary: 'Put what is recommended in an order; what is not named comes after', auth: 'steward', limit: 'write',
      body: shape({ order: { ...list(text(43, 43)), maxItems: 200, uniqueItems: true } }), answers: { 200: shape({ services: list(named('Shelved')) }) },
      handler: async ({ caller, body }) => ok({ services: (await joining()).orderShelf(caller, body.order) }),
    }),
    signedIn<{ hash: string; note?: string }>({
      method: 'PUT', path: '/house/services/{service}', summary: 'Recommend a service by a contract that was looked at, or a later version of it', auth: 'steward', limit: 'write',
      body: shape({ hash: text(43, 43), 'note?': text(280, 1) }), answers: { 200: named('Shelved') }, problems: ['contract_unknown', 'contract_blocked', 'other_service'],
      handler: async ({ caller, params, body }) => ok((await joining()).shelve(caller, params['service']!, body)),
    }),
    signedIn({
      method: 'DELETE', path: '/house/services/{service}', summary: 'Recommend it no more; who joined it keeps it', auth: 'steward', limit: 'write', answers: { 204: null },
      handler: async ({ params }) => { (await joining()).unshelve(params['service']!); return none(); },
    }),
  ];
}
