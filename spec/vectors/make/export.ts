import { signJoined, statementHash, toBase64Url, utf8, type Json, type LogEntry, type Signed } from '../../../packages/core/index.ts';
import { adaPosts, makeLane, NOON, postsLane } from './lane.ts';
import { adaFollowers, offered } from './offers.ts';
import { ada, HOUSE, idOf } from './persona.ts';
import { adaDishes, oneDish, POTLUCK, serviceOffered } from './service-offers.ts';
import { key, long, seed, short, suite } from './tools.ts';

const PICTURE = utf8('GIF89a: a picture of the sea, at seven.');
const SONG = utf8('OggS: Ave verum.');
const blobOf = (bytes: Uint8Array): string => toBase64Url(suite.sha256(bytes));

/** What readers of exports go by to find which blobs a record names. */
const ALBUM = {
  collections: { pages: { item: 'page' } },
  data: { $defs: { page: { properties: { title: { type: 'string' }, picture: { type: 'string', format: 'blob' }, songs: { type: 'array', items: { $ref: '#/$defs/song' } } } }, song: { type: 'string', format: 'blob' } } },
};

const contract = (id: string): object => ({
  commonhold: 'contract/1', service: { id, name: id, title: id, publisher: 'Example', key: null }, version: 1,
  purpose: 'An example: a reader of exports looks at its hash and its service id alone.', collections: {}, data: {}, ...(id === 'album' && ALBUM),
});

function blobLines(...blobs: Uint8Array[]): object[] {
  return blobs.map((bytes) => ({ type: 'blob', service: 'album', blob: blobOf(bytes), part: 1, parts: 1, data: toBase64Url(bytes) }));
}

function adaPages(contractHash: string): { announcement: Signed<object>; entries: LogEntry[] } {
  const of = { ...postsLane(), service: 'album', contract: contractHash, collection: 'pages', lane: short('pages lane') };
  const page = (name: string, body: Json) => ({ key: short(name), body, salt: long(`salt of ${name}`) });
  return makeLane(of, 'ada pod', [page('page A', { title: 'The sea', picture: blobOf(PICTURE) }), page('page B', { title: blobOf(PICTURE), songs: [blobOf(SONG), blobOf(PICTURE)] })], [2]);
}

function service(id: string, lane: { announcement: Signed<object>; entries: LogEntry[] }, blobs: object[] = [], text = contract(id)): object[] {
  const hash = statementHash(suite, text);
  const { persona, device, keyLogHead } = postsLane();
  const place = lane.announcement.statement as { lane: string; device: string };
  return [
    { type: 'contract', service: id, hash, contract: text },
    { type: 'joined', ...signJoined(suite, { persona, device, service: id, contract: hash, keyLogHead }, seed('ada pod')) },
    ...blobs,
    { type: 'lane', ...lane.announcement },
    ...lane.entries.map((entry) => ({ type: 'entry', lane: place.lane, device: place.device, ...entry })),
  ];
}

function lines(): string[] {
  const microblog = statementHash(suite, contract('microblog')), people = statementHash(suite, contract('people')), album = statementHash(suite, contract('album'));
  const access = { type: 'access', day: '2026-01-01', service: 'microblog', collection: 'posts' };
  return [
    { type: 'commonhold-export', v: 1, persona: idOf('ada'), exportedAt: NOON + 3_600_000, house: HOUSE },
    ...ada().map((signed) => ({ type: 'statement', ...signed })),
    ...service('microblog', adaPosts({ ...postsLane(), contract: microblog })),
    ...service('people', adaFollowers(offered({ contract: people }), people)),
    ...service('album', adaPages(album), blobLines(PICTURE, SONG)),
    { ...access, caller: null, audience: 'house', verb: 'read', refused: false, rule: null, count: 41, first: null, last: null },
    { ...access, caller: idOf('ben'), audience: null, verb: 'remove', refused: true, rule: 'no_rule', count: 1, first: NOON, last: NOON },
  ].map((line) => JSON.stringify(line) + '\n');
}

/** An exported pod: Ada's posts, followers, and pages with blobs. */
export const exported = (): string => ended(lines());

function ended(body: readonly string[]): string {
  const end = { type: 'end', lines: body.length + 1, sha256: toBase64Url(suite.sha256(utf8(body.join('')))) };
  return body.join('') + JSON.stringify(end) + '\n';
}

interface Damage { name: string; line: number; code: string; from?: string; to?: string; drop?: true }

/**
 * Damage to `export.jsonl`: in line `line` the text `from` becomes `to`, or the line is dropped, and the reader
 * answers `code`. The lines are 1 header, 2-4 key log, 5-12 microblog (lane in 7), 13-16 people,
 * 17-23 album (blobs in 19 and 20, lane in 21), 24-25 access log, 26 end.
 */
export const exportDamage = (): { about: string; bad: Damage[] } => ({
  about: 'spec/export.md. Each case: export.jsonl with the first `from` in one line (counted from 1) replaced by `to`, or the line dropped; a reader answers code.',
  bad: [
    { name: 'no header', line: 1, drop: true, code: 'bad_header' },
    { name: 'a later version', line: 1, from: '"v":1', to: '"v":2', code: 'bad_header' },
    { name: 'the header of another persona', line: 1, from: idOf('ada'), to: idOf('ben'), code: 'wrong_persona' },
    { name: 'a statement missing', line: 3, drop: true, code: 'wrong_height' },
    { name: 'a statement changed', line: 3, from: 'Choir', to: 'Chair', code: 'bad_signature' },
    { name: 'the header names another house', line: 1, from: HOUSE, to: idOf('ben'), code: 'wrong_house' },
    { name: 'a contract changed', line: 5, from: 'An example', to: 'No example', code: 'contract_hash' },
    { name: 'a contract of another service', line: 5, from: '"service":"microblog"', to: '"service":"people"', code: 'contract_service' },
    { name: 'a contract missing', line: 5, drop: true, code: 'contract_missing' },
    { name: 'a joined statement changed', line: 6, from: statementHash(suite, contract('microblog')), to: long('x'), code: 'bad_signature' },
    { name: 'a lane without announcement', line: 7, drop: true, code: 'lane_unknown' },
    { name: 'a lane whose audience was changed', line: 7, from: `house:${HOUSE}`, to: 'everyone', code: 'bad_signature' },
    { name: 'an erased record missing', line: 8, drop: true, code: 'wrong_seq' },
    { name: 'a body changed', line: 9, from: 'eight', to: 'seven', code: 'wrong_body' },
    { name: 'a record erased that was not', line: 9, from: '"envelope"', to: '"note"', code: 'unknown_field' },
    { name: 'an envelope changed', line: 11, from: 'remove', to: 'rumove', code: 'bad_field' },
    { name: 'the last record of a lane missing', line: 12, drop: true, code: 'head_missing' },
    { name: 'an offer changed', line: 16, from: `"owner":"${idOf('ada')}"`, to: `"owner":"${idOf('ben')}"`, code: 'bad_signature' },
    { name: 'an access line changed', line: 24, from: '"count":41', to: '"count":14', code: 'end_sha256' },
    { name: 'an access line missing', line: 25, drop: true, code: 'end_lines' },
    { name: 'an unknown kind of line', line: 24, from: '"type":"access"', to: '"type":"note"', code: 'unknown_type' },
    { name: 'a field of an access line renamed', line: 24, from: '"verb"', to: '"word"', code: 'unknown_field' },
    { name: 'a field twice', line: 24, from: '"verb"', to: '"verb":"read","verb"', code: 'not_json' },
    { name: 'lists 64 deep in the line', line: 24, from: '"rule":null', to: `"rule":${'['.repeat(63)}${']'.repeat(63)}`, code: 'bad_field' },
    { name: 'lists one deeper', line: 24, from: '"rule":null', to: `"rule":${'['.repeat(64)}${']'.repeat(64)}`, code: 'not_json' },
    { name: 'a line that is not JSON', line: 10, from: '}', to: '', code: 'not_json' },
    { name: 'a part of a blob changed', line: 20, from: toBase64Url(SONG).slice(0, 8), to: toBase64Url(PICTURE).slice(0, 8), code: 'blob_hash' },
    { name: 'a blob missing', line: 20, drop: true, code: 'blob_missing' },
    { name: 'a blob of another name', line: 19, from: blobOf(PICTURE), to: long('x'), code: 'blob_hash' },
    { name: 'a blob of another service', line: 19, from: '"service":"album"', to: '"service":"people"', code: 'blob_missing' },
    { name: 'a blob of a service that is not in the file', line: 19, from: '"service":"album"', to: '"service":"sites"', code: 'contract_missing' },
    { name: 'a blob that lacks a part', line: 20, from: '"parts":1', to: '"parts":2', code: 'blob_part' },
    { name: 'a part without the one before it', line: 20, from: '"part":1,"parts":1', to: '"part":2,"parts":2', code: 'blob_part' },
    { name: 'a part that is not counted from 1', line: 20, from: '"part":1', to: '"part":0', code: 'bad_field' },
    { name: 'a blob without bytes', line: 20, from: toBase64Url(SONG), to: '', code: 'blob_part' },
    { name: 'bytes spelled otherwise', line: 20, from: toBase64Url(SONG), to: `${toBase64Url(SONG)}==`, code: 'bad_field' },
    { name: 'the same blob twice', line: 20, from: `"blob":"${blobOf(SONG)}","part":1,"parts":1,"data":"${toBase64Url(SONG)}"`, to: `"blob":"${blobOf(PICTURE)}","part":1,"parts":1,"data":"${toBase64Url(PICTURE)}"`, code: 'blob_twice' },
    { name: 'the end missing', line: 26, drop: true, code: 'end_missing' },
  ],
});

/** The contract of Potluck under a key of its own. */
const potluck = (by: string): object => ({ ...contract(POTLUCK), service: { id: POTLUCK, name: 'potluck', title: 'Potluck', publisher: 'Example', key: key(by) } });

/** Ada's pod with what Potluck wrote into it, under a contract that names this key. */
const withPotluck = (by: string, lane: (contract: string) => { announcement: Signed<object>; entries: LogEntry[] }): string => ended([
  { type: 'commonhold-export', v: 1, persona: idOf('ada'), exportedAt: NOON + 3_600_000, house: HOUSE },
  ...ada().map((signed) => ({ type: 'statement', ...signed })),
  ...service(POTLUCK, lane(statementHash(suite, potluck(by))), [], potluck(by)),
].map((line) => JSON.stringify(line) + '\n'));

const second = (contract: string): ReturnType<typeof oneDish> => oneDish(serviceOffered({ by: key('service 2') }, 'service 2'), {}, contract);

/** Exports with records that a service itself wrote: whole files, and the code of what is wrong. */
export const serviceExports = (): object => ({
  about: 'spec/export.md, "Offers of services". Each case: a whole export; a reader answers code, or takes it.',
  cases: [
    { name: 'a service that added, changed and removed', text: withPotluck('service 1', adaDishes) },
    { name: 'a service whose key was replaced', text: withPotluck('service 2', second) },
    { name: 'a record by a key that was replaced', text: withPotluck('service 2', (hash) => oneDish(serviceOffered(), {}, hash)), code: 'offer_wrong_key' },
    { name: 'a record by a key that did not bind yet', text: withPotluck('service 1', second), code: 'offer_wrong_key' },
  ],
});
