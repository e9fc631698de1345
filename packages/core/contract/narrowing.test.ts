import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryNarrowing, compileContract, decide, parseContract, parseNarrowing, type Compiled, type Contract, type Facts, type Narrowing } from '../index.ts';
import { someContract, withRules } from './fixture.ts';

function compiled(contract: Contract = someContract()): Compiled {
  const result = compileContract(contract);
  assert.ok(result.ok);
  return result.value;
}

const refusal = (value: unknown): unknown => {
  const result = parseNarrowing(compiled(), value);
  return result.ok ? 'accepted' : [result.code, result.at];
};

test('a narrowing names rules of others, and what they give', () => {
  for (const rules of [{}, { 'dishes.allow[1]': { off: true } }, { 'dishes.allow[1]': { fields: ['title'], audiences: ['members'] } }, { 'dishes.allow[3]': { fields: ['date'] } }]) {
    const result = parseNarrowing(compiled(), { rules });
    assert.deepEqual(result.ok && result.value, { rules });
  }
  const at = (id: string, ...more: string[]): string => ['/rules', id, ...more].join('/');
  const cases: [unknown, string, string][] = [
    [5, 'wrong_type', ''], [{}, 'missing_member', '/rules'], [{ rules: {}, paused: true }, 'unknown_member', '/paused'], [{ rules: [] }, 'wrong_type', '/rules'],
    ...['dishes.allow[0]', 'dishes.allow[9]', 'dishes.allow[01]', 'dishes', 'constructor.allow[0]', 'nothing.allow[0]', '__proto__'].map((id): [unknown, string, string] =>
      [{ rules: JSON.parse(`{"${id}":{}}`) as unknown }, 'unknown_rule', at(id)]),
    [{ rules: { 'dishes.allow[1]': 1 } }, 'wrong_type', at('dishes.allow[1]')], [{ rules: { 'dishes.allow[1]': { off: false } } }, 'wrong_type', at('dishes.allow[1]', 'off')],
    [{ rules: { 'dishes.allow[1]': { fields: ['salt'] } } }, 'unknown_field', at('dishes.allow[1]', 'fields', '0')],
    [{ rules: { 'dishes.allow[3]': { fields: ['title'] } } }, 'unknown_field', at('dishes.allow[3]', 'fields', '0')],
    [{ rules: { 'dishes.allow[2]': { fields: ['title'] } } }, 'fields_on_write', at('dishes.allow[2]', 'fields')],
    [{ rules: { 'dishes.allow[1]': { audiences: ['close'] } } }, 'unknown_audience', at('dishes.allow[1]', 'audiences', '0')],
  ];
  for (const [value, code, place] of cases) assert.deepEqual(refusal(value), [code, place], JSON.stringify(value));
});

const facts: Facts = { persona: 'c'.repeat(53), owner: false, service: true, member: true, house: false, relations: [], mutual: [], blocked: false, now: 0 };

test('what is taken from a rule is not given by it', () => {
  const contract = compiled();
  const given = (narrowing: Narrowing, verb: 'read' | 'add' = 'read'): unknown => {
    const decision = decide(contract, narrowing, facts, { collection: 'dishes', verb });
    return 'deny' in decision ? decision.deny : decision.allow.map(({ rule, fields, audiences }) => [rule, fields, audiences]);
  };
  const ofMembers = ['dishes.allow[1]', null, ['members', 'everyone']];
  const ofService = ['dishes.allow[3]', ['date'], ['members', 'everyone']];
  assert.deepEqual(given({}), [ofMembers, ofService]);
  assert.deepEqual(given({ rules: {} }), [ofMembers, ofService]);
  assert.deepEqual(given({ rules: { 'dishes.allow[1]': { off: true } } }), [ofService]);
  assert.deepEqual(given({ rules: { 'dishes.allow[1]': { fields: ['title'] }, 'dishes.allow[3]': { audiences: ['everyone'] } } }), [['dishes.allow[1]', ['title'], ['members', 'everyone']], ['dishes.allow[3]', ['date'], ['everyone']]]);
  assert.deepEqual(given({ rules: { 'dishes.allow[3]': { fields: ['title'] }, 'dishes.allow[1]': { audiences: ['linked'] } } }), 'narrowed');
  assert.deepEqual(given({ rules: { 'dishes.allow[2]': { audiences: ['linked'] } } }, 'add'), [['dishes.allow[2]', null, ['members', 'everyone']]], 'what is added is in no audience yet');
});

test('what was taken stays taken under the next version', () => {
  const from = someContract();
  const [owner, members, add, service] = from.collections['dishes']!.allow;
  const rules = { 'dishes.allow[1]': { fields: ['title'], audiences: ['members'] as const }, 'dishes.allow[3]': { off: true as const } };
  const carried = (allow: unknown[], narrowing: Narrowing = { rules }): Narrowing => carryNarrowing(from, withRules(allow), narrowing);
  assert.deepEqual(carried([owner, members, add, service]), { rules });
  assert.deepEqual(carried([service, { ...members, because: 'other words' }]), { rules: { 'dishes.allow[0]': { off: true }, 'dishes.allow[1]': rules['dishes.allow[1]'] } }, 'wherever they stand now');
  assert.deepEqual(carried([{ who: 'member', may: ['read', 'watch', 'count'] }]), { rules: { 'dishes.allow[0]': rules['dishes.allow[1]'] } }, 'a changed rule loses what any such rule had lost');
  assert.deepEqual(carried([{ who: 'signed-in', may: ['read'] }]), {}, 'for others it is another rule');
  assert.deepEqual(carried([{ who: 'member', may: ['count'] }]), {}, 'nor did another verb lose anything');
  assert.deepEqual(carried([owner], { paused: true }), { paused: true });
  assert.deepEqual(carried([owner], { paused: true, until: 5 }), { paused: true, until: 5 });
  assert.deepEqual(carryNarrowing({ ...from, collections: {} }, from, { rules }), {}, 'a new collection lost nothing');
});

test('several changed rules together lose what each of them had lost', () => {
  const from = withRules([{ who: 'member', may: ['read'] }, { who: 'member', may: ['watch'] }]);
  const to = withRules([{ who: 'member', may: ['read', 'watch'] }]);
  const joined = (one: object, other: object): unknown => carryNarrowing(from, to, { rules: { 'dishes.allow[0]': one, 'dishes.allow[1]': other } }).rules?.['dishes.allow[0]'];
  assert.deepEqual(joined({ fields: ['title', 'date'] }, { fields: ['date', 'diet'] }), { fields: ['date'] });
  assert.deepEqual(joined({ fields: ['title'] }, { audiences: ['members'] }), { fields: ['title'], audiences: ['members'] });
  assert.deepEqual(joined({ audiences: ['members'] }, { fields: ['title'] }), { fields: ['title'], audiences: ['members'] });
  assert.deepEqual(joined({ audiences: ['members', 'everyone'] }, { audiences: ['everyone'] }), { audiences: ['everyone'] });
  assert.deepEqual([joined({ off: true }, {}), joined({}, { off: true })], [{ off: true }, { off: true }]);
});

test('a bug inside is not taken for a refusal', () => {
  assert.throws(() => parseNarrowing(compiled(), { get rules(): never { throw new RangeError('from the caller'); } }), RangeError);
  assert.ok(parseContract(someContract()).ok);
});
