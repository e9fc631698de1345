import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AUDIENCES, compileContract, contractChanges, decide, diffWords, isWider, mayRead, parseContract, VERBS,
  type Change, type Contract, type Facts, type Json, type Readable, type Rule,
} from '../index.ts';

const { good } = JSON.parse(readFileSync(new URL('../../../spec/vectors/contract.json', import.meta.url), 'utf8')) as { good: { contract: Json }[] };

function contract(document: unknown): Contract {
  const result = parseContract(document);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
const full = contract(good[2]!.contract);

/** The whole contract with one collection in another way. */
const dishes = (more: object): Contract => contract({ ...full, collections: { ...full.collections, dishes: { ...full.collections['dishes'], ...more } } });
const said = (to: Contract, from = full): string[] => contractChanges(from, to).map(({ kind, direction, at }) => `${direction} ${kind} ${at}`);
const allow = full.collections['dishes']!.allow;
const withRule = (rule: unknown, i = 2): Contract => dishes({ allow: allow.map((one, n) => n === i ? rule : one) });

test('nothing changed, or nothing but its number', () => {
  assert.deepEqual(contractChanges(full, contract({ ...full, version: 4 })), []);
  assert.deepEqual(contractChanges(full, dishes({ index: ['title'] })), []);
  assert.deepEqual(contractChanges(full, dishes({ allow: [...allow].reverse() })), []);
  assert.equal(isWider(full, full), false);
});

test('whoever stands behind it, why, and where it speaks from', () => {
  const service = (more: object) => contract({ ...full, service: { ...full.service, ...more } });
  for (const more of [{ title: 'Pot' }, { publisher: 'X' }, { endpoint: 'https://x.example' }, { origins: [] }]) assert.deepEqual(said(service(more)), [`wider ${Object.keys(more)[0]} /service/${Object.keys(more)[0]}`]);
  assert.deepEqual(said(service({ website: 'https://x.example' })), ['changed website /service/website']);
  assert.deepEqual(said(contract({ ...full, purpose: 'Sell.' })), ['wider purpose /purpose']);
  assert.deepEqual(said(contract({ ...full, bundles: { basics: ['dishes'] } })), ['narrower bundle /bundles/basics']);
  assert.deepEqual(said(contract({ ...full, bundles: { ...full.bundles, all: ['seen'] } })), ['wider bundle /bundles/all']);
});

test('how long, how many, for whom', () => {
  assert.deepEqual(said(dishes({ retention: 'P3Y' })), ['wider retention /collections/dishes/retention']);
  assert.deepEqual(said(dishes({ retention: 'P1Y' })), ['narrower retention /collections/dishes/retention']);
  assert.deepEqual(said(full, dishes({ retention: 'P3Y' })), ['narrower retention /collections/dishes/retention']);
  assert.deepEqual(said(dishes({ limits: { count: 9, itemBytes: 20_000 } })), ['narrower count /collections/dishes/count', 'wider itemBytes /collections/dishes/itemBytes']);
  assert.deepEqual(said(dishes({ defaultAudience: 'linked' })), ['wider audiences /collections/dishes/audiences']);
  assert.deepEqual(said(dishes({ audiences: ['linked', 'members', 'everyone'] })), ['wider audiences /collections/dishes/audiences']);
  assert.deepEqual(said(dishes({ audiences: ['linked', 'members'] })), ['narrower audiences /collections/dishes/audiences']);
  assert.deepEqual(said(dishes({ counts: ['diet', 'date'] })), ['wider counts /collections/dishes/counts']);
  assert.deepEqual(said(dishes({ label: { one: 'plate', many: 'plates' }, cluster: 'X' })), ['changed label /collections/dishes/label', 'changed cluster /collections/dishes/cluster']);
});

test('fields: a new one counts where others read it; one that holds other things always does', () => {
  const { data } = full;
  const item = data.$defs['dish'] as { properties: object };
  const to = contract({ ...full, data: { ...data, $defs: { ...data.$defs, dish: { ...item, properties: { ...item.properties, salt: { type: 'boolean' } } } } } });
  assert.deepEqual(said(to), ['wider field /collections/dishes/item/salt', 'wider field /collections/inbox/item/salt', 'changed field /collections/seen/item/salt', 'changed field /collections/drafts/item/salt']);
  assert.ok(said(full, to).every((line) => line.startsWith('narrower field')));
  const course = data.$defs['course'] as { properties: object };
  const deep = contract({ ...full, data: { ...data, $defs: { ...data.$defs, course: { ...course, properties: { ...course.properties, name: { const: 'dessert' } } } } } });
  assert.deepEqual(said(deep), ['dishes', 'inbox', 'seen', 'drafts'].map((name) => `wider field /collections/${name}/item/course`));
});

test('collections that come and go, with their rules', () => {
  const { seen: _, inbox, ...rest } = full.collections;
  const less = contract({ ...full, bundles: {}, collections: rest });
  assert.deepEqual(said(less).filter((line) => line.includes('inbox')), ['narrower collection /collections/inbox', 'changed rule /collections/inbox/allow/0', 'narrower rule /collections/inbox/allow/1', 'narrower rule /collections/inbox/allow/2']);
  const more = contract({ ...full, collections: { ...full.collections, mine: { ...inbox!, allow: [] }, ours: inbox! } });
  assert.deepEqual(said(more), ['changed collection /collections/mine', 'wider collection /collections/ours', 'changed rule /collections/ours/allow/0', 'wider rule /collections/ours/allow/1', 'wider rule /collections/ours/allow/2']);
});

test('rules: who, what, and which fields', () => {
  const at = (direction: string, i = 2) => [`${direction} rule /collections/dishes/allow/${i}`];
  assert.deepEqual(said(withRule({ who: 'member', may: ['read'], fields: ['title'] })), at('narrower'));
  assert.deepEqual(said(withRule({ who: 'member', may: ['read'], fields: ['title', 'diet'] })), at('wider'));
  assert.deepEqual(said(withRule({ who: 'member', may: ['read'] })), at('wider'));
  assert.deepEqual(said(withRule({ who: { linked: ['friend'] }, may: ['read', 'watch'] }, 1)), at('wider', 1));
  assert.deepEqual(said(withRule({ who: { linked: ['neighbour'], mutual: true }, may: ['read', 'watch'] }, 1)), at('wider', 1));
  assert.deepEqual(said(withRule({ ...allow[5], because: 'to sell it' }, 5)), at('wider', 5));
  assert.deepEqual(said(withRule({ who: 'owner', may: ['read'] }, 0)), at('changed', 0));
  // One rule said in two is the same power.
  const split = dishes({ allow: [...allow.filter((_, i) => i !== 2), { who: 'member', may: ['read'], fields: ['title'] }, { who: 'member', may: ['read'], fields: ['date'] }] });
  assert.deepEqual(contractChanges(full, split).map(({ direction }) => direction), ['changed', 'changed']);
});

// What may stand in a rule of `dishes`, by chance.
const fields = fc.subarray(['title', 'date', 'diet', 'hot'], { minLength: 1 });
const party = fc.oneof(
  fc.constantFrom('owner', 'service', 'member', 'signed-in', 'anyone', { house: 'mine' }),
  fc.record({ linked: fc.subarray(['friend', 'neighbour', 'close'], { minLength: 1 }), mutual: fc.boolean() }),
);
const because = fc.option(fc.constantFrom('to help', 'to find a date'), { nil: undefined });
const rule = fc.record({ who: party, reads: fc.subarray(['read', 'watch', 'count', 'search'], { minLength: 1 }), writes: fc.subarray(['add', 'change', 'remove']), fields: fc.option(fields, { nil: undefined }), own: fc.boolean(), because })
  .map(({ who, reads, writes, fields: of, own, because: why }) => {
    const strange = who === 'anyone' || who === 'service';
    const may = of !== undefined || who === 'anyone' ? reads : [...reads, ...writes.filter((verb) => !own || verb !== 'add')];
    return { who, may, ...(of ? { fields: of } : {}), ...(own && !strange ? { rows: 'own' } : {}), ...(why ? { because: why } : {}) } as Rule;
  });
const audiences = fc.subarray(AUDIENCES.filter((one) => one !== 'only-me'), { minLength: 1 }).map((some) => ['everyone', ...some.filter((one) => one !== 'everyone')]);
const made = fc.record({ allow: fc.array(rule, { maxLength: 5 }), audiences, retention: fc.constantFrom('P1Y', 'P2Y'), count: fc.constantFrom(10, 20), purpose: fc.constantFrom('Eat.', 'Eat well.') })
  .map(({ audiences: of, count, purpose, ...more }) => contract({ ...dishes({ ...more, audiences: of, defaultAudience: 'everyone', limits: { count } }), purpose }));

const facts = fc.record({ persona: fc.constant('cx'), owner: fc.constant(false), service: fc.boolean(), member: fc.boolean(), house: fc.boolean(), relations: fc.subarray(['friend', 'neighbour', 'close']), mutual: fc.subarray(['friend', 'close']), blocked: fc.constant(false), now: fc.constant(0) })
  .map((all): Facts => all.service ? { ...all, persona: null, member: false, house: false, relations: [], mutual: [] } : all);

const ITEM = Object.keys(full.data.$defs['dish']!['properties']!);
const cover = (a: Readable, b: Readable): boolean => {
  const fieldsOf = (of: Readable): readonly string[] => of === 'all' ? ITEM : of === 'none' ? [] : of;
  return fieldsOf(b).every((one) => fieldsOf(a).includes(one));
};

test('what is not called wider gives nobody anything more', () => {
  fc.assert(fc.property(made, made, fc.array(facts, { minLength: 4, maxLength: 4 }), (from, to, callers) => {
    if (contractChanges(from, to).some(({ direction, kind }) => direction === 'wider' && kind !== 'purpose')) return;
    const [before, after] = [from, to].map((one) => { const result = compileContract(one); assert.ok(result.ok); return result.value; });
    for (const caller of callers) for (const verb of VERBS) {
      const [old, now] = [before!, after!].map((one) => decide(one, {}, caller, { collection: 'dishes', verb }));
      for (const audience of AUDIENCES) for (const own of [false, true]) {
        const read = (of: typeof old): Readable => of !== undefined && 'allow' in of ? mayRead(of.allow, audience, own) : 'none';
        assert.ok(cover(read(old), read(now)), JSON.stringify({ verb, audience, own, old, now }));
      }
    }
  }), { numRuns: 400 });
});

test('every changed rule has a sentence, in both languages, and going back is the other way round', () => {
  fc.assert(fc.property(made, made, (from, to) => {
    const changes = contractChanges(from, to);
    for (const locale of ['en', 'de']) {
      const words = diffWords(from, to, locale);
      assert.ok(words.ok);
      const { rows, wider, narrower, changed, same, summary } = words.value;
      assert.deepEqual([rows.length, wider + narrower + changed], [changes.length, changes.length]);
      assert.deepEqual(rows.map(({ at }) => at).sort(), changes.map(({ at }) => at).sort());
      assert.equal(new Set(same).size <= to.collections['dishes']!.allow.length + 20, true);
      for (const text of [summary, ...same, ...rows.flatMap(({ before, after }) => [before, after])]) {
        if (text !== null) { assert.match(text, /^[\p{Lu}\d].*[.”“]$/su); assert.doesNotMatch(text, /undefined|null|\[object|_/); }
      }
      assert.ok(rows.every(({ before, after }) => before !== null || after !== null));
    }
    // Whoever gains by going there loses by going back.
    const lost = (of: readonly Change[]) => of.filter(({ kind, before, after, direction }) => kind === 'rule' && direction === 'wider' && before === null && after!.who !== 'owner').length;
    if (lost(changes) > 0) assert.ok(contractChanges(to, from).some(({ kind, direction }) => kind === 'rule' && direction !== 'wider'));
  }), { numRuns: 300 });
});
