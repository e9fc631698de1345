import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileContract, CONTRACT_LIMITS, parseContract, type Contract } from '../index.ts';

const text = readFileSync(new URL('../../../spec/contracts/microblog.json', import.meta.url), 'utf8');
const document = (): { [name: string]: unknown } => JSON.parse(text) as { [name: string]: unknown };
const refusal = (input: unknown): [string, string | undefined] => {
  const result = parseContract(input);
  return result.ok ? ['accepted', undefined] : [result.code, result.at];
};

test('what is not JSON is refused, not thrown', () => {
  assert.deepEqual(refusal('{'), ['not_json', '']);
  assert.deepEqual(refusal(''), ['not_json', '']);
  assert.deepEqual(refusal('null'), ['wrong_type', '']);
  for (const input of [undefined, null, 5, true, [], () => 0, Symbol('x'), 5n, NaN]) assert.notEqual(refusal(input)[0], 'accepted');
  assert.deepEqual(refusal({ ...document(), version: NaN }), ['not_json', '/version']);
  assert.deepEqual(refusal({ ...document(), version: undefined }), ['not_json', '/version']);
});

test('text that UTF-8 cannot say is refused wherever it stands', () => {
  assert.deepEqual(refusal({ ...document(), purpose: '\ud800' }), ['not_unicode', '/purpose']);
  assert.deepEqual(refusal({ ...document(), '\ud800': 1 }), ['not_unicode', '']);
});

test('the greatest size counts in bytes, as text and as value', () => {
  const room = CONTRACT_LIMITS.bytes - new TextEncoder().encode(text).length;
  assert.equal(refusal(text + ' '.repeat(room))[0], 'accepted');
  assert.deepEqual(refusal(text + ' '.repeat(room + 1)), ['too_big', '']);
  assert.deepEqual(refusal(`"${'é'.repeat(CONTRACT_LIMITS.bytes / 2)}"`), ['too_big', '']);
  assert.deepEqual(refusal({ ...document(), purpose: 'é'.repeat(CONTRACT_LIMITS.bytes / 2) }), ['too_big', '']);
});

test('hostile shapes end quickly', () => {
  const started = performance.now();
  assert.equal(refusal('['.repeat(200_000))[0], 'not_json');
  assert.equal(refusal('{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000))[0], 'too_deep');
  const round: { self?: unknown } = {};
  round.self = round;
  assert.equal(refusal(round)[0], 'too_deep');
  // A list that holds one list fifty times, and so on: 50^14 parts if it were copied.
  let shared: unknown = 1;
  for (let i = 0; i < 14; i++) shared = Array.from({ length: 50 }, () => shared);
  assert.deepEqual(refusal(shared), ['too_big', '']);
  const definitions = Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }]));
  assert.equal(refusal({ ...document(), data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: definitions } })[0], 'too_many');
  // A generous bound, only to catch what would otherwise run for ever.
  assert.ok(performance.now() - started < 5_000);
});

test('a getter is read once, and a later change of the input changes nothing', () => {
  let reads = 0;
  const input = document();
  Object.defineProperty(input, 'purpose', { enumerable: true, get: () => (++reads === 1 ? 'Plain.' : '\u202e') });
  const result = parseContract(input);
  assert.ok(result.ok);
  assert.equal(result.value.purpose, 'Plain.');
  (input['collections'] as { [name: string]: unknown })['posts'] = null;
  assert.ok(result.value.collections['posts']);
});

test('a contract is frozen to its last leaf', () => {
  const result = parseContract(text);
  assert.ok(result.ok);
  const loose = result.value as unknown as { collections: { posts: { allow: unknown[] } } };
  assert.throws(() => loose.collections.posts.allow.push({ who: 'anyone', may: ['change'] }), TypeError);
});

test('a bug inside is not taken for a refusal', () => {
  const input = document();
  Object.defineProperty(input, 'purpose', { enumerable: true, get: () => { throw new RangeError('from the caller'); } });
  assert.throws(() => parseContract(input), RangeError);
});

test('compiling what was never parsed is a no, with the place', () => {
  const unparsed = { ...document(), data: { $schema: '', $defs: { post: true } } } as unknown as Contract;
  const result = compileContract(unparsed);
  assert.deepEqual(result.ok ? null : [result.code, result.at], ['schema_not_object', '/$defs/post']);
});

test('what a contract leaves out has a value when compiled', () => {
  const input = document();
  const collections = input['collections'] as { [name: string]: unknown };
  collections['markers'] = { kind: 'local', item: 'ref', allow: [] };
  collections['pinned'] = { kind: 'single', item: 'ref', allow: [], retention: 'P2M' };
  const parsed = parseContract(input);
  assert.ok(parsed.ok);
  const compiled = compileContract(parsed.value);
  assert.ok(compiled.ok);
  const { markers, pinned } = Object.fromEntries(compiled.value.collections);
  assert.deepEqual(markers?.limits, { count: 100_000, itemBytes: 65_536 });
  assert.deepEqual([markers?.audiences, markers?.defaultAudience, markers?.retention], [['only-me'], 'only-me', null]);
  assert.deepEqual([pinned?.limits.count, pinned?.retention, pinned?.fields], [1, 60 * 86_400_000, ['persona', 'key']]);
});
