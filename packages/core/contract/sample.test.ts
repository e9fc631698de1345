import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkBody, compileByoda, compileContract, parseContract, sampleRecord, type Contract, type Json, type JsonObject } from '../index.ts';
import { nobleSuite } from '../noble.ts';
import { someContract } from './fixture.ts';

const vectors = (name: string) => JSON.parse(readFileSync(new URL(`../../../spec/vectors/${name}.json`, import.meta.url), 'utf8')) as { good: { contract: Json }[]; files: { file: Json }[] };

/** The example of each collection, which must be a record that the collection takes. */
function samples(contract: Contract): (JsonObject | null)[] {
  const compiled = compileContract(contract);
  assert.ok(compiled.ok);
  return Object.keys(contract.collections).map((name) => {
    const made = sampleRecord(contract, name);
    if (made !== null) assert.deepEqual(checkBody(compiled.value, name, made), null, `${name}: ${JSON.stringify(made)}`);
    return made;
  });
}

test('of every good contract, and of every file of BYODA that is one, the examples are records', () => {
  for (const { contract } of vectors('contract').good) { const parsed = parseContract(contract); assert.ok(parsed.ok); samples(parsed.value); }
  for (const { file } of vectors('byoda').files) { const made = compileByoda(nobleSuite, file); if (made.ok) assert.ok(samples(made.value.contract).every((one) => one !== null)); }
});

const withItem = (item: JsonObject, more: { [name: string]: JsonObject } = {}): Contract | null => {
  const { signature: _, ...rest } = someContract();
  const parsed = parseContract({ ...rest, collections: { things: { kind: 'list', item: 'thing', allow: [] } }, data: { ...rest.data, $defs: { thing: item, ...more } } });
  return parsed.ok ? parsed.value : null;
};
const closed = (properties: JsonObject, required: string[] = Object.keys(properties)): JsonObject => ({ type: 'object', additionalProperties: false, properties, required });

const bound = fc.integer({ min: 0, max: 30 });
const plain: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.tuple(bound, bound).map(([a, b]) => ({ type: 'string', minLength: Math.min(a, b), maxLength: Math.max(a, b) })),
  fc.constantFrom('date', 'date-time', 'uri', 'blob').map((format) => ({ type: 'string', format })),
  fc.tuple(fc.constantFrom('integer', 'number'), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([type, least, more]) => ({ type: [type, 'null'], minimum: least, maximum: least + more })),
  fc.constantFrom<JsonObject>({ type: 'boolean' }, { enum: ['a', 'b'] }, { const: 5 }, { type: 'null' }),
);
const some: fc.Arbitrary<JsonObject> = fc.letrec<{ one: JsonObject }>((tie) => ({
  one: fc.oneof({ maxDepth: 3 }, plain,
    fc.record({ items: tie('one'), least: fc.integer({ min: 0, max: 3 }), uniqueItems: fc.boolean() }).map(({ items, least, uniqueItems }) => ({ type: 'array', items, minItems: least, maxItems: 3, uniqueItems })),
    fc.dictionary(fc.constantFrom('title', 'when', 'other_thing'), tie('one')).map((properties) => closed(properties))),
})).one;

test('whatever is asked of fields, the example is a record, or there is none', () => {
  let made = 0;
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('title', 'date', 'very_long_name_of_a_field'), some, { minKeys: 1 }), (properties) => {
    const contract = withItem(closed(properties));
    if (contract && samples(contract)[0] !== null) made++;
  }), { numRuns: 400 });
  assert.ok(made > 200, `${made}`);
});

test('texts are called as their fields; what need not be there and has no end is left out; what needs itself has no example', () => {
  const sample = (item: JsonObject, more?: { [name: string]: JsonObject }) => { const contract = withItem(item, more); assert.ok(contract); return samples(contract)[0]; };
  assert.deepEqual(sample(closed({ some_title: { type: 'string', maxLength: 40 }, day: { type: 'string', format: 'date' } })), { some_title: 'some title', day: '2027-05-01' });
  assert.deepEqual(sample(closed({ word: { type: 'string', maxLength: 3 }, next: { $ref: '#/$defs/thing' } }, ['word'])), { word: '1wo', next: { word: '1wo', next: { word: '1wo' } } });
  assert.equal(sample(closed({ next: { $ref: '#/$defs/thing' } })), null);
  assert.equal(sample(closed({ day: { type: 'string', format: 'date', maxLength: 3 } })), null, 'no day is so short');
});
