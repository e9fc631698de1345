import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refusal, sayAsService, toBase64Url } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { mealsContract, seedOf } from '../../testing/meals.ts';
import { phoneOf, type Phone } from '../../testing/phone.ts';
import { openTrialFirewall } from '../../testing/firewall.ts';
import { NOTES } from '../../testing/notes.ts';

const trial = openTrialFirewall(['ada', 'bob'], NOTES);
after(() => trial.close());
const { ada, bob } = trial.people as Record<'ada' | 'bob', typeof trial.people[string]>;
const AUDIENCE = `house:${trial.house}`;
const code = (expected: string) => (error: unknown): boolean => { assert.ok(error instanceof Refusal, String(error)); assert.equal(error.code, expected); return true; };
const lines = { persona: ada.persona, service: 'notes', collection: 'lines' };
const take = (phone: Phone) => trial.firewall.records.receive(ada, ada.persona, phone.text());
const phone = (): Phone => phoneOf(trial, ada.persona, { service: 'notes', collection: 'lines', audience: AUDIENCE });
const get = (key: string): { body: Record<string, unknown>; version: string } | null => JSON.parse(trial.firewall.gate.get(ada, ada.persona, 'notes', 'lines', key) ?? 'null');
test('records of a phone are read, watched, counted and exported as one\'s own', async () => {
  const one = phone();
  const [a, b] = [one.key(), one.key()];
  const told: string[] = [];
  const stop = trial.firewall.feed.listen('notes', ({ key, op, body }) => told.push(`${op} ${key} ${body}`));
  one.put(a, { title: 'from the phone' });
  one.put(b, { title: 'second' });
  assert.deepEqual(await take(one), { applied: 2, known: 0, parked: 0, conflicts: 0 });
  stop();
  assert.deepEqual(told, [`put ${a} {"title":"from the phone"}`, `put ${b} {"title":"second"}`]);
  assert.equal(get(a)!.body['title'], 'from the phone');
  assert.equal(JSON.parse(trial.firewall.gate.get(bob, ada.persona, 'notes', 'lines', a)!).body.title, 'from the phone');
  assert.equal((await trial.firewall.gate.data.count(ada, lines, {})).count, 2);
  assert.ok([...trial.firewall.exportOf(ada.persona)!].some((line) => line.includes('from the phone')));
});

test('what the contract forbids is refused, wherever it was written', async () => {
  const cases: [string, (one: Phone) => void][] = [
    ['bad_body', (one) => one.put(one.key(), { nosuch: 1 })],
    ['bad_body', (one) => one.put(one.key(), 'text' as never)],
    ['item_too_big', (one) => one.put(one.key(), { title: 'x'.repeat(70_000) })],
    ['bad_key', (one) => one.put('self', { title: 'x' })],
    ['bad_key', (one) => one.put(ada.persona, { title: 'x' })],
  ];
  for (const [expected, write] of cases) {
    const one = phone();
    one.put(one.key(), { title: 'good' });
    write(one);
    const before = (await trial.firewall.gate.data.count(ada, lines, {})).count;
    await assert.rejects(take(one), code(expected));
    assert.equal((await trial.firewall.gate.data.count(ada, lines, {})).count, before);
  }
  const place = { service: 'notes', collection: 'lines', audience: AUDIENCE };
  for (const [expected, of] of [
    ['bad_audience', { ...place, audience: 'members' }], ['collection_unknown', { ...place, collection: 'nosuch' }], ['contract_unknown', { ...place, service: 'nosuch' }],
  ] as const) {
    const one = phoneOf(trial, ada.persona, of);
    one.put(one.key(), { title: 'x' });
    await assert.rejects(take(one), code(expected));
  }
});

test('nobody else hands in records, nor sees what waits', async () => {
  const one = phone();
  one.put(one.key(), { title: 'x' });
  await assert.rejects(trial.firewall.records.receive(bob, ada.persona, one.text()), code('not_found'));
  await assert.rejects(trial.firewall.records.receive({ kind: 'anyone' }, ada.persona, one.text()), code('not_found'));
  await assert.rejects(trial.firewall.records.receive(bob, bob.persona, one.text()), code('wrong_persona'));
  assert.deepEqual(trial.firewall.records.repairs(bob), { conflicts: [], parked: [], more: 0 });
  const reading = { kind: 'app' as const, persona: ada.persona, token: 't', label: 'l', services: null, write: false };
  await assert.rejects(trial.firewall.records.receive(reading, ada.persona, one.text()), code('token_read_only'));
  await assert.rejects(trial.firewall.records.receive({ ...reading, write: true, services: ['news'] }, ada.persona, one.text()), code('token_services'));
});

test('a conflict is kept, exchanged or doubled', async () => {
  const { gate, records } = trial.firewall;
  for (const choice of ['keep', 'other', 'both'] as const) {
    const one = phone();
    const key = one.key();
    await gate.data.put(ada, lines, { items: [{ key, body: { title: 'first' } }] });
    const base = { id: get(key)!.version, rev: 1 };
    await gate.data.put(ada, lines, { items: [{ key, body: { title: 'here' } }] });
    trial.clock.ms += 1000;
    one.put(key, { title: 'there' }, base);
    assert.equal((await take(one)).conflicts, 1);
    const { conflicts: [conflict] } = records.repairs(ada);
    assert.deepEqual([conflict!.kept.body, conflict!.other.body, conflict!.kept.device], [{ title: 'there' }, { title: 'here' }, one.device]);
    assert.deepEqual([conflict!.key, conflict!.audience], [key, 'house']);
    await assert.rejects(records.repair(bob, conflict!.id, 'keep'), code('repair_unknown'));
    await assert.rejects(records.repair(ada, conflict!.id, 'accept'), code('bad_choice'));
    const count = (await gate.data.count(ada, lines, {})).count;
    assert.deepEqual(await records.repair(ada, conflict!.id, choice), { left: 0 });
    assert.equal(get(key)!.body['title'], choice === 'other' ? 'here' : 'there');
    assert.equal((await gate.data.count(ada, lines, {})).count, count + (choice === 'both' ? 1 : 0));
    await assert.rejects(records.repair(ada, conflict!.id, choice), code('repair_unknown'));
    assert.equal([...trial.firewall.exportOf(ada.persona)!].join('').includes('"here"'), choice !== 'keep');
  }
});

test('what waits is made anew, or thrown away; it never comes in by itself then', async () => {
  for (const choice of ['accept', 'drop'] as const) {
    const { records } = trial.firewall;
    const one = phone();
    const [a, b] = [one.key(), one.key()];
    one.ahead(3_600_000);
    one.put(a, { title: 'ahead' });
    one.put(b, { title: 'more' });
    assert.equal((await take(one)).parked, 2);
    const { parked: [waiting] } = records.repairs(ada);
    assert.deepEqual([waiting!.why, waiting!.count, waiting!.device, waiting!.label, waiting!.until], ['ahead', 2, one.device, 'phone', trial.clock.ms + 3_600_000 - 600_000]);
    await assert.rejects(records.repair(ada, waiting!.id, 'both'), code('bad_choice'));
    assert.deepEqual(await records.repair(ada, waiting!.id, choice), { left: 0 });
    assert.equal(get(a)?.body['title'], choice === 'accept' ? 'ahead' : undefined);
    trial.clock.ms += 4_000_000;
    await trial.firewall.settle();
    assert.equal(get(b)?.body['title'], choice === 'accept' ? 'more' : undefined);
    assert.deepEqual(records.repairs(ada), { conflicts: [], parked: [], more: 0 });
    assert.deepEqual(await take(one), { applied: 0, known: 2, parked: 0, conflicts: 0 });
    trial.reopen();
  }
});

test('lines that are none are refused with their number', async () => {
  const text = (lines_: string): Uint8Array => Buffer.from(lines_);
  for (const [said, expected, field] of [
    ['nonsense\n', 'not_json', 'lines[0]'], ['[]\n', 'not_object', 'lines[0]'], ['{"type":"access"}\n', 'unknown_type', 'lines[0].type'], ['{"type":"entry"}\n', 'missing_field', 'lines[0].lane'],
    ['{"type":"lane"}\n{"type":"lane"', 'not_json', 'lines[1]'], ['{"type":"lane","type":"lane"}\n', 'not_json', 'lines[0]'], ['{"type":"lane"}\n', 'missing_field', 'lines[0].statement'], ['\n', 'not_json', 'lines[0]'],
  ] as const) {
    await assert.rejects(trial.firewall.records.receive(ada, ada.persona, text(said)), (error: unknown) => code(expected)(error) && (assert.equal((error as Refusal).field, field), true));
  }
  assert.deepEqual(await trial.firewall.records.receive(ada, ada.persona, text('')), { applied: 0, known: 0, parked: 0, conflicts: 0 });
});

test('what a service offered comes with any device of its owner, if the key in its contract signed it; so does that its owner removed it', async (t) => {
  const meals = mealsContract(nobleSuite), service = meals.service.id, seed = seedOf(nobleSuite, 'meals');
  const own = openTrialFirewall(['ada'], meals);
  t.after(() => own.close());
  const me = own.people['ada']!, place = { persona: me.persona, service, collection: 'dishes' };
  const offered = (by = seed, key = `${service}/${toBase64Url(own.suite.random(16))}`) => {
    const { offer, body, salt } = sayAsService(own.suite, { service, owner: me.persona, collection: 'dishes', key, body: { title: 'Soup' } }, { seed: by, now: own.clock.ms });
    return { key, body: body!, by: { author: service, offer, salt: salt! } };
  };
  const lane = () => phoneOf(own, me.persona, { service, collection: 'dishes', audience: 'members' });
  const hand = (one: Phone) => own.firewall.records.receive(me, me.persona, one.text());
  const held = async () => (JSON.parse(await own.firewall.gate.data.query(me, place, {})) as { items: { key: string; author: string }[] }).items.map(({ key, author }) => [key, author]);
  const good = lane(), first = offered(), base = good.put(first.key, first.body, undefined, first.by);
  const bare = own.suite.random(16), hers = good.put(toBase64Url(bare), { title: 'Stew' }), changed = offered(seed, toBase64Url(bare));
  good.put(changed.key, changed.body, hers, changed.by);
  assert.deepEqual((await hand(good)).applied, 3);
  assert.deepEqual((await held()).sort(), [[first.key, service], [changed.key, service]].sort());
  assert.deepEqual([...own.firewall.exportOf(me.persona)!].filter((line) => line.includes('service-offer')).length, 2);
  good.remove(first.key, base);
  await hand(good);
  assert.deepEqual(await held(), [[changed.key, service]], 'removed by its owner on the phone');
  const before = await held();
  const thief = own.suite.random(32);
  for (const [expected, write] of [
    ['offer_wrong_key', (one: Phone) => { const { key, body, by } = offered(thief); one.put(key, body, undefined, by); }],
    ['bad_key', (one: Phone) => { one.put(`${service}/${toBase64Url(bare)}`, { title: 'in its name' }); }],
    ['offer_mismatch', (one: Phone) => { const { key, by } = offered(); one.put(key, { title: 'other words' }, undefined, by); }],
  ] as const) {
    const one = lane();
    one.put(one.key(), { title: 'good' });
    write(one);
    await assert.rejects(hand(one), code(expected));
    assert.deepEqual(await held(), before);
  }
});
