import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobsIn, compileContract, contractCard, namedBlobs, parseContract, type Json, type JsonObject } from '../index.ts';

const name = (n: number): string => Buffer.alloc(32, n).toString('base64url');
const [one, two, three] = [name(1), name(2), name(3)] as [string, string, string];
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties, additionalProperties: false });
const blob = { type: 'string', format: 'blob' };

const album = {
  commonhold: 'contract/1', service: { id: 'album', name: 'album', title: 'Album', publisher: 'Example', key: null }, version: 1, purpose: 'Keep pictures.',
  collections: {
    pages: { kind: 'list', item: 'page', allow: [] },
    cover: { kind: 'single', item: 'shot', allow: [] },
    words: { kind: 'list', item: 'word', allow: [] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      page: object({
        title: { type: 'string' }, front: { type: ['string', 'null'], format: 'blob' }, shots: { type: 'array', items: { $ref: '#/$defs/shot' } },
        byName: { type: 'object', additionalProperties: blob }, under: { $ref: '#/$defs/page' }, key: { enum: ['a'] },
      }),
      shot: object({ picture: blob, alt: { type: 'string' } }),
      word: object({ text: { type: 'string' }, under: { $ref: '#/$defs/word' } }),
    },
  },
};
const parsed = parseContract(album);
assert.ok(parsed.ok, JSON.stringify(parsed));
const compiled = compileContract(parsed.value);
assert.ok(compiled.ok);
const contract = compiled.value;

test('a body names blobs wherever its schema has that format: which, by which field, and where', () => {
  const body: Json = {
    title: one, front: two, shots: [{ picture: one, alt: three }, { picture: three }], byName: { 'a/b': two }, key: 'a',
    under: { front: null, shots: [{ picture: one }] },
  };
  assert.deepEqual(blobsIn(contract, 'pages', body), [
    { blob: two, field: 'front', at: '/front' }, { blob: one, field: 'shots', at: '/shots/0/picture' }, { blob: three, field: 'shots', at: '/shots/1/picture' },
    { blob: two, field: 'byName', at: '/byName/a~1b' }, { blob: one, field: 'under', at: '/under/shots/0/picture' },
  ]);
  assert.deepEqual(blobsIn(contract, 'words', { text: one, under: { text: two } }), []);
  assert.deepEqual(blobsIn(contract, 'nothing', { text: one }), []);
  assert.deepEqual([...contract.collections].map(([of, { blobFields }]) => [of, blobFields]), [['pages', ['front', 'shots', 'byName', 'under']], ['cover', ['picture']], ['words', []]]);
});

test('a reader of exports asks contracts that nobody has looked at: it finds what it can, never goes round, never fails', () => {
  const ask = (defs: Json, body: Json, item: Json = 'a'): string[] => namedBlobs({ collections: { c: { item } }, data: { $defs: defs } }, 'c', body).map(({ blob: found }) => found);
  assert.deepEqual(ask({ a: { properties: { b: blob } } }, { b: one }), [one]);
  assert.deepEqual(ask({ a: { properties: { b: { $ref: '#/$defs/b' } } }, b: { format: 'blob' } }, { b: one }), [one]);
  // A reference to a reference means nothing, nor does one to itself.
  assert.deepEqual(ask({ a: { $ref: '#/$defs/a' } }, { b: one }), []);
  assert.deepEqual(ask({ a: { properties: { b: { $ref: '#/$defs/b' } } }, b: { $ref: '#/$defs/c' }, c: blob }, { b: one }), []);
  for (const defs of [null, [], { a: null }, { a: { properties: [] } }, { a: { properties: { b: { $ref: 5 } } } }, { a: { properties: { b: { $ref: 'elsewhere' } } } }]) assert.deepEqual(ask(defs, { b: one }), []);
  assert.deepEqual(ask({ a: blob }, one, 5), []);
  assert.deepEqual(ask({ a: { properties: { b: blob } } }, { b: `${one}=` }), []);
  assert.deepEqual(ask({ a: { properties: { b: blob } } }, { b: one.slice(0, 42) + 'B' }), []);
  assert.deepEqual(ask({ a: { additionalProperties: blob } }, JSON.parse(`{"__proto__":"${one}"}`) as Json), [one]);
  assert.deepEqual(namedBlobs({}, 'c', { b: one }), []);
  assert.deepEqual(namedBlobs({ collections: {} }, 'constructor', { b: one }), []);
});

test('the card says which fields hold files', () => {
  const card = contractCard(parsed.value, 'en');
  assert.ok(card.ok);
  assert.match(card.value.keeps[0]!, / Pictures or other files are kept with them: front, shots, by name, and under\.$/);
  assert.match(card.value.keeps[1]!, / Pictures or other files are kept with it: picture\.$/);
  assert.doesNotMatch(card.value.keeps[2]!, /files/);
});
