import type { ProfileWish, WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Route } from '../route.ts';
import { flag, imageShape, list, named, orNull, shape, text, time, whole } from '../shapes.ts';

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

/** What one keeps of somebody for oneself alone: a name of one's own, and that one met them and saw their keys. */
function knownRoutes({ people }: Pick<WebDeps, 'people'>): Route[] {
  const me = { auth: 'session', limit: 'write' } as const;
  const petname = { ...me, path: '/people/{persona}/petname' } as const;
  const verified = { ...me, path: '/people/{persona}/verified' } as const;
  const key = text(43, 43);
  return [
    signedIn({
      method: 'GET', path: '/people/profile/code', summary: 'What a code holds that you show to somebody in the same room: who you are, and the head of your key log', auth: 'session', limit: 'read',
      answers: { 200: shape({ persona: text(53), handle: text(64), key }) }, handler: ({ caller }) => ok(people.code(caller)),
    }),
    signedIn<{ petname: string }>({
      ...petname, method: 'PUT', summary: 'Call somebody by a name of your own; only you see it', body: shape({ petname: text(60, 1) }), answers: { 200: shape({ petname: text(60, 1) }) },
      problems: ['person_unknown', 'petname_self', 'bad_petname'], handler: async ({ caller, params, body }) => ok(await people.setPetname(caller, params['persona']!, body.petname)),
    }),
    signedIn({
      ...petname, method: 'DELETE', summary: 'Call somebody by their own name again', answers: { 204: null },
      handler: async ({ caller, params }) => { await people.dropPetname(caller, params['persona']!); return none(); },
    }),
    signedIn<{ key: string }>({
      ...verified, method: 'PUT', summary: 'You met somebody and saw this head of their key log on their own screen; only you see that', body: shape({ key }), answers: { 200: shape({ at: time, key }) },
      problems: ['person_unknown', 'verify_self', 'key_differs'], handler: async ({ caller, params, body }) => ok(await people.verify(caller, params['persona']!, body.key)),
    }),
    signedIn({
      ...verified, method: 'DELETE', summary: 'Forget that you met somebody', answers: { 204: null },
      handler: async ({ caller, params }) => { await people.unverify(caller, params['persona']!); return none(); },
    }),
  ];
}

/** One's own profile. */
function ownRoutes({ people, network }: Pick<WebDeps, 'people' | 'network'>): Route[] {
  const image = orNull(imageShape);
  return [
    signedIn<ProfileWish>({
      method: 'PUT', path: '/people/profile', summary: 'Change your own name, bio, pictures and lines, and whether others ask before they follow you', auth: 'session', limit: 'write',
      body: shape({ name: text(60, 1), 'bio?': text(500), 'locked?': flag, 'picture?': image, 'banner?': image, 'fields?': list(shape({ name: text(40, 1), value: text(300, 1) }), 4) }),
      answers: { 200: named('WholeProfile') }, problems: ['bad_name', 'bad_field', 'blob_unknown'],
      handler: async ({ caller, body }) => ok(await people.setProfile(caller, body)),
    }),
    signedIn({
      method: 'POST', path: '/people/profile/fields/{n}/verify', summary: 'Look whether the page that a line of your profile names (the first is 0) links back to it with rel=me', auth: 'session', limit: 'fetch',
      answers: { 200: named('WholeProfile') }, problems: ['field_unknown', 'field_no_address', 'too_many_checks', 'page_unreachable', 'no_link_back'],
      handler: async ({ caller, params }) => {
        const { handle } = people.code(caller);
        const places = [...network.origins].flatMap((origin) => [`${origin}/@${handle}`, `${origin}/@${caller.persona}`]);
        return ok(await people.verifyField(caller, /^[0-3]$/.test(params['n']!) ? Number(params['n']) : -1, places));
      },
    }),
  ];
}

/** People: who lives here, profiles, following, blocking, muting. */
export function peopleRoutes({ people, network }: Pick<WebDeps, 'people' | 'network'>): Route[] {
  const follows = { 200: shape({ follows: flag, asked: flag }) };
  return [
    signedIn({
      method: 'GET', path: '/people', summary: 'Everybody in the house', auth: 'session', limit: 'page',
      answers: { 200: shape({ people: list(named('Profile')) }) }, handler: ({ caller }) => ok({ people: people.list(caller) }),
    }),
    // Before the route of one person, which would take `blocked` for a name.
    ...distanceRoutes({ people }), ...ringRoutes({ people }), ...knownRoutes({ people }), ...ownRoutes({ people, network }),
    route({
      method: 'GET', path: '/people/{who}', summary: 'One person, by persona or handle', auth: 'any', limit: 'read',
      answers: { 200: named('WholeProfile') }, problems: ['person_unknown'], handler: ({ caller, params }) => ok(people.profile(caller, params['who']!)),
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
