import type { Household } from '../../../household/household.ts';
import type { Person, WebDeps } from '../ports.ts';
import { created, none, ok, route, signedIn, type Route } from '../route.ts';
import { list, named, shape, text } from '../shapes.ts';

type Deps = Pick<WebDeps, 'household' | 'network' | 'people' | 'postLimit'>;

/** Names somebody as the front door does; '' for who left. */
export const makeNamer = (household: Pick<Household, 'personOf'>) => (persona: string): Person => {
  const { handle, name } = household.personOf(persona) ?? { handle: '', name: '' };
  return { persona, handle, name };
};

/* What any house can do to anybody's data in it, by name; the words are the app's. It is what is so, not what is meant. */
const CAN = ['records', 'presence', 'write', 'hide', 'suspend', 'expel', 'invites', 'folder'] as const;
const CANNOT = ['passphrase', 'home'] as const;

/** The house as its members see it: its page, its tree of invites, its open log, and what it has to tell them. */
function memberRoutes({ household, people, postLimit }: Deps): Route[] {
  const { care, settings } = household;
  const personOf = makeNamer(household);
  return [
    signedIn({
      method: 'GET', path: '/house/page', summary: 'The house in full: rules, stewards, people, and what it can read', auth: 'session', limit: 'page', answers: { 200: named('HousePage') },
      handler: ({ caller }) => {
        const members = people.list(caller).map(({ persona, handle, name }) => ({ persona, handle, name }));
        const byHouse = household.keys.words(caller.persona).recovery === 'house';
        return ok({
          title: settings.get('title') ?? '', note: settings.get('note') || null, rules: settings.get('rules') ?? [], people: household.count(), capacity: household.capacity,
          founded: household.people()[0]?.joinedAt ?? 0, postLimit: postLimit(), members,
          stewards: members.filter(({ persona }) => household.personOf(persona)?.role === 'steward'),
          reads: { can: byHouse ? [...CAN, 'keys'] : CAN, cannot: byHouse ? CANNOT : ['keys', ...CANNOT] },
        });
      },
    }),
    signedIn({
      method: 'GET', path: '/house/people', summary: 'Who invited whom: all of it for stewards, your own line for members', auth: 'session', limit: 'read',
      answers: { 200: shape({ people: list(named('Place')) }) },
      handler: ({ caller, session }) => {
        const seen = session.role === 'steward' ? null : new Set(people.list(caller).map(({ persona }) => persona));
        const tree = care.tree(session).filter(({ persona }) => seen?.has(persona) ?? true);
        return ok({ people: tree.map((place) => ({ ...personOf(place.persona), ...place, invitedBy: place.invitedBy !== null && (seen?.has(place.invitedBy) ?? true) ? place.invitedBy : null })) });
      },
    }),
    signedIn({
      method: 'GET', path: '/house/actions', summary: 'What stewards did, by month: how often, never to whom', auth: 'session', limit: 'read',
      answers: { 200: shape({ months: list(named('ActMonth')) }) }, handler: () => ok({ months: care.actions() }),
    }),
    signedIn({
      method: 'GET', path: '/me/notices', summary: 'What the stewards have to tell you', auth: 'session', limit: 'read', answers: { 200: shape({ notices: list(named('Notice')) }) },
      handler: ({ session }) => ok({ notices: care.notices.of(session.persona).map(({ by, ...rest }) => ({ ...rest, by: by === null ? null : personOf(by) })) }),
    }),
    signedIn({
      method: 'DELETE', path: '/me/notices/{id}', summary: 'Put a notice away', auth: 'session', limit: 'write', answers: { 204: null }, problems: ['notice_unknown'],
      handler: ({ session, params }) => { care.notices.drop(session.persona, params['id']!); return none(); },
    }),
  ];
}

/** The waiting list of a full house. */
function waitingRoutes({ household, network }: Pick<Deps, 'household' | 'network'>): Route[] {
  const { waiting } = household.care;
  return [
    route<{ name: string; words: string; contact: string }>({
      method: 'POST', path: '/house/waiting', summary: 'Leave your name where the house is full; its stewards see it', auth: 'any', limit: 'enter',
      body: shape({ name: text(120, 1), words: text(1000), contact: text(400, 1) }), answers: { 204: null }, problems: ['not_full', 'waiting_full', 'slow_down', 'bad_name', 'bad_text'],
      handler: ({ body, from }) => { waiting.add({ ...body, from }); return none(); },
    }),
    signedIn({
      method: 'GET', path: '/house/waiting', summary: 'Who would like to live here', auth: 'steward', limit: 'read', answers: { 200: shape({ waiting: list(named('Waiter')) }) },
      handler: () => ok({ waiting: waiting.list() }),
    }),
    signedIn({
      method: 'POST', path: '/house/waiting/{id}/invite', summary: 'Make an invite for one of them, when a seat is free', auth: 'steward', limit: 'write', answers: { 201: named('NewInvite') },
      problems: ['waiter_unknown', 'house_full', 'too_many_invites'],
      handler: ({ session, params }) => {
        const { invite, uses, left, expires } = waiting.invite(session.persona, params['id']!);
        return created({ invite, url: `${network.urls[0] ?? ''}/join/${invite}`, reach: network.reach, uses, left, expires });
      },
    }),
    signedIn({
      method: 'DELETE', path: '/house/waiting/{id}', summary: 'Take somebody off the list', auth: 'steward', limit: 'write', answers: { 204: null }, problems: ['waiter_unknown'],
      handler: ({ params }) => { waiting.drop(params['id']!); return none(); },
    }),
  ];
}

/** The house to its members, and its waiting list. */
export const housePageRoutes = (deps: Deps): Route[] => [...memberRoutes(deps), ...waitingRoutes(deps)];
