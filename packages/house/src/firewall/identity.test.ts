import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { personaIdOf, REVERT_MS, startKeyLog, toBase64Url, verifyExport, type Inception, type Signed } from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { closedAt } from '../store/pod/closes.ts';
import { openPod } from '../store/pod/open.ts';
import { addDevice, addWriter, close, hashOf, newKeys, say, type Browser, type Own } from '../testing/keys.ts';
import { openTrialHouse, type Person, type TrialHouse } from '../testing/house.ts';

const suite = makeNodeSuite();
const NAMES = ['ada', 'bob'] as const;
let trial: TrialHouse;
let ada: Person, bob: Person, browser: Browser;
beforeEach(async () => {
  await trial?.close();
  trial = await openTrialHouse(NAMES);
  ({ ada, bob } = trial.people as Record<'ada' | 'bob', Person>);
  browser = trial.browsers['ada']!;
});
after(() => trial.close());

/** Another house, as far as a key log knows one. */
const elsewhere = personaIdOf(suite, startKeyLog(suite, { recoverySeed: suite.random(32), deviceSeed: suite.random(32), podDevice: suite.publicKey(suite.random(32)), house: `c${'a'.repeat(52)}` })[0]!.statement as Inception);
const view = () => trial.house.gate.keyLog(ada, ada.persona)!;
const extend = async (...statements: Signed[]) => { trial.clock.ms += 1000; browser.chain = [...(await trial.house.gate.extendKeyLog(ada, ada.persona, { statements })).statements]; };
const stand = (by: { seed: Uint8Array; key: string }, own: Own, on?: Signed) => say(browser, by, own, on);
const post = (of: Person, text = 'hello') => trial.house.microblog.post(of as Person, { text, audience: 'house' });
const lines = (of: Person) => [...trial.house.firewall.exportOf(of.persona)!];
const exported = async () => verifyExport(suite, lines(ada).map((line) => new TextEncoder().encode(line)));
const reopen = async () => { await trial.shut(); await trial.open(); };
const refuses = (code: string, work: Promise<unknown>) => assert.rejects(work, { code });
const podOf = () => trial.house.household.personOf(ada.persona)!.pod;

/** A move away by somebody's key: the new house's device first. */
async function moveAway(by: { seed: Uint8Array; key: string }): Promise<void> {
  const device = stand(by, addWriter(newKeys()));
  await extend(device, say({ ...browser, chain: [device] }, by, { type: 'set-home', house: elsewhere }));
}

test('a move by a device makes the pod read-only at once; reverted in time, everything works again; its export stays right throughout', async () => {
  await post(ada, 'before');
  const phone = newKeys();
  await extend(stand(browser.laptop, addDevice(phone)));
  await moveAway(browser.laptop);
  const { pending, here, home } = view();
  assert.deepEqual([here, home, pending?.house, pending?.until], [false, elsewhere, elsewhere, trial.clock.ms + REVERT_MS]);
  assert.deepEqual(pending?.mayRevert.toSorted(), [phone.key, browser.words.key].toSorted());
  assert.equal(trial.house.people.profile(bob, 'ada').movedTo, elsewhere);
  await refuses('pod_moved', post(ada));
  await refuses('pod_moved', trial.house.people.follow(ada, bob.persona));
  assert.match(String(await trial.house.microblog.byPersona(bob, ada.persona, { first: 10, replies: true })), /before/);
  await refuses('move_pending', extend(stand(browser.laptop, addDevice(newKeys()))));
  await reopen();
  await refuses('pod_moved', post(ada));
  trial.clock.ms = pending!.until - 2001;
  await refuses('revert_own', extend(stand(browser.laptop, { type: 'revert-home' })));
  await extend(stand(phone, { type: 'revert-home' }));
  assert.deepEqual([view().here, view().pending], [true, null]);
  await post(ada, 'after');
  await reopen();
  await post(ada, 'and later');
  const verdict = await exported();
  assert.ok(verdict.ok, JSON.stringify(verdict));
});

test('after the window a move stands: nobody but a new move can take it back, and what waited counts', async () => {
  const phone = newKeys();
  await extend(stand(browser.laptop, addDevice(phone)));
  await moveAway(browser.laptop);
  trial.clock.ms = view().pending!.until - 1000;
  await refuses('revert_late', extend(stand(phone, { type: 'revert-home' })));
  await refuses('pod_moved', post(ada));
  await trial.house.firewall.identity.settle();
  assert.deepEqual([view().pending, view().home], [null, elsewhere]);
  await extend(stand(phone, addDevice(newKeys())));
  await reopen();
  await refuses('pod_moved', post(ada));
  assert.equal(view().statements.length, 7);
});

test('what is left to be done to others waits for the move, goes out after a revert, and ends where the move stands', async () => {
  const phone = newKeys();
  await extend(stand(browser.laptop, addDevice(phone)));
  const pod = podOf();
  const waiting = () => trial.house.firewall.outbox.waiting(pod).length;
  const effect = () => trial.house.gate.transact(ada, ada.persona, 'people', (tx) => tx.effect(bob.persona, {
    op: 'put', service: 'people', collection: 'followers', key: toBase64Url(suite.random(16)), body: { persona: ada.persona, relation: 'follower', createdAt: 1 },
  }));
  const followers = () => trial.house.gate.reader(bob, bob.persona, 'people')!.list('followers').length;
  await effect();
  await moveAway(browser.laptop);
  await trial.house.outbox.idle();
  assert.deepEqual([waiting(), followers()], [1, 0]);
  await extend(stand(phone, { type: 'revert-home' }));
  await new Promise(setImmediate);
  await trial.house.outbox.idle();
  assert.deepEqual([waiting(), followers()], [0, 1]);
  await effect();
  await moveAway(browser.words);
  trial.house.outbox.wake(pod);
  await trial.house.outbox.idle();
  assert.deepEqual([waiting(), followers()], [0, 1], 'recovery moved: final at once');
});

test('a house whose device was revoked reads on and writes no more; a retired persona the same', async () => {
  await post(ada, 'words');
  const podDevice = (browser.chain[1]!.statement as { device: string }).device;
  await extend(stand(browser.laptop, { type: 'revoke-device', device: podDevice }));
  await refuses('house_device_revoked', post(ada));
  assert.equal(trial.house.people.profile(bob, 'ada').handle, 'ada');
  const device = trial.house.gate.devices(ada, ada.persona);
  assert.deepEqual(device.map(({ thisHouse }) => thisHouse), [false]);
  await extend(stand(browser.words, { type: 'retire' }));
  assert.deepEqual([trial.house.people.profile(bob, 'ada').movedTo, trial.house.people.profile(bob, 'ada').retired], [null, true]);
  await refuses('retired', post(ada));
  await refuses('retired', extend(stand(browser.words, addDevice(newKeys()))));
  await reopen();
  await refuses('retired', post(ada));
  assert.match(String(await trial.house.microblog.byPersona(bob, ada.persona, { first: 10, replies: true })), /words/);
  const verdict = await exported();
  assert.ok(verdict.ok, JSON.stringify(verdict));
});

test('a fork that is decided anew leaves every chain that this house wrote checkable', async () => {
  await post(ada, 'one');
  const ground = browser.chain.at(-1)!;
  const thief = newKeys();
  await extend(stand(browser.laptop, addDevice(thief)));
  await post(ada, 'two');
  await trial.house.people.follow(ada, bob.persona);
  await extend(stand(browser.laptop, addDevice(newKeys())));
  await post(ada, 'three');
  // The words, at the place where the thief was added: all that stood on it has lost.
  await extend(stand(browser.words, { type: 'revoke-device', device: browser.laptop.key }, ground));
  assert.deepEqual([view().statements.length, view().known], [4, 6]);
  await reopen();
  await post(ada, 'four');
  const verdict = await exported();
  assert.ok(verdict.ok, JSON.stringify(verdict));
  await refuses('wrong_prev', trial.house.gate.extendKeyLog(ada, ada.persona, { statements: [say(browser, thief, addDevice(newKeys()), stand(browser.laptop, addDevice(thief), ground))] }));
});

test('two recovery statements for one place: the first stays, and its person is told; after a restart, too', async () => {
  const ground = browser.chain.at(-1)!;
  const first = stand(browser.words, addDevice(newKeys()), ground);
  const second = stand(browser.words, addDevice(newKeys()), ground);
  await extend(first);
  // A clock that goes back makes nothing earlier than it came.
  trial.clock.ms -= 86_400_000;
  await extend(second);
  const alarms = [{ height: 3, pinned: hashOf(first), against: [hashOf(second)] }];
  assert.deepEqual([view().alarms, view().statements.at(-1)], [alarms, first]);
  await reopen();
  assert.deepEqual(view().alarms, alarms);
});

test('closes are kept by lane, the shorter of two, by whoever revoked, and say nothing once the device is back', async () => {
  await post(ada, 'one');
  await post(ada, 'two');
  const podDevice = (browser.chain[1]!.statement as { device: string }).device;
  const lanes = trial.house.gate.lanesOf(ada, ada.persona, podDevice);
  assert.ok(lanes.some(({ collection, seq }) => collection === 'posts' && seq === 2));
  assert.deepEqual(trial.house.gate.lanesOf(bob, ada.persona, podDevice), []);
  const revoke = stand(browser.laptop, { type: 'revoke-device', device: podDevice });
  const closes = (by = browser.laptop, seq?: number) => lanes.map(({ lane, ...of }) =>
    close(by, { persona: ada.persona, device: podDevice, lane, seq: seq ?? of.seq, chain: of.chain, keyLogHead: hashOf(revoke) }));
  const add = (statements: Signed[], given: unknown[]) => trial.house.gate.extendKeyLog(ada, ada.persona, { statements, closes: given });
  await assert.rejects(add([revoke], closes(browser.words)), { code: 'not_the_revoker', field: 'closes[0].by' });
  assert.equal(view().known, 3, 'nothing half-kept');
  await assert.rejects(add([], closes()), { code: 'device_not_revoked' });
  await add([revoke], closes());
  await add([], closes(browser.laptop, 1));
  await add([], closes());
  const file = trial.podFile('ada');
  await trial.shut();
  const opened = openPod(file, 'ada', { suite, now: () => trial.clock.ms });
  const state = opened.personas.get(ada.persona)!;
  assert.deepEqual(lanes.map(({ lane }) => closedAt(opened, state, { device: podDevice, lane })?.seq), lanes.map(() => 1));
  assert.equal(closedAt(opened, state, { device: browser.laptop.key, lane: lanes[0]!.lane }), null);
  opened.db.close();
  await trial.open();
});

test('no device can fill the key log so that the words have no room left', async () => {
  const phone = newKeys();
  for (let i = 0; view().known < 400; i++) {
    const on = browser.chain.at(-1)!;
    const batch: Signed[] = [];
    for (let n = 0; n < 16 && view().known + batch.length < 400; n++) batch.push(say(browser, browser.laptop, i === 0 && n === 0 ? addDevice(phone) : addWriter(newKeys()), batch.at(-1) ?? on));
    await extend(...batch);
  }
  await refuses('too_many_statements', extend(stand(browser.laptop, addWriter(newKeys()))));
  await extend(stand(browser.words, { type: 'revoke-device', device: browser.laptop.key }));
  assert.equal(view().known, 401);
});

test('a write that is undone beside a new statement takes nothing of it along, and leaves nothing of its own', async () => {
  const phone = newKeys();
  const failing = () => trial.house.gate.transact(ada, ada.persona, 'people', () => { throw new RangeError('undone'); });
  const both = await Promise.allSettled([failing(), extend(stand(browser.laptop, addDevice(phone))), failing(), extend(say(browser, newKeys(), addDevice(newKeys()))), post(ada, 'beside')]);
  assert.deepEqual(both.map(({ status }) => status), ['rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
  const seen = view();
  assert.deepEqual([seen.known, trial.house.gate.devices(ada, ada.persona).some(({ key }) => key === phone.key)], [4, true]);
  await reopen();
  assert.deepEqual(view(), seen, 'memory said what the file says');
  const verdict = await exported();
  assert.ok(verdict.ok, JSON.stringify(verdict));
});

test('a device that reads an old key log cannot throw away what it said itself, even where its lower hash would win', async () => {
  const ground = browser.chain.at(-1)!;
  const first = stand(browser.laptop, addDevice(newKeys()), ground);
  await extend(first);
  await extend(stand(browser.laptop, addDevice(newKeys())));
  const before = view();
  let rival: Signed;
  do { rival = stand(browser.laptop, addDevice(newKeys()), ground); } while (hashOf(rival) > hashOf(first));
  await refuses('wrong_height', extend(rival));
  assert.deepEqual(view(), before);
});
