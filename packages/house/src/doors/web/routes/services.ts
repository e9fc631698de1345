import type { WebDeps } from '../ports.ts';
import { created, ok, signedIn, type Route } from '../route.ts';
import { list, named, oneOf, shape, text } from '../shapes.ts';
import { contractShape, narrowingShape } from '../shapes-services.ts';

const ONE = '/me/services/{persona}/{service}';
const UNWRITTEN = ['retired', 'pod_moved', 'house_device_revoked'];

/** Services that are not built in: looking at their contracts, joining, and what one has joined. */
export function serviceRoutes({ joining }: Pick<WebDeps, 'joining'>): Route[] {
  return [
    signedIn<unknown>({
      method: 'POST', path: '/services/preview', summary: 'Look at a contract before joining: pasted, or fetched from an address; what keeps it from being joined is listed. 400 has the place of what cannot be read', auth: 'session', limit: 'query',
      checks: 'gate', most: 600_000, body: shape({ 'contract?': contractShape, 'address?': text(2000, 1) }), answers: { 200: named('ContractPreview') }, problems: ['bad_address', 'page_unreachable'],
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
  ];
}
