import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { checkLink, signInProof, type Signed } from '@commonhold/core';
import { makeAuthenticator } from '../../testing/authenticator.ts';
import { addDevice, addWriter, askOf, hashOf, newBrowser, newKeys, say, signIn, type Browser } from '../../testing/keys.ts';
import { stand, type Got, type Standing } from './fixture.ts';

interface Founded extends Standing { browser: Browser; token: string; keyLog(statements: Signed[], closes?: unknown[]): Promise<Got> }

/** A house founded by a browser that holds its own keys. */
async function founded(t: TestContext): Promise<Founded> {
  const standing = await stand(t);
  const { ask, house } = standing;
  const code = house.household.setupCode();
  const prepared = (await ask('/house/prepare', { body: { code } })).json as { podDevice: string; house: string };
  const browser = newBrowser(prepared);
  const { json } = await ask('/house/setup', { body: { code, house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse' }, keyLog: browser.chain } });
  const token = String(json['session']);
  const keyLog: Founded['keyLog'] = async (statements, closes) => {
    const answer = await ask('/me/keylog', { token, body: { statements, ...(closes && { closes }) } });
    if (answer.status === 200) browser.chain = answer.json['statements'] as Signed[];
    return answer;
  };
  return { ...standing, browser, token, keyLog };
}

const code = ({ status, json }: Got): unknown[] => [status, json['code']];

test('a key log grows by what its keys may say, all or none, and says what is wrong', async (t) => {
  const { ask, token, browser, keyLog } = await founded(t);
  const [phone, tablet] = [newKeys(), newKeys()];
  const first = say(browser, browser.laptop, addDevice(phone, 'Phone'));
  const before = browser.chain;
  assert.deepEqual(code(await keyLog([first, { ...first, signatures: ['A'.repeat(86)] }])), [200, undefined], 'a copy with another signature is the same statement');
  assert.deepEqual(code(await keyLog([first])), [200, undefined], 'twice is once');
  assert.equal((await ask('/me/keylog', { token })).json['known'], 4);
  const stale = await keyLog([say({ ...browser, chain: before }, browser.laptop, addDevice(tablet))]);
  assert.deepEqual([...code(stale), stale.json['field']], [409, 'wrong_height', 'statements[0].statement.height']);
  const wrongs: [Signed, number, string][] = [
    [say(browser, newKeys(), addDevice(tablet)), 400, 'signer_unknown'],
    [say(browser, browser.laptop, { type: 'rotate-recovery', recoveryKey: tablet.key }), 400, 'signer_not_recovery'],
    [say(browser, browser.laptop, addDevice(phone)), 400, 'device_exists'],
    [{ ...say(browser, browser.laptop, addDevice(tablet)), signatures: ['A'.repeat(86)] }, 400, 'bad_signature'],
    [say(browser, browser.laptop, { type: 'revert-home' }), 400, 'revert_nothing'],
    [say({ persona: browser.persona, chain: [first] }, phone, addDevice(tablet), say(browser, browser.laptop, addDevice(newKeys()))), 409, 'wrong_height'],
  ];
  for (const [wrong, status, name] of wrongs) assert.deepEqual(code(await keyLog([wrong])), [status, name], name);
  const good = say(browser, browser.words, addWriter(tablet));
  assert.deepEqual(code(await keyLog([good, say({ ...browser, chain: [good] }, newKeys(), addDevice(newKeys()))])), [400, 'signer_unknown']);
  const view = (await ask('/me/keylog', { token })).json;
  assert.deepEqual([view['known'], view['here'], view['retired'], view['pending'], view['alarms'], view['recoveryKey']], [4, true, false, null, [], browser.words.key], 'nothing half-kept');
  const theirs = await ask('/people/ada/keylog', { token });
  assert.deepEqual(theirs.json['statements'], browser.chain);
  assert.equal((await ask('/people/ada/keylog')).status, 404);
  const devices = (await ask('/me/devices', { token })).json['devices'] as { key: string; thisHouse: boolean; addedAt: number; added: number }[];
  assert.deepEqual(devices.map(({ key, thisHouse, added }) => [key, thisHouse, added]).slice(-1), [[phone.key, false, 3]]);
  assert.ok(devices.every(({ addedAt }) => addedAt > 0));
});

const makeToken = async ({ ask }: Pick<Founded, 'ask'>, token: string) => String((await ask('/me/tokens', { token, body: { label: 'script', services: null, write: true } })).json['token']);

test('recovery words sign in, once each, prove themselves to this house, and end every other way in when the passphrase is new', async (t) => {
  const { ask, token, browser, house, origin } = await founded(t);
  const prepare = (handle: string, recoveryKey: string) => ask('/sessions/recovery/prepare', { body: { handle, recoveryKey } });
  const [unknown, wrong] = [await prepare('nobody', browser.words.key), await prepare('ada', newKeys().key)];
  assert.deepEqual([...code(unknown), unknown.json], [404, 'recovery_unknown', wrong.json], 'the same for who is not here');
  const prepared = await prepare('@Ada', browser.words.key);
  assert.deepEqual(prepared.json, { persona: browser.persona, statements: browser.chain });
  const phone = newKeys();
  const into = (input: object) => ask('/sessions/recovery', { body: { handle: 'ada', ...input } });
  const input = signIn(browser, house.household.persona, phone);
  assert.deepEqual(code(await into({ ...input, proof: signIn(browser, browser.persona, phone).proof })), [404, 'recovery_unknown'], 'made for another house');
  assert.deepEqual(code(await into({ ...input, statement: say(browser, browser.laptop, addDevice(phone)) })), [404, 'recovery_unknown']);
  assert.deepEqual(code(await into({ ...input, statement: say(browser, browser.words, { type: 'retire' }) })), [400, 'not_a_sign_in']);
  const script = await makeToken({ ask }, token);
  const thief = makeAuthenticator(browser.persona);
  const options = (await ask('/me/passkeys/options', { token, body: {} })).json as { challenge: string; rp: { id: string } };
  assert.equal((await ask('/me/passkeys', { token, body: { response: thief.make(options, origin), label: 'Mine now' } })).status, 201);
  const entered = await into({ ...input, passphrase: 'a new passphrase', label: 'Phone' });
  assert.equal(entered.status, 201);
  assert.match(String(entered.headers['set-cookie']), /^commonhold=/);
  assert.equal((await ask('/me', { token })).status, 401, 'the session of before has ended');
  assert.equal((await ask('/me', { token: script })).status, 401, 'and what it left behind');
  const mine = String(entered.json['session']);
  const sessions = (await ask('/me/devices', { token: mine })).json['sessions'] as { device: string; label: string }[];
  assert.deepEqual((await ask('/me/passkeys', { token: mine })).json['passkeys'], []);
  assert.deepEqual(sessions.map(({ device, label }) => [device, label]), [[phone.key, 'Phone']]);
  assert.deepEqual(code(await into(input)), [409, 'statement_known'], 'whoever reads the statement in a key log cannot come in by it');
  for (const [passphrase, status] of [['correct horse', 401], ['a new passphrase', 201]] as const) assert.equal((await ask('/sessions', { body: { handle: 'ada', passphrase } })).status, status);
});

test('a statement that was kept already opens no session, whoever kept it', async (t) => {
  const { ask, browser, keyLog, house } = await founded(t);
  const { statement } = signIn(browser, house.household.persona, newKeys());
  assert.equal((await keyLog([statement])).status, 200);
  const proof = signInProof(house.suite, { house: house.household.persona, statement: hashOf(statement) }, browser.words.seed);
  assert.deepEqual(code(await ask('/sessions/recovery', { body: { handle: 'ada', statement, proof } })), [409, 'statement_known']);
});

test('a revoked device loses its sessions, and the tokens that it made', async (t) => {
  const { ask, token, browser, keyLog, house } = await founded(t);
  const phone = newKeys();
  const entered = await ask('/sessions/recovery', { body: { handle: 'ada', ...signIn(browser, house.household.persona, phone) } });
  const session = String(entered.json['session']);
  assert.equal((await ask('/me', { token: session })).status, 200);
  const [script, other] = [await makeToken({ ask }, session), await makeToken({ ask }, token)];
  await keyLog([]);
  await keyLog([say(browser, browser.words, { type: 'revoke-device', device: phone.key })]);
  assert.equal((await ask('/me', { token: session })).status, 401);
  assert.deepEqual([(await ask('/me', { token: script })).status, (await ask('/me', { token: other })).status], [401, 200]);
});

test('words that were put in place of others are the browser\'s own, and not yet written down', async (t) => {
  const { ask, token, browser, keyLog } = await founded(t);
  await ask('/me/words', { method: 'PUT', token, body: { written: true } });
  const words = async () => { const { json } = await ask('/me', { token }); return [json['recovery'], json['wordsWritten']]; };
  assert.deepEqual(await words(), ['browser', true]);
  await keyLog([say(browser, browser.words, { type: 'rotate-recovery', recoveryKey: newKeys().key })]);
  assert.deepEqual(await words(), ['browser', false]);
  await ask('/me/words', { method: 'PUT', token, body: { written: true } });
  assert.deepEqual(await words(), ['browser', true]);
});

/** A link with everything both sides hold. */
async function linked({ ask, token }: Founded) {
  const { link } = (await ask('/me/links', { token, body: {} })).json as { link: string };
  const secret = new Uint8Array(randomBytes(16));
  const phone = newKeys();
  return { link, secret, phone, ...askOf(secret, phone, 'Phone') };
}

test('a device comes in by a code: it asks, the other signs, it comes back once', async (t) => {
  const standing = await founded(t);
  const { ask, token, browser, house } = standing;
  const { link, secret, phone, ask: said, token: claim } = await linked(standing);
  const state = async () => (await ask(`/me/links/${link}`, { token })).json;
  assert.deepEqual(await state(), { state: 'waiting' });
  assert.deepEqual(code(await ask(`/links/${link}/claim`, { body: { token: claim } })), [404, 'link_unknown']);
  const added = say(browser, browser.laptop, addDevice(phone, 'Phone'));
  assert.deepEqual(code(await ask(`/me/links/${link}`, { method: 'PUT', token, body: { statement: added } })), [409, 'link_not_asked']);
  const events: unknown[] = [];
  house.household.keys.listenLinks((persona, event) => events.push([persona, event.state]));
  const owner = await ask(`/links/${link}`, { body: said });
  assert.deepEqual(owner.json, { persona: browser.persona, handle: 'ada', name: 'Ada', face: (owner.json['face']), house: { title: 'Choir', id: house.household.persona } });
  const other = askOf(secret, newKeys(), 'Thief').ask;
  assert.deepEqual(code(await ask(`/links/${link}`, { body: other })), [409, 'link_taken']);
  assert.equal((await ask(`/links/${link}`, { body: said })).status, 200, 'the same device again');
  const asked = await state();
  assert.deepEqual(asked, { state: 'asked', device: phone.key, label: 'Phone', mac: said.mac });
  assert.ok(checkLink(secret, phone.key === asked['device'] ? { device: phone.key, label: 'Phone' } : { device: '', label: '' }, said.mac));
  assert.deepEqual([...code(await ask(`/links/${link}/claim`, { body: { token: claim } }))], [202, undefined]);
  assert.deepEqual(code(await ask(`/me/links/${link}`, { method: 'PUT', token, body: { statement: say(browser, browser.laptop, addDevice(newKeys())) } })), [400, 'wrong_device']);
  assert.deepEqual((await ask(`/me/links/${link}`, { method: 'PUT', token, body: { statement: added } })).json['state'], 'done');
  assert.deepEqual(code(await ask(`/links/${link}/claim`, { body: { token: 'A'.repeat(43) } })), [404, 'link_unknown']);
  const entered = await ask(`/links/${link}/claim`, { body: { token: claim } });
  assert.deepEqual([entered.status, entered.json['persona']], [201, browser.persona]);
  assert.equal((await ask('/me', { token: String(entered.json['session']) })).status, 200);
  assert.deepEqual(code(await ask(`/links/${link}/claim`, { body: { token: claim } })), [410, 'link_ended'], 'once');
  assert.deepEqual(events, [[browser.persona, 'asked'], [browser.persona, 'done']]);
});

test('links end: by their maker, by time, and are nobody else\'s; five are open at most', async (t) => {
  const standing = await founded(t);
  const { ask, token, now } = standing;
  const { link, ask: said } = await linked(standing);
  assert.equal((await ask(`/me/links/${link}`, { method: 'DELETE', token })).status, 204);
  assert.deepEqual(code(await ask(`/links/${link}`, { body: said })), [410, 'link_ended']);
  assert.deepEqual(code(await ask(`/links/${'A'.repeat(22)}`, { body: said })), [404, 'link_unknown']);
  assert.deepEqual(code(await ask(`/me/links/${'A'.repeat(22)}`, { token })), [404, 'link_unknown']);
  const open = [];
  for (let i = 0; i < 5; i++) open.push(await linked(standing));
  assert.deepEqual(code(await ask('/me/links', { token, body: {} })), [409, 'too_many_links']);
  assert.deepEqual(code(await ask(`/links/${open[0]!.link}`, { body: { ...open[0]!.ask, device: 'A'.repeat(43) } })), [400, 'bad_device']);
  now.ms += 10 * 60_000;
  assert.deepEqual(code(await ask(`/links/${open[0]!.link}`, { body: open[0]!.ask })), [410, 'link_ended']);
  assert.equal((await ask('/me/links', { token, body: {} })).status, 201);
  now.ms += 10 * 60_000;
  assert.deepEqual(code(await ask(`/links/${open[0]!.link}`, { body: open[0]!.ask })), [404, 'link_unknown'], 'and forgotten later');
});
