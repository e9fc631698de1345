import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Refusal, utf8, verifyExport } from '@commonhold/core';
import { openTrialFirewall } from '../testing/firewall.ts';
import { phoneOf } from '../testing/phone.ts';
import { verifyPod } from './verify/pod.ts';
import type { WatchEvent } from './verbs/watch.ts';

const owner = { who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch', 'count'] };
const DESK = {
  commonhold: 'contract/1', service: { id: 'desk', name: 'desk', title: 'Desk', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Keep drafts, and notes for a while.',
  collections: {
    drafts: { kind: 'local', item: 'note', limits: { count: 3, itemBytes: 100 }, allow: [owner] },
    notes: { kind: 'list', item: 'note', audiences: ['only-me', 'house'], defaultAudience: 'house', retention: 'P2D', allow: [owner, { who: { house: 'mine' }, may: ['read', 'watch', 'count'] }] },
    seen: { kind: 'cache', item: 'note', of: 'notes', retention: 'P1D', allow: [owner] },
    scratch: { kind: 'local', item: 'note', retention: 'P1D', allow: [owner] },
    plain: { kind: 'list', item: 'note', allow: [owner] },
  },
  data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { note: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { type: 'string', maxLength: 100_000 } } } } },
};
const trial = openTrialFirewall(['ada', 'bob'], DESK);
after(() => trial.close());
const { ada, bob } = trial.people as Record<'ada' | 'bob', typeof trial.people[string]>;
const DAY = 86_400_000;
const at = (collection: string) => ({ persona: ada.persona, service: 'desk', collection });
const data = () => trial.firewall.gate.data;
const code = (expected: string) => (error: unknown): boolean => { assert.ok(error instanceof Refusal, String(error)); assert.equal(error.code, expected); return true; };
const query = async (collection: string, caller = ada) => (JSON.parse(await data().query(caller, at(collection), {})) as { items: { key: string; body: { text: string } }[] }).items;
const texts = async (collection: string, caller = ada) => (await query(collection, caller)).map(({ body }) => body.text);
const put = async (collection: string, text: string, more: object = {}) => (await data().put(ada, at(collection), { items: [{ body: { text }, ...more }] })).items[0]!;
const exported = (): string => [...trial.firewall.exportOf(ada.persona)!].filter((line) => !line.includes('"type":"contract"')).join('');
const bytesOnDisk = (): string => readdirSync(join(trial.folder, 'pods')).filter((name) => name.endsWith('.db') || name.endsWith('-wal')).map((name) => readFileSync(join(trial.folder, 'pods', name), 'latin1')).join('');

function watch(collection: string, caller = ada, since?: string): { events: WatchEvent[]; until(n: number): Promise<void>; stop(): void } {
  const events: WatchEvent[] = [];
  let heard = (): void => {};
  const { stop } = data().watch(caller, { persona: ada.persona, service: 'desk', collections: [collection], ...(since === undefined ? {} : { since }) }, { hear: (event) => { events.push(event); heard(); return true; }, end: () => {} });
  return { events, stop, until: (n) => new Promise((resolve) => { heard = () => { if (events.length >= n) resolve(); }; heard(); }) };
}

test('local records are read, found, counted, changed, watched and removed like others, by their owner alone', async () => {
  const told = watch('drafts');
  await told.until(1);
  const { key, version } = await put('drafts', 'one');
  await put('drafts', 'two');
  assert.deepEqual(await texts('drafts'), ['one', 'two']);
  assert.equal((await put('drafts', 'one', { key })).version, version, 'the same again changes nothing');
  await put('drafts', 'uno', { key, ifVersion: version });
  await assert.rejects(put('drafts', 'x', { key, ifVersion: version }), code('version_conflict'));
  assert.equal((await data().count(ada, at('drafts'), {})).count, 2);
  assert.equal(JSON.parse(trial.firewall.gate.get(ada, ada.persona, 'desk', 'drafts', key)!).body.text, 'uno');
  assert.deepEqual(await data().patch(ada, at('drafts'), { where: { text: { eq: 'two' } }, set: { text: 'due' } }), { count: 1 });
  assert.deepEqual(await data().remove(ada, at('drafts'), { where: { $key: { eq: key } } }), { count: 1 });
  await told.until(6);
  assert.deepEqual(told.events.map(({ type, data: json }) => `${type} ${(JSON.parse(json) as { body?: { text: string } }).body?.text ?? ''}`), ['ready ', 'put one', 'put two', 'put uno', 'put due', 'remove ']);
  told.stop();
  const late = watch('drafts', ada, told.events[3]!.id);
  await late.until(3);
  assert.deepEqual(late.events.map(({ type }) => type), ['put', 'remove', 'ready']);
  late.stop();
  for (const ask of [data().query(bob, at('drafts'), {}), data().count(bob, at('drafts'), {}), data().put(bob, at('drafts'), { items: [{ body: { text: 'x' } }] })]) await assert.rejects(ask, code('not_found'));
  trial.reopen();
  assert.deepEqual(await texts('drafts'), ['due']);
});

test('limits bind local records too, and a collection that states none has some', async () => {
  await put('drafts', 'b');
  await put('drafts', 'c');
  await assert.rejects(put('drafts', 'd'), code('limit_reached'));
  await assert.rejects(put('drafts', 'x'.repeat(101), { key: (await query('drafts'))[0]!.key }), code('item_too_big'));
  await assert.rejects(put('plain', 'x'.repeat(70_000)), code('item_too_big'));
});

test('local records are neither signed nor chained nor exported, nor do they come from elsewhere', async () => {
  assert.ok(!exported().includes('"due"'));
  assert.ok(!exported().includes('"drafts","key"') && !exported().includes('"collection":"drafts","device"'));
  const phone = phoneOf(trial, ada.persona, { service: 'desk', collection: 'drafts', audience: 'only-me' });
  phone.put(phone.key(), { text: 'x' });
  await assert.rejects(trial.firewall.records.receive(ada, ada.persona, phone.text()), code('local_not_synced'));
});

test('what has had its time is seen by nobody from that moment on, and is gone from the disk soon after', async () => {
  const old = await put('notes', 'unrepeatable old words');
  const gone = await put('notes', 'removed long ago');
  await put('seen', 'a copy of somebody');
  await put('scratch', 'local and short');
  await data().remove(ada, at('notes'), { where: { $key: { eq: gone.key } } });
  trial.clock.ms += DAY + 1;
  const fresh = await put('notes', 'fresh words');
  assert.deepEqual(await texts('notes', bob), ['unrepeatable old words', 'fresh words']);
  assert.deepEqual([await texts('seen'), await texts('scratch')], [[], []]);
  trial.clock.ms += DAY;
  for (const who of [ada, bob]) {
    assert.deepEqual(await texts('notes', who), ['fresh words']);
    assert.equal(trial.firewall.gate.get(who, ada.persona, 'desk', 'notes', old.key), null);
    assert.equal((await data().count(who, at('notes'), {})).count, 1);
    assert.deepEqual(trial.firewall.gate.reader(who, ada.persona, 'desk')!.list('notes').map(({ key }) => key), [fresh.key]);
    const told = watch('notes', who);
    await told.until(2);
    assert.deepEqual(told.events.map(({ type }) => type), ['put', 'ready']);
    told.stop();
  }
  assert.deepEqual(await data().patch(ada, at('notes'), { where: { text: { contains: 'words' } }, set: { text: 'changed words' } }), { count: 1 });
  await trial.firewall.settle();
  assert.ok(!exported().includes('unrepeatable') && !exported().includes('a copy of') && !exported().includes(gone.key));
  trial.reopen();
  const disk = bytesOnDisk();
  for (const words of ['unrepeatable old words', 'a copy of somebody', 'local and short', old.key, gone.key]) assert.ok(!disk.includes(words), words);
  assert.deepEqual(await texts('notes'), ['changed words']);
  const verdict = await verifyExport(trial.suite, [...trial.firewall.exportOf(ada.persona)!].map(utf8));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  // Old and new again: a key that went may be used anew.
  await put('notes', 'again', { key: old.key });
  assert.deepEqual(await texts('notes'), ['changed words', 'again']);
});

test('positions never go back, though the newest record has gone: whoever watches comes back to where they were', async () => {
  const { id } = await new Promise<WatchEvent>((resolve) => {
    const { stop } = data().watch(ada, { ...at('notes'), collections: ['notes'] }, { hear: (event) => { if (event.type === 'ready') { stop(); resolve(event); } return true; }, end: () => {} });
  });
  await put('notes', 'the newest of all');
  const before = trial.firewall.last(`pod-${ada.persona}`);
  trial.clock.ms += 3 * DAY;
  await trial.firewall.settle();
  trial.reopen();
  assert.equal(trial.firewall.last(`pod-${ada.persona}`), before);
  const told = watch('notes', ada, id);
  await put('notes', 'and one more');
  await told.until(2);
  assert.deepEqual(told.events.map(({ type }) => type).toSorted(), ['put', 'ready']);
  told.stop();
  const damages: string[] = [];
  const path = join(trial.folder, 'pods', `pod-${ada.persona}.db`);
  trial.firewall.close();
  verifyPod(trial.suite, { path, file: 'pod.db', persona: ada.persona, handle: null, device: null, house: null }, { tell: ({ code: found, says }) => { damages.push(`${found} ${says}`); }, step: () => {}, changes: () => {} });
  assert.deepEqual(damages, []);
  trial.reopen();
});
