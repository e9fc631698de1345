import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { inception, personaIdOf, toBase64Url, verifyPersona, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError } from '@commonhold/sdk';
import { builtInContracts } from '../../packages/house/src/firewall/contracts.ts';
import { podDeviceSeed } from '../../packages/house/src/household/podDevice.ts';
import {
  addDevice, addWriter, close, hashOf, newBrowser, newKeys, say, signIn, type Browser, type Keys, type Own,
} from '../../packages/house/src/testing/keys.ts';
import { laneBy, type Phone } from '../../packages/house/src/testing/phone.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';

const PASSPHRASE = 'correct horse battery staple';

/** A house with ada, whose browser holds her keys; whoever has her session may send what they like. */
interface Scene { t: TestContext; data: string; house: HouseProcess; browser: Browser; session: string }

async function scene(t: TestContext): Promise<Scene> {
  const data = tempFolder(t, 'identity');
  const house = await startHouse(t, { data });
  const code = house.code ?? '';
  const browser = newBrowser(await house.client().house.prepare({ code }));
  const { session } = await house.client().house.setup({ code, house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: PASSPHRASE }, keyLog: browser.chain });
  return { t, data, house, browser, session };
}

const keys = ({ house, session }: Scene) => house.client(session).keys;

/** Sends statements; null when they were taken, else the code of the refusal. */
async function send(scene: Scene, ...statements: Signed[]): Promise<string | null> {
  try { scene.browser.chain = (await keys(scene).extend(statements)).statements; return null; } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error.code;
  }
}

const post = async ({ house, session }: Scene): Promise<string | null> => house.client(session).microblog.post({ text: 'hello', audience: 'house' }, crypto.randomUUID())
  .then(() => null, (error: unknown) => { assert.ok(error instanceof ApiError); return error.code; });

/** Killed and started again: what counts is what was on disk. */
async function killed(scene: Scene): Promise<void> {
  const { port } = scene.house;
  await scene.house.kill();
  scene.house = await startHouse(scene.t, { data: scene.data, port });
}

/** The active devices, by whose they are. */
async function devices(scene: Scene, of: Record<string, Keys>): Promise<string[]> {
  const { devices: listed } = await scene.house.client(scene.session).me.devices();
  return listed.map(({ key, thisHouse }) => (thisHouse ? 'house' : Object.entries(of).find(([, one]) => one.key === key)?.[0] ?? 'somebody')).toSorted();
}

const elsewhere = (): string => personaIdOf(nobleSuite, inception({ recoveryKey: newKeys().key, deviceKey: newKeys().key, nonce: nobleSuite.random(16) }));
const upon = ({ browser }: Scene, by: Keys, own: Own, on?: Signed) => say(browser, by, own, on);

/** The pod's file and export still verify, whatever somebody tried. */
async function sound(scene: Scene): Promise<void> {
  await scene.house.stop();
  await runCli(['verify', scene.data], { data: scene.data });
}

test('a recovery key that was rotated out signs nothing more: not after, not at, not before its rotation', async (t) => {
  const of = await scene(t);
  const { words } = of.browser;
  const ground = of.browser.chain.at(-1)!;
  const anew = newKeys();
  assert.equal(await send(of, upon(of, words, { type: 'rotate-recovery', recoveryKey: anew.key })), null);
  assert.equal(await send(of, upon(of, words, addDevice(newKeys()))), 'signer_rotated');
  const chain = of.browser.chain;
  assert.equal(await send(of, upon(of, words, addDevice(newKeys()), ground)), null, 'kept as what it is: somebody holds the old words');
  assert.deepEqual([of.browser.chain, (await keys(of).log()).alarms.length], [chain, 1]);
  assert.equal(await send(of, upon(of, words, addDevice(newKeys()), of.browser.chain[0])), 'wrong_height');
  const prepare = of.house.client().keys.prepareRecovery({ handle: 'ada', recoveryKey: words.key });
  await assert.rejects(prepare, { code: 'recovery_unknown' });
  await killed(of);
  assert.equal(await send(of, upon(of, words, { type: 'retire' })), 'signer_rotated');
  assert.equal((await keys(of).log()).recoveryKey, anew.key);
  assert.equal(await send(of, upon(of, anew, addDevice(newKeys()))), null);
  await sound(of);
});

test('a stolen phone with manage: what it does is undone by the older laptop, or by the words; it cannot touch the words', async (t) => {
  const of = await scene(t);
  const { laptop, words } = of.browser;
  const [phone, thief] = [newKeys(), newKeys()];
  assert.equal(await send(of, upon(of, laptop, addDevice(phone))), null);
  const ground = of.browser.chain.at(-1)!;
  assert.equal(await send(of, upon(of, phone, { type: 'rotate-recovery', recoveryKey: thief.key })), 'signer_not_recovery');
  assert.equal(await send(of, upon(of, phone, { type: 'retire' })), 'signer_not_recovery');
  assert.equal(await send(of, upon(of, phone, addDevice(thief))), null);
  const atThief = of.browser.chain.at(-1)!;
  assert.equal(await send(of, upon(of, phone, { type: 'revoke-device', device: laptop.key })), null);
  // What the laptop had open has ended with it; a passphrase needs no device.
  of.session = (await of.house.client().sessions.start({ handle: 'ada', passphrase: PASSPHRASE })).session;
  assert.deepEqual(await devices(of, { phone, thief, laptop }), ['house', 'phone', 'thief']);
  assert.equal(await send(of, upon(of, laptop, { type: 'revoke-device', device: phone.key }, atThief)), null, 'the older device wins at the height of the fork');
  assert.deepEqual(await devices(of, { phone, thief, laptop }), ['house', 'laptop', 'thief']);
  await killed(of);
  assert.equal(await send(of, upon(of, phone, addDevice(newKeys()))), 'signer_revoked');
  assert.equal(await send(of, upon(of, words, { type: 'revoke-device', device: phone.key }, ground)), null, 'recovery beats all that a device said');
  assert.deepEqual(await devices(of, { phone, thief, laptop }), ['house', 'laptop']);
  assert.equal((await keys(of).log()).known, 8);
  assert.equal(await post(of), null);
  await sound(of);
});

/** The key of ada's pod device, as whoever runs the house can make it. */
async function podKeys({ data, browser }: Scene): Promise<Keys> {
  const { house } = JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8')) as { house: string };
  const db = new DatabaseSync(join(data, 'house.db'), { readOnly: true });
  const { key_salt: salt } = db.prepare('SELECT key_salt FROM people WHERE persona = ?').get(browser.persona) as { key_salt: Uint8Array };
  db.close();
  const seed = podDeviceSeed(Buffer.from(house, 'base64url'), salt);
  return { seed, key: toBase64Url(nobleSuite.publicKey(seed)) };
}

test('a stolen phone with only write, the pod device of the house, and a stranger: they add nothing, revoke nothing, move nothing', async (t) => {
  const of = await scene(t);
  const { laptop } = of.browser;
  const phone = newKeys();
  assert.equal(await send(of, upon(of, laptop, addWriter(phone))), null);
  const before = await keys(of).log();
  for (const [by, code] of [[phone, 'signer_not_manage'], [newKeys(), 'signer_unknown']] as const) {
    const tries: Own[] = [addDevice(newKeys()), { type: 'revoke-device', device: laptop.key }, { type: 'set-home', house: elsewhere() }, { type: 'revert-home' }];
    for (const own of tries) assert.equal(await send(of, upon(of, by, own)), code, own.type);
  }
  const podDevice = await podKeys(of);
  assert.equal(podDevice.key, (before.statements[1]!.statement as { device: string }).device);
  for (const own of [addDevice(newKeys()), { type: 'revoke-device', device: laptop.key }, { type: 'set-home', house: elsewhere() }, { type: 'revert-home' }] as const) {
    assert.equal(await send(of, upon(of, podDevice, own)), 'signer_not_manage', own.type);
  }
  assert.deepEqual(await keys(of).log(), before);
  await killed(of);
  assert.deepEqual(await keys(of).log(), before);
  await sound(of);
});

test('two logs by the words: the first stays, the alarm is shown to its person and to nobody else, over a restart', async (t) => {
  const of = await scene(t);
  const ground = of.browser.chain.at(-1)!;
  const [first, second] = [upon(of, of.browser.words, addDevice(newKeys())), upon(of, of.browser.words, addDevice(newKeys()))];
  assert.equal(await send(of, first), null);
  assert.equal(await send(of, upon({ ...of, browser: { ...of.browser, chain: [ground] } }, of.browser.words, addDevice(newKeys()))), null);
  assert.equal(await send(of, second), null);
  const { alarms, statements } = await keys(of).log();
  assert.deepEqual([alarms.length, alarms[0]?.pinned, alarms[0]?.against.length], [1, hashOf(first), 2]);
  assert.deepEqual(statements.at(-1), first);
  await killed(of);
  assert.deepEqual((await keys(of).log()).alarms, alarms);
  const { statements: all } = await keys(of).of('ada');
  assert.ok(all.some((one) => hashOf(one) === hashOf(second)), 'whoever verifies for themselves gets both');
  await sound(of);
});

test('a stale key log, and a longer hostile branch, change nothing', async (t) => {
  const of = await scene(t);
  const { laptop, words } = of.browser;
  const phone = newKeys();
  assert.equal(await send(of, upon(of, laptop, addDevice(phone))), null);
  const ground = of.browser.chain.at(-1)!;
  assert.equal(await send(of, upon(of, words, addDevice(newKeys()))), null);
  const before = await keys(of).log();
  assert.equal(await send(of, ...before.statements.slice(0, 4)), null, 'an old key log is known already');
  const branch: Signed[] = [];
  for (let i = 0; i < 12; i++) branch.push(upon(of, phone, addDevice(newKeys()), branch.at(-1) ?? ground));
  assert.equal(await send(of, ...branch), 'wrong_height', 'length does not decide');
  assert.equal(await send(of, upon(of, laptop, addDevice(newKeys()), ground)), 'wrong_height');
  assert.deepEqual(await keys(of).log(), before, 'and nothing of it was kept');
  const { statements, persona } = await keys(of).of('ada');
  const verdict = verifyPersona(nobleSuite, { persona, statements, firstSeen: new Map(), now: Date.now() });
  assert.ok(verdict.ok && hashOf(verdict.value.chain.at(-1)!) === hashOf(before.statements.at(-1)!), 'a stranger comes to the same');
  await sound(of);
});

test('a thief who moves the pod away is stopped by another device; the house never stops reading', async (t) => {
  const of = await scene(t);
  const { laptop } = of.browser;
  const phone = newKeys();
  assert.equal(await post(of), null);
  assert.equal(await send(of, upon(of, laptop, addDevice(phone))), null);
  const there = elsewhere();
  assert.equal(await send(of, upon(of, phone, { type: 'set-home', house: there })), null);
  const { pending, here, home } = await keys(of).log();
  assert.deepEqual([here, home, pending?.house, pending?.mayRevert.includes(laptop.key), pending?.mayRevert.includes(phone.key)], [false, there, there, true, false]);
  assert.equal(await post(of), 'pod_moved');
  const { items } = await of.house.client(of.session).microblog.by(of.browser.persona);
  assert.equal(items.length, 1);
  await killed(of);
  assert.equal(await post(of), 'pod_moved');
  assert.equal((await of.house.client(of.session).people.get('ada')).movedTo, there);
  assert.equal(await send(of, upon(of, phone, { type: 'revoke-device', device: laptop.key })), 'move_pending');
  assert.equal(await send(of, upon(of, phone, { type: 'revert-home' })), 'revert_own');
  assert.equal(await send(of, upon(of, newKeys(), { type: 'revert-home' })), 'signer_unknown');
  assert.equal(await send(of, upon(of, laptop, { type: 'revert-home' })), null);
  assert.equal(await send(of, upon(of, laptop, { type: 'revoke-device', device: phone.key })), null);
  assert.equal(await post(of), null);
  await killed(of);
  assert.equal(await post(of), null);
  await sound(of);
});

test('whoever lost everything but the words comes back by them; the thief with the passphrase is out', async (t) => {
  const of = await scene(t);
  const thief = (await of.house.client().sessions.start({ handle: 'ada', passphrase: PASSPHRASE })).session;
  const laptop = newKeys();
  const { statements } = await of.house.client().keys.prepareRecovery({ handle: 'ada', recoveryKey: of.browser.words.key });
  const house = (await of.house.client().house.get()).id!;
  const back = await of.house.client().keys.recover({ handle: 'ada', passphrase: 'other words entirely', ...signIn({ ...of.browser, chain: statements }, house, laptop) });
  await assert.rejects(of.house.client(thief).me.get(), { code: 'session_unknown' });
  await assert.rejects(of.house.client().sessions.start({ handle: 'ada', passphrase: PASSPHRASE }), { code: 'wrong_passphrase' });
  of.session = back.session;
  of.browser.chain = (await keys(of).log()).statements;
  assert.equal(await send(of, upon(of, laptop, { type: 'revoke-device', device: of.browser.laptop.key })), null);
  await killed(of);
  assert.deepEqual(await devices(of, { laptop }), ['house', 'laptop']);
  assert.equal(await post(of), null, 'the session of the new laptop is still there');
  await sound(of);
});

test('what a revoked phone backdates is set aside: beyond its close, or without one what nobody had seen; what it wrote before stays', async (t) => {
  const of = await scene(t);
  const phone = newKeys();
  assert.equal(await send(of, upon(of, of.browser.laptop, addWriter(phone))), null);
  const { persona } = of.browser;
  const { data, keys: known, microblog } = of.house.client(of.session);
  const { home, statements } = await known.log();
  const writer = { suite: nobleSuite, persona, seed: phone.seed, keyLogHead: hashOf(statements.at(-1)!), contract: builtInContracts(nobleSuite).get('microblog')!.hash, now: Date.now };
  const [closed, open] = ['everyone', `house:${home}`].map((audience) => laneBy(writer, { service: 'microblog', collection: 'posts', audience })) as [Phone, Phone];
  const write = (lane: Phone, text: string) => lane.put(lane.key(), { text, createdAt: Date.now() });
  const give = async (lane: Phone) => { const { applied, parked } = await data.receive(persona, Buffer.from(lane.text()).toString()); return [applied, parked]; };
  const texts = async () => (await microblog.by(persona, {})).items.map(({ body }) => body.text).toSorted();
  write(closed, 'one');
  write(open, 'two');
  assert.deepEqual([await give(closed), await give(open)], [[1, 0], [1, 0]]);
  const { lanes } = await known.lanes(phone.key);
  const revoke = upon(of, of.browser.words, { type: 'revoke-device', device: phone.key });
  const closes = lanes.filter(({ audience }) => audience === 'everyone')
    .map(({ lane, seq, chain }) => close(of.browser.words, { persona, device: phone.key, lane, seq, chain, keyLogHead: hashOf(revoke) }));
  assert.equal(closes.length, 1);
  await known.extend([revoke], closes);
  // The thief signs under the old head, as if before: no signature can tell.
  write(closed, 'backdated one');
  write(open, 'backdated two');
  assert.deepEqual([await give(closed), await give(open)], [[0, 1], [0, 1]]);
  const told = async () => (await of.house.client(of.session).me.repairs()).parked.map(({ why, device, count }) => [why, device, count]).toSorted();
  assert.deepEqual([await texts(), await told()], [['one', 'two'], [['after_close', phone.key, 1], ['unseen', phone.key, 1]]]);
  await killed(of);
  assert.deepEqual(await told(), [['after_close', phone.key, 1], ['unseen', phone.key, 1]]);
  assert.deepEqual((await of.house.client(of.session).microblog.by(persona, {})).items.map(({ body }) => body.text).toSorted(), ['one', 'two']);
  await sound(of);
});
