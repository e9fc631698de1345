import type { JsonObject } from '@commonhold/core';

/** A closed object; fields whose name ends in `?` may be missing. */
export function shape(fields: Record<string, JsonObject>): JsonObject {
  const names = Object.keys(fields);
  return {
    type: 'object', additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), fields[name]!])),
    required: names.filter((name) => !name.endsWith('?')),
  };
}

/** A text of so many characters. */
export const text = (maxLength: number, minLength = 0): JsonObject => ({ type: 'string', minLength, maxLength });
/** A whole number. */
export const whole = (minimum: number, maximum: number): JsonObject => ({ type: 'integer', minimum, maximum });
/** Milliseconds since 1970. */
export const time: JsonObject = { type: 'integer', description: 'milliseconds since 1970' };
/** Yes or no. */
export const flag: JsonObject = { type: 'boolean' };
/** A list. */
export const list = (items: JsonObject, maxItems?: number): JsonObject => (maxItems === undefined ? { type: 'array', items } : { type: 'array', items, maxItems });
/** One of these words. */
export const oneOf = (...values: string[]): JsonObject => ({ type: 'string', enum: values });
/** The same, or null. */
export const orNull = (schema: JsonObject): JsonObject => ({ ...schema, type: [schema['type'] as string, 'null'] });
/** A shape by its name in the OpenAPI document. */
export const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** Any text. */
export const plain: JsonObject = { type: 'string' };
const map = (of: JsonObject): JsonObject => ({ type: 'object', additionalProperties: of });
const reach = oneOf('this-machine', 'network', 'internet');
const token = {
  id: plain, label: plain, services: { type: ['array', 'null'], items: { type: 'string' } }, write: { type: 'boolean' },
  created: { type: 'integer' }, used: { type: ['integer', 'null'] }, expires: { type: ['integer', 'null'] },
};
const person = { persona: plain, handle: plain, name: plain, 'petname?': plain, 'picture?': plain };
const profile = {
  ...person, bio: orNull(plain), locked: flag, follows: flag, asked: flag, followsYou: flag, close: flag, blocked: flag, muted: flag, mutedUntil: orNull(time), 'me?': flag, 'joinedAt?': time,
  movedTo: orNull(plain), 'retired?': { const: true },
};
const version = shape({ at: time, device: plain, body: { type: ['object', 'null'] } });
const face = shape({ name: plain, face: plain });
const count: JsonObject = { type: 'integer', minimum: 0 };

const personOrNull: JsonObject = { anyOf: [named('Person'), { type: 'null' }] };

/** A record that somebody names. */
export const refShape = shape({ persona: text(53, 53), key: text(80, 1) });

/** A picture as it was taken in; its maker says `alt`. */
export const imageShape = shape({ full: text(43, 43), 'small?': text(43, 43), width: whole(1, 30_000), height: whole(1, 30_000), 'thumb?': text(64, 1), 'alt?': text(1500, 1) });

const statement = shape({
  v: { const: 1 }, type: oneOf('inception', 'add-device', 'revoke-device', 'rotate-recovery', 'set-home', 'revert-home', 'retire'),
  'recoveryKey?': text(43), 'deviceKey?': text(43), 'nonce?': text(22), 'persona?': text(53), 'height?': count, 'prev?': text(43), 'by?': text(43),
  'device?': text(43), 'capabilities?': list(oneOf('write', 'e2ee', 'manage'), 3), 'label?': text(64), 'house?': text(53),
});
/** A signed statement of a key log (spec/identity.md). */
export const signedShape = shape({ statement, signatures: list(text(86, 86), 2) });

/** A signed lane-close (spec/record.md). */
export const closeShape = shape({
  statement: shape({
    v: { const: 1 }, type: oneOf('lane-close'), persona: text(53), device: text(43), lane: text(22), seq: count, chain: text(43), by: text(43), keyLogHead: text(43),
  }),
  signatures: list(text(86, 86), 1),
});

/** Who may quote a post, of those who may read it. */
export const quotable = oneOf('anyone', 'followers', 'nobody');

/** What somebody chose for all their posts. */
export const choicesShape = shape({ quotes: quotable, counts: flag, 'lang?': text(35, 2) });

/** Whom a post may be for. */
export const postAudience = oneOf('only-me', 'close', 'followers', 'house', 'everyone');

const filterFields = {
  words: { ...list(text(80, 1), 50), minItems: 1 }, 'whole?': flag, how: oneOf('hide', 'warn'), places: { ...list(oneOf('home', 'house', 'lists', 'threads', 'profiles', 'news'), 6), minItems: 1 }, 'until?': { type: 'integer', minimum: 0, maximum: 281474976710655 },
} satisfies Record<string, JsonObject>;
/** A filter of words. */
export const filterShape = shape(filterFields);

const wanted = { reply: flag, mention: flag, like: flag, boost: flag, quote: flag, poll: flag, follow: flag, request: flag, accepted: flag };
const quiet = orNull(shape({ from: whole(0, 1439), to: whole(0, 1439) }));
/** Which kinds of news somebody wants from now on, and their quiet hours. */
export const newsWish = shape({ ...wanted, 'quiet?': quiet });

const said = {
  'warning?': plain, 'images?': list(imageShape, 4), 'quote?': named('Ref'), 'quotes?': quotable, 'mentions?': list(plain, 50), 'part?': shape({ at: count, of: count }),
  'poll?': shape({ options: list(plain, 8), until: time, multiple: flag, 'counts?': list(count, 8), 'voters?': count }),
};

const likers = shape({ people: list(named('Person'), 3), more: count });

/** Every shape of an answer that has a name. */
export const SHAPES: Readonly<Record<string, JsonObject>> = {
  Problem: {
    type: 'object', required: ['type', 'title', 'status', 'code', 'detail'],
    properties: { type: plain, title: plain, status: { type: 'integer' }, code: plain, detail: plain, field: plain, expected: plain },
  },
  Person: shape(person),
  Ref: refShape,
  Image: imageShape,
  Signed: signedShape,
  PostItem: shape({
    persona: plain, key: plain, at: plain, audience: postAudience,
    body: shape({ text: plain, createdAt: time, 'editedAt?': time, 'lang?': plain, 'replyTo?': named('Ref'), 'root?': named('Ref'), ...said }),
    liked: flag, 'likes?': likers, 'boosts?': likers, 'boosted?': { const: true }, 'bookmarked?': { const: true }, 'muted?': { const: true }, 'voted?': list(count, 8),
    'boost?': shape({ by: plain, at: time, key: plain }),
    replyAudiences: list(postAudience, 5), 'keptBy?': plain, 'mayQuote?': { const: true }, 'quoted?': named('Quoted'), 'pinned?': { const: true }, 'hiddenByHouse?': { const: true },
  }),
  Quoted: { oneOf: [shape({ state: oneOf('shown'), item: named('PostItem') }), shape({ state: oneOf('withdrawn', 'hidden') })] },
  Choices: choicesShape,
  Version: shape({ key: plain, text: plain, at: time, 'lang?': plain, 'warning?': plain, 'images?': list(imageShape, 4) }),
  AppRequest: shape({
    service: plain, title: orNull(plain), publisher: orNull(plain), origin: plain, joined: { anyOf: [shape({ persona: plain, as: oneOf('pseudonym', 'self') }), { type: 'null' }] },
    bundles: list(shape({ name: plain, collections: list(plain), asked: flag })), collections: list(plain), known: flag,
  }),
  App: shape({ id: plain, service: plain, title: plain, origin: plain, scope: list(plain), collections: { type: ['array', 'null'], items: plain }, created: time, used: orNull(time) }),
  News: shape({ items: list(named('NewsItem')), people: map(named('Person')), next: orNull(plain), newest: orNull(plain), unread: whole(0, 100) }),
  NewsItem: shape({ id: plain, kind: oneOf('reply', 'mention', 'like', 'boost', 'quote', 'poll', 'follow', 'request', 'accepted'), time, unread: flag, who: list(plain, 3), more: count, 'post?': named('PostItem') }),
  NewsSettings: shape({ ...wanted, quiet }),
  Page: shape({ items: list(named('PostItem')), people: map(named('Person')), next: orNull(plain), newest: orNull(plain) }),
  CatchUp: shape({ items: list(named('PostItem'), 500), people: map(named('Person')), next: { type: 'null' }, newest: orNull(plain), more: flag }),
  List: shape({ key: plain, name: plain, people: list(named('Person')), replies: flag }),
  Filter: shape({ key: plain, ...filterFields, createdAt: time }),
  ReadMarks: shape({ 'home?': plain, 'house?': plain }),
  Thread: shape({ focus: named('Ref'), items: list(named('PostItem')), people: map(named('Person')), missing: list(named('Missing')), next: orNull(plain) }),
  Missing: shape({ persona: plain, key: plain, because: oneOf('gone-or-not-for-you') }),
  Profile: shape(profile),
  WholeProfile: shape({
    ...profile, 'banner?': named('Image'), 'fields?': list(shape({ name: plain, value: plain, 'verifiedAt?': time }), 4),
    'verified?': shape({ at: time, key: plain, since: { anyOf: [shape({ added: count, removed: count, words: count, moves: count }), { type: 'null' }] } }),
  }),
  Request: shape({ ...person, since: time }),
  Follower: shape({ ...person, since: time, close: flag }),
  Blocked: shape({ blocked: list(shape({ ...person, since: time })), muted: list(shape({ ...person, since: time, until: orNull(time) })) }),
  House: shape({
    founded: flag, id: plain, title: plain, note: orNull(plain), rules: list(plain), people: count, capacity: count,
    steward: { anyOf: [face, { type: 'null' }] }, reach, secure: flag, passkeys: flag, front: flag, 'demo?': { const: true },
  }),
  PublicFace: shape({ open: flag, listed: flag, front: flag }),
  HousePage: shape({
    title: plain, note: orNull(plain), rules: list(plain), people: count, capacity: count, founded: time, postLimit: count,
    members: list(named('Person')), stewards: list(named('Person')), reads: shape({ can: list(plain), cannot: list(plain) }),
  }),
  Place: shape({ ...person, role: oneOf('steward', 'member'), joinedAt: time, invitedBy: orNull(plain), 'suspended?': time, 'leaving?': time }),
  Report: shape({
    id: plain, about: shape({ 'persona?': plain, 'key?': plain, 'service?': plain }), person: personOrNull, reporter: named('Person'), reason: plain, words: orNull(plain), content: { type: 'object' },
    at: time, others: count, hidden: flag, shelved: flag, answer: { anyOf: [shape({ act: plain, words: orNull(plain), by: personOrNull, at: time }), { type: 'null' }] },
  }),
  HealthTile: shape({ kind: oneOf('disk', 'memory', 'descriptors', 'clock', 'queue', 'certificate', 'dns', 'ports', 'backup'), state: oneOf('good', 'watch', 'act'), code: plain, facts: map({ type: ['string', 'number'] }) }),
  HiddenPost: shape({ persona: plain, key: plain, at: time, person: named('Person'), by: personOrNull }),
  ActMonth: shape({ month: plain, counts: map(count) }),
  Notice: shape({ id: plain, kind: plain, at: time, by: personOrNull, about: orNull(plain), words: orNull(plain), until: orNull(time) }),
  Waiter: shape({ id: plain, name: plain, words: plain, contact: plain, at: time, invite: orNull(plain) }),
  Job: shape({
    id: plain, kind: plain, state: oneOf('running', 'done', 'failed', 'cancelled', 'interrupted'), done: count, of: count, words: orNull(plain),
    result: {}, failed: { anyOf: [shape({ code: plain, say: plain }), { type: 'null' }] }, started: time, ended: orNull(time),
  }),
  Network: shape({ lan: flag, urls: list(plain), reach, secure: flag }),
  Welcome: shape({ persona: plain, handle: plain, session: plain, 'words?': list(plain) }),
  Me: shape({
    persona: plain, handle: plain, name: plain, bio: orNull(plain), role: oneOf('steward', 'member'), recovery: oneOf('browser', 'house'),
    wordsWritten: flag, postLimit: count, 'suspended?': time, 'leaving?': time, 'reports?': count, 'counts?': flag, 'guest?': { const: true },
    'token?': shape({ token: plain, label: plain, services: token.services, write: flag, expires: orNull(time) }),
  }),
  Devices: shape({
    devices: list(shape({ key: plain, capabilities: list(plain), label: orNull(plain), kind: oneOf('house', 'device'), added: count, addedAt: time, thisHouse: flag })),
    sessions: list(shape({ id: plain, label: orNull(plain), created: time, seen: time, current: flag, device: orNull(plain) })),
  }),
  KeyLog: shape({
    persona: plain, statements: list(named('Signed')), known: count, home: orNull(plain), here: flag, retired: flag,
    pending: { anyOf: [shape({ house: plain, from: plain, until: time, statement: plain, mayRevert: list(plain) }), { type: 'null' }] },
    alarms: list(shape({ height: count, pinned: plain, against: list(plain) })), recoveryKey: plain, 'waits?': plain,
  }),
  LinkState: shape({ state: oneOf('waiting', 'asked', 'done', 'ended'), 'device?': plain, 'label?': plain, 'mac?': plain }),
  LaneHead: shape({ lane: plain, service: plain, collection: plain, audience: plain, seq: count, chain: plain }),
  Invite: shape({ invite: plain, url: plain, note: orNull(plain), by: named('Person'), uses: count, left: count, expires: time }),
  NewInvite: shape({ invite: plain, url: plain, reach, uses: count, left: count, expires: time }),
  InvitePreview: shape({
    invite: plain, note: orNull(plain), by: { anyOf: [face, { type: 'null' }] }, uses: count, left: count, expires: time, house: named('House'), faces: list(plain),
  }),
  Token: shape(token),
  NewToken: shape({ ...token, token: plain }),
  LogLine: shape({
    who: { anyOf: [shape({ kind: oneOf('person'), ...person }), shape({ kind: oneOf('app'), id: plain, label: plain }), shape({ kind: oneOf('service'), service: plain, title: plain }), shape({ kind: oneOf('anyone', 'housemates', 'others', 'house') })] },
    service: plain, collection: plain, verb: plain, audience: orNull(plain), refused: flag, rule: orNull(plain), n: count, first: orNull(time), last: orNull(time),
  }),
  Log: shape({ days: list(shape({ day: plain, lines: list(named('LogLine')) })), today: shape({ callers: count, reads: count, refused: count }), keepDays: count, next: orNull(plain) }),
  Received: shape({ applied: count, known: count, parked: count, conflicts: count }),
  Conflict: shape({ id: plain, service: plain, collection: plain, key: plain, audience: plain, kept: version, other: version }),
  Parked: shape({
    id: plain, why: oneOf('ahead', 'after_close', 'unseen'), device: plain, label: orNull(plain), service: plain, collection: plain,
    count, first: time, last: time, until: orNull(time),
  }),
  Record: shape({ key: plain, author: plain, at: plain, audience: plain, 'version?': plain, body: { type: 'object' } }),
};
