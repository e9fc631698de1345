import type { WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Route } from '../route.ts';
import { flag, list, named, orNull, shape, text, time, whole } from '../shapes.ts';

/** Blocking and muting: nobody is told, and the answers say nothing of who exists. */
function distanceRoutes({ people }: Pick<WebDeps, 'people'>): Route[] {
  const block = { path: '/people/{persona}/block', auth: 'session', limit: 'write', answers: { 200: shape({ blocked: flag }) } } as const;
  const mute = { path: '/people/{persona}/mute', auth: 'session', limit: 'write', answers: { 200: shape({ muted: flag, until: orNull(time) }) } } as const;
  return [
    signedIn({
      ...block, method: 'PUT', summary: 'Block somebody: each is absent to the other, and neither follows', problems: ['person_unknown', 'block_self'],
      handler: async ({ caller, params }) => ok(await people.block(caller, params['persona']!)),
    }),
    signedIn({
      ...block, method: 'DELETE', summary: 'Block somebody no more', handler: async ({ caller, params }) => ok(await people.unblock(caller, params['persona']!)),
    }),
    signedIn<{ until?: number }>({
      ...mute, method: 'PUT', summary: "Keep somebody's posts out of your timelines and news, until a time (ms) or for good",
      body: shape({ 'until?': whole(0, 281_474_976_710_655) }), problems: ['person_unknown', 'mute_self', 'bad_until'],
      handler: async ({ caller, params, body }) => ok(await people.mute(caller, params['persona']!, body)),
    }),
    signedIn({
      ...mute, method: 'DELETE', summary: 'Mute somebody no more', handler: async ({ caller, params }) => ok(await people.unmute(caller, params['persona']!)),
    }),
    signedIn({
      method: 'GET', path: '/people/blocked', summary: 'Whom you have blocked and muted', auth: 'session', limit: 'read',
      answers: { 200: named('Blocked') }, handler: ({ caller }) => ok(people.blocked(caller)),
    }),
  ];
}

/** Who asks to follow, who follows, and whom of them all one calls close. */
function ringRoutes({ people }: Pick<WebDeps, 'people'>): Route[] {
  const me = { auth: 'session', limit: 'write' } as const;
  const close = { ...me, path: '/people/{persona}/close', answers: { 200: shape({ close: flag }) } } as const;
  return [
    signedIn({
      method: 'GET', path: '/people/requests', summary: 'Who asks to follow you', auth: 'session', limit: 'read', answers: { 200: shape({ requests: list(named('Request')) }) },
      handler: ({ caller }) => ok({ requests: people.requests(caller) }),
    }),
    signedIn({
      ...me, method: 'PUT', path: '/people/requests/{persona}', summary: 'Let somebody follow who asked to', answers: { 200: shape({ accepted: { const: true } }) }, problems: ['request_unknown'],
      handler: async ({ caller, params }) => ok(await people.accept(caller, params['persona']!)),
    }),
    signedIn({
      ...me, method: 'DELETE', path: '/people/requests/{persona}', summary: 'Let a request go; they are not told', answers: { 204: null },
      handler: async ({ caller, params }) => { await people.decline(caller, params['persona']!); return none(); },
    }),
    signedIn({
      method: 'GET', path: '/people/followers', summary: 'Who follows you', auth: 'session', limit: 'read', answers: { 200: shape({ people: list(named('Follower')) }) },
      handler: ({ caller }) => ok({ people: people.followers(caller) }),
    }),
    signedIn({
      ...me, method: 'DELETE', path: '/people/followers/{persona}', summary: 'Somebody follows you no more, and is not close; they are not told', answers: { 204: null },
      handler: async ({ caller, params }) => { await people.removeFollower(caller, params['persona']!); return none(); },
    }),
    signedIn({
      ...close, method: 'PUT', summary: 'Call somebody close; they are not told', problems: ['person_unknown', 'close_self'],
      handler: async ({ caller, params }) => ok(await people.close(caller, params['persona']!)),
    }),
    signedIn({
      ...close, method: 'DELETE', summary: 'Call somebody close no more', handler: async ({ caller, params }) => ok(await people.notClose(caller, params['persona']!)),
    }),
  ];
}

/** People: who lives here, profiles, following, blocking, muting. */
export function peopleRoutes({ people }: Pick<WebDeps, 'people'>): Route[] {
  const follows = { 200: shape({ follows: flag, asked: flag }) };
  return [
    signedIn({
      method: 'GET', path: '/people', summary: 'Everybody in the house', auth: 'session', limit: 'page',
      answers: { 200: shape({ people: list(named('Profile')) }) }, handler: ({ caller }) => ok({ people: people.list(caller) }),
    }),
    // Before the route of one person, which would take `blocked` for a name.
    ...distanceRoutes({ people }), ...ringRoutes({ people }),
    route({
      method: 'GET', path: '/people/{who}', summary: 'One person, by persona or handle', auth: 'any', limit: 'read',
      answers: { 200: named('Profile') }, problems: ['person_unknown'], handler: ({ caller, params }) => ok(people.profile(caller, params['who']!)),
    }),
    signedIn<{ name: string; bio?: string; locked?: boolean }>({
      method: 'PUT', path: '/people/profile', summary: 'Change your own name and bio, and whether others ask before they follow you', auth: 'session', limit: 'write',
      body: shape({ name: text(60, 1), 'bio?': text(500), 'locked?': flag }),
      answers: { 200: named('Profile') }, problems: ['bad_name'],
      handler: async ({ caller, body }) => ok(await people.setProfile(caller, body)),
    }),
    signedIn({
      method: 'PUT', path: '/people/{persona}/follow', summary: 'Follow somebody, or ask to, if they are locked', auth: 'session', limit: 'write', answers: follows, problems: ['person_unknown'],
      handler: async ({ caller, params }) => ok(await people.follow(caller, params['persona']!)),
    }),
    signedIn({
      method: 'DELETE', path: '/people/{persona}/follow', summary: 'Stop following somebody, or take your request back', auth: 'session', limit: 'write', answers: follows, problems: ['person_unknown'],
      handler: async ({ caller, params }) => ok(await people.unfollow(caller, params['persona']!)),
    }),
  ];
}
