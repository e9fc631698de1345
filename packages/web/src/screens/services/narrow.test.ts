import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseContract } from '@commonhold/core';
import { cautious, narrowable, toggled, withPart } from './narrow.ts';

const { good } = JSON.parse(readFileSync(new URL('../../../../../spec/vectors/contract.json', import.meta.url), 'utf8')) as { good: { contract: unknown }[] };
const parsed = parseContract(good[2]!.contract);
assert.ok(parsed.ok);
const contract = parsed.value;
const rules = narrowable(contract);
const members = rules.find(({ id }) => id === 'dishes.allow[2]')!;

test('every rule for others can be taken back, and no rule of one’s own', () => {
  const others = Object.values(contract.collections).flatMap(({ allow }) => allow).filter(({ who }) => who !== 'owner').length;
  assert.equal(rules.length, others);
  assert.deepEqual(members.fields, ['title', 'date']);
  assert.deepEqual(members.audiences, ['linked', 'members']);
  assert.deepEqual(rules.find(({ id }) => id === 'dishes.allow[3]'), { ...rules.find(({ id }) => id === 'dishes.allow[3]')!, fields: [], audiences: [] });
});

test('fields go one by one; the last takes the rule along; all of them again is nothing taken', () => {
  const none = { rules: {} };
  const less = toggled(none, members, 'fields', 'date');
  assert.deepEqual(less, { rules: { 'dishes.allow[2]': { fields: ['title'] } } });
  assert.deepEqual(toggled(less, members, 'fields', 'date'), none);
  assert.deepEqual(toggled(less, members, 'fields', 'title'), { rules: { 'dishes.allow[2]': { off: true } } });
  assert.deepEqual(withPart(less, members, { off: true }), { rules: { 'dishes.allow[2]': { off: true } } });
});

test('the careful way in: the makers read nothing, and nobody writes', () => {
  assert.deepEqual(Object.keys(cautious(contract).rules), ['dishes.allow[3]', 'dishes.allow[4]', 'dishes.allow[5]', 'inbox.allow[1]', 'inbox.allow[2]']);
});
