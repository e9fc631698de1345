import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { compileSchema, MAX_DEPTH, type Json, type JsonObject, type Validator } from '../../index.ts';

function validator(schema: Json, defs: { [name: string]: JsonObject } = {}): Validator {
  const result = compileSchema(schema, defs);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const refusal = (schema: unknown, defs: { [name: string]: JsonObject } = {}): [string, string | undefined] => {
  const result = compileSchema(schema, defs);
  return result.ok ? ['accepted', ''] : [result.code, result.at];
};

test('an issue says where, what was expected, and a code', () => {
  const check = validator({ type: 'object', properties: { names: { type: 'array', items: { type: 'string', maxLength: 3 } } }, required: ['names'], additionalProperties: false });
  assert.deepEqual(check({ names: ['abc', 'abcd'] }), { field: '/names/1', expected: 'at most 3 characters', code: 'too_long' });
  assert.deepEqual(check({}), { field: '/names', expected: 'a value', code: 'required' });
  assert.equal(check({ names: [] }), null);
});

test('values that JSON has not are issues, never errors', () => {
  const check = validator({ type: 'object', properties: { a: { type: 'number' }, b: { enum: [1] }, c: { type: ['string', 'null'], minLength: 1 } }, additionalProperties: false });
  for (const value of [undefined, NaN, Infinity, 5n, Symbol('x'), () => 0, { a: undefined }, { a: NaN }, { a: -Infinity }, { b: undefined }, { c: '\ud800' }]) {
    assert.notEqual(check(value), null, String(typeof value));
  }
  assert.equal(check({ c: '\ud800' })?.code, 'not_unicode');
  assert.equal(check({ a: -0, b: 1, c: null }), null);
});

test('a long list of what is allowed is cut short', () => {
  const check = validator({ enum: Array.from({ length: 256 }, (_, i) => i) });
  assert.equal(check('x')?.expected, 'one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …');
  assert.equal(validator({ enum: ['a', null] })('x')?.expected, 'one of "a", null');
  assert.equal(validator({ const: 'a' })('x')?.expected, '"a"');
});

test('a hostile name is not echoed at length', () => {
  const check = validator({ type: 'object', additionalProperties: false });
  assert.ok(check({ ['x'.repeat(1_000_000)]: 1 })!.field.length < 100);
  assert.equal(check({ ['a'.repeat(79) + '😀']: 1 })!.field.isWellFormed(), true);
});

test('a map takes any name but __proto__ and broken Unicode', () => {
  const check = validator({ type: 'object', additionalProperties: { type: 'integer' } });
  assert.equal(check({ constructor: 1, 'a b': 2, '': 3 }), null);
  assert.equal(check(JSON.parse('{"__proto__":1}'))?.code, 'unknown_field');
  assert.equal(check({ '\ud800': 1 })?.code, 'unknown_field');
});

test('a schema that refers to itself ends at the depth limit', () => {
  const defs: { [name: string]: JsonObject } = { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } };
  const check = validator({ $ref: '#/$defs/tree' }, defs);
  const nest = (levels: number): Json => (levels === 0 ? [] : [nest(levels - 1)]);
  assert.equal(check(nest(MAX_DEPTH)), null);
  assert.equal(check(nest(MAX_DEPTH + 1))?.code, 'too_deep');
  let deep: Json = [];
  for (let i = 0; i < 200_000; i++) deep = [deep];
  assert.equal(check(deep)?.code, 'too_deep');
});

test('schemas outside the closed list are refused with their place', () => {
  assert.deepEqual(refusal(true), ['schema_not_object', '']);
  assert.deepEqual(refusal({ type: 'string', pattern: 'a' }), ['unknown_keyword', '/pattern']);
  assert.deepEqual(refusal(JSON.parse('{"type":"string","__proto__":{}}')), ['unknown_keyword', '/__proto__']);
  assert.deepEqual(refusal({ type: 'string' }, { a: { type: 'file' } }), ['bad_keyword', '/$defs/a/type']);
  assert.deepEqual(refusal({ type: ['string', 'null', 'number'] }), ['bad_keyword', '/type']);
  assert.deepEqual(refusal({ type: ['null', 'null'] }), ['bad_keyword', '/type']);
  assert.deepEqual(refusal({ type: [['string'], 'null'] }), ['bad_keyword', '/type']);
  assert.deepEqual(refusal({ $ref: 5 }), ['unknown_ref', '/$ref']);
  assert.deepEqual(refusal({ type: 'array', items: 5 }), ['bad_keyword', '/items']);
  assert.deepEqual(refusal({ type: 'object', additionalProperties: { type: 'x' } }), ['bad_keyword', '/additionalProperties/type']);
  assert.deepEqual(refusal({ type: 'object', required: [5], additionalProperties: false }), ['bad_keyword', '/required/0']);
  assert.deepEqual(refusal({ $ref: '#/$defs/a' }, { a: true as unknown as JsonObject }), ['schema_not_object', '/$defs/a']);
  let deep: Json = { type: 'null' };
  for (let i = 0; i < 17; i++) deep = { type: 'array', items: deep };
  assert.deepEqual(refusal(deep), ['schema_too_deep', '/items'.repeat(17)]);
});

test('formats are enforced to the day and the second', () => {
  const is = (format: string, text: string): boolean => validator({ type: 'string', format })(text) === null;
  for (const text of ['2024-02-29', '2000-02-29', '0000-02-29', '9999-12-31']) assert.ok(is('date', text), text);
  for (const text of ['1900-02-29', '2024-04-31', '2024-00-10', '2024-01-00', '24-01-01', '2024-1-1', '']) assert.ok(!is('date', text), text);
  for (const text of ['2024-02-29T23:59:59Z', '2024-02-29T00:00:00.123+14:00']) assert.ok(is('date-time', text), text);
  for (const text of ['2024-02-29 00:00:00Z', '2024-02-29T24:00:00Z', '2024-02-30T00:00:00Z', '2024-02-29T00:00Z', '2024-02-29T23:59:60Z']) assert.ok(!is('date-time', text), text);
  for (const text of ['https://a.example/x?y#z', 'http://[::1]:5']) assert.ok(is('uri', text), text);
  for (const text of ['A'.repeat(43), `${'-_'.repeat(21)}Q`]) assert.ok(is('blob', text), text);
  for (const text of ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}B`, `${'A'.repeat(43)}=`, `${'A'.repeat(42)}+`, ` ${'A'.repeat(42)}`, `${'A'.repeat(42)}é`]) assert.ok(!is('blob', text), text);
  for (const text of ['ftp://a.example', 'https://', 'https://a b', '/x', 'https://a.example:99999']) assert.ok(!is('uri', text), text);
});

// Ajv reads the same schemas by the letter of JSON Schema 2020-12; formats are told to it, and exact whole numbers are ours.
const BLOB = `${'AbC-_9'.repeat(7)}E`;
// What the format says, in the words of a pattern: 42 characters, and one whose last two bits are zero.
const isBlob = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const scalar: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant('string'), minLength: fc.integer({ min: 0, max: 3 }), maxLength: fc.integer({ min: 3, max: 6 }) }, { requiredKeys: ['type'] }),
  fc.constantFrom<JsonObject>({ type: 'string', format: 'blob' }, { type: ['null', 'string'], format: 'blob' }),
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: fc.integer({ min: -3, max: 0 }), maximum: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: ['type'] }),
  fc.constantFrom<JsonObject>({ type: 'boolean' }, { type: 'null' }, { type: ['string', 'null'], maxLength: 2 }, { $ref: '#/$defs/list' }, { enum: ['a', 1, null, true] }, { const: 'é' },
    { type: ['string', 'null'], enum: ['a', 'é'] }, { type: ['null', 'integer'], const: 4 }, { type: ['string', 'null'], enum: ['abcdef', null], minLength: 2 }),
);
const { schema } = fc.letrec<{ schema: JsonObject; object: JsonObject; list: JsonObject }>((tie) => ({
  schema: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('object'), tie('list')),
  object: fc.tuple(fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), tie('schema')), fc.boolean(), fc.option(tie('schema'), { nil: false as const }))
    .map(([properties, all, rest]): JsonObject => ({ type: 'object', properties, required: all ? Object.keys(properties) : [], additionalProperties: rest })),
  list: fc.tuple(tie('schema'), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
    .map(([items, minItems, maxItems, uniqueItems]): JsonObject => ({ type: 'array', items, minItems, maxItems, uniqueItems })),
}));
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' },
    fc.constantFrom<Json>(BLOB, `${BLOB.slice(0, 42)}F`, 'a', 'é', '', '😀😀', '😀😀😀😀😀😀😀', 'abcdef', 1, 0, -3, 1.5, 4, true, null),
    fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'toString'), tie('value'))),
}));
const defs: { [name: string]: JsonObject } = { list: { type: 'array', items: { $ref: '#/$defs/list' }, maxItems: 2 } };

/** A value that a generated schema accepts. */
function likely(made: JsonObject): Json {
  if ('const' in made) return made['const']!;
  if ('enum' in made) return (made['enum'] as Json[])[0]!;
  switch (made['type']) {
    case 'string': return 'format' in made ? BLOB : 'abc';
    case 'integer': case 'number': return 0;
    case 'boolean': return true;
    case 'object': return Object.fromEntries(Object.entries(made['properties'] as { [name: string]: JsonObject }).map(([name, inner]) => [name, likely(inner)]));
    case 'array': return Array.from({ length: made['minItems'] as number }, () => likely(made['items'] as JsonObject));
    default: return '$ref' in made ? [] : null;
  }
}

test('agrees with Ajv on generated schemas and values', () => {
  const tally = { yes: 0, no: 0 };
  fc.assert(fc.property(schema, fc.array(value, { minLength: 1, maxLength: 20 }), (made, values) => {
    const ours = validator(made, defs);
    const ajv = new Ajv2020({ strict: true, formats: { blob: isBlob }, ownProperties: true, strictRequired: false }).compile({ ...made, $defs: defs });
    assert.equal(ours(likely(made)), null);
    for (const one of [likely(made), ...values]) {
      const fine = ajv(one);
      assert.equal(ours(one) === null, fine, JSON.stringify({ made, one, issue: ours(one) }));
      tally[fine ? 'yes' : 'no']++;
    }
  }), { numRuns: 150, seed: 42 });
  assert.ok(Math.min(tally.yes, tally.no) > 100, JSON.stringify(tally));
});

test('the built-in contracts compile under strict Ajv and mean the same there', () => {
  for (const name of ['microblog', 'news', 'people']) {
    const { data } = JSON.parse(readFileSync(new URL(`../../../../spec/contracts/${name}.json`, import.meta.url), 'utf8')) as { data: { $defs: { [name: string]: JsonObject } } };
    const ajv = new Ajv2020({ strict: true, formats: { blob: isBlob } });
    for (const [item, made] of Object.entries(data.$defs)) {
      const theirs = ajv.compile({ ...made, $defs: data.$defs });
      const ours = validator(made, data.$defs);
      for (const body of [{}, { text: 'x', createdAt: 1 }, { name: 'x' }, { persona: 'c'.repeat(53), key: 'k' }, { persona: 'c'.repeat(53), relation: 'follower', createdAt: 1 }]) {
        assert.equal(ours(body) === null, theirs(body), `${name} ${item}`);
      }
    }
  }
});
