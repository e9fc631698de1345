import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkUpgrade, contractChanges, type Contract } from '../index.ts';
import { DISH, PART, someContract, withData, withDishes } from './fixture.ts';

const from = someContract();
const verdict = (to: Contract, before = from): unknown => {
  const result = checkUpgrade(before, to);
  return result.ok ? (result.value.wider ? 'wider' : 'fits') : [result.code, result.at];
};
const lost = (at: string): unknown => ['not_add_only', at];

test('a next version is a later one of the same service', () => {
  assert.deepEqual(verdict(someContract({ version: 2 })), 'fits');
  assert.deepEqual(verdict(someContract()), ['not_later', '/version']);
  assert.deepEqual(verdict(someContract({ version: 2, service: { ...from.service, id: 'B'.repeat(42) + 'A' } })), ['other_service', '/service/id']);
  assert.deepEqual(verdict(someContract({ version: 2, purpose: 'Sell meals.' })), 'wider');
});

test('collections stay what they are, with all their audiences', () => {
  const next = { version: 2 };
  assert.deepEqual(verdict(withDishes({}, { ...next, collections: { meals: from.collections['dishes'] } })), lost('/collections/dishes'));
  assert.deepEqual(verdict(withDishes({ kind: 'single' }, next)), lost('/collections/dishes'));
  assert.deepEqual(verdict(withDishes({ audiences: ['only-me', 'members', 'everyone'] }, next)), lost('/collections/dishes/audiences'));
  const mine = (more: object): Contract => someContract({ ...more, collections: { dishes: { kind: 'list', item: 'dish', allow: [] } } });
  assert.deepEqual(verdict(mine(next), mine({})), 'fits');
  const named = (name: string, more: object): Contract => someContract({ ...more, collections: { [name]: from.collections['dishes'] } });
  assert.deepEqual(verdict(named('dishes', next), named('constructor', {})), lost('/collections/constructor'));
});

test('fields are added, never lost, never made to hold less', () => {
  const dish = (name: string): unknown => lost(`/data/$defs/dish${name}`);
  const fits = (properties: object, more: object = {}): unknown => verdict(withData({ properties, ...more }));
  assert.deepEqual(fits({ ...DISH, salt: { type: 'boolean' } }), 'wider');
  const { diet: _, ...less } = DISH;
  assert.deepEqual(fits({ ...less, food: { type: 'string' } }), dish('/properties/diet'));
  assert.deepEqual(fits(DISH, { required: ['title', 'date'] }), dish('/required'));
  assert.deepEqual(fits(DISH, { required: [] }), 'wider');
  assert.deepEqual(fits({ ...DISH, title: { type: 'integer' } }), dish('/properties/title/type'));
  assert.deepEqual(fits({ ...DISH, title: { type: 'string' } }), 'wider', 'a bound may go');
  assert.deepEqual(fits({ ...DISH, title: { type: 'string', maxLength: 90, title: 'The title' } }), 'wider');
  assert.deepEqual(fits({ ...DISH, title: { type: 'string', maxLength: 70 } }), dish('/properties/title/maxLength'));
  assert.deepEqual(fits({ ...DISH, title: { type: 'string', maxLength: 80, minLength: 1 } }), dish('/properties/title/minLength'));
  assert.deepEqual(fits({ ...DISH, date: { type: 'string' } }), dish('/properties/date/format'));
  assert.deepEqual(fits({ ...DISH, diet: { enum: ['any', 'vegan', 'none'] } }), 'wider');
  assert.deepEqual(fits({ ...DISH, diet: { enum: ['any'] } }), dish('/properties/diet/enum'));
  assert.deepEqual(fits({ ...DISH, parts: { type: 'array', items: { type: 'string' }, maxItems: 9 } }), dish('/properties/parts/items/type'));
  assert.deepEqual(verdict(withData({}, { properties: { ...PART, grams: { type: 'integer', minimum: 0 } } })), 'wider');
  assert.deepEqual(verdict(withData({}, { properties: { ...PART, grams: { type: 'integer', minimum: 5 } } })), dish('/properties/parts/items/properties/grams/minimum'));
  assert.deepEqual(verdict(withData({}, { required: ['name'] })), dish('/properties/parts/items/required'));
  assert.deepEqual(verdict(withData({}, { properties: PART, additionalProperties: { type: 'string' } })), dish('/properties/parts/items/additionalProperties'));
});

test('what free names may hold is looked into, too', () => {
  const notes = (inner: object, more: object = {}): Contract => withData({ properties: { ...DISH, notes: { type: 'object', additionalProperties: inner } } }, more);
  const before = notes({ $ref: '#/$defs/part' });
  const next = (to: Contract): unknown => verdict({ ...to, version: 3 }, before);
  assert.deepEqual(next(notes({ $ref: '#/$defs/part' })), 'fits');
  assert.deepEqual(next(notes({ type: 'string' })), lost('/data/$defs/dish/properties/notes/additionalProperties/type'));
  assert.deepEqual(verdict({ ...notes({ $ref: '#/$defs/part' }, { required: ['name'] }), version: 3 }, withData({ properties: { notes: { type: 'object', additionalProperties: { $ref: '#/$defs/part' } }, title: DISH.title, date: DISH.date } })),
    lost('/data/$defs/dish/properties/notes/additionalProperties/required'));
});

test('another kind, and other things to count by, are told', () => {
  const counted = (counts: string[], kind = 'list'): Contract => withDishes({ counts, kind });
  const told = (to: Contract): string[] => contractChanges(counted(['diet']), to).map(({ kind, direction }) => `${direction} ${kind}`);
  assert.deepEqual(told(counted(['diet'], 'single')), ['wider kind']);
  assert.deepEqual(told(counted(['diet', 'date'])), ['wider counts']);
  assert.deepEqual(told(counted([])), ['changed counts']);
});
