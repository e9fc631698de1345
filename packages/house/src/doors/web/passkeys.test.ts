import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { makeAuthenticator, type Authenticator } from '../../testing/authenticator.ts';
import { stand, type Ask, type Got, type Standing } from './fixture.ts';

interface Scene extends Standing { token: string; persona: string }

async function founded(t: TestContext, options: Parameters<typeof stand>[1] = {}): Promise<Scene> {
  const standing = await stand(t, options);
  return { ...standing, ...await standing.found() };
}

const post = ({ ask }: Standing, path: string, body: unknown, more: Ask = {}): Promise<Got> => ask(path, { body, ...more });
const creation = async (scene: Scene) => (await post(scene, '/me/passkeys/options', {}, { token: scene.token })).json as { challenge: string; rp: { id: string } };
const request = async (scene: Standing) => (await post(scene, '/sessions/passkey/options', {})).json as { challenge: string; rpId: string };
const problem = ({ status, json }: Got): [number, unknown] => [status, json['code']];

async function withPasskey(scene: Scene): Promise<Authenticator> {
  const key = makeAuthenticator(scene.persona);
  const made = await post(scene, '/me/passkeys', { response: key.make(await creation(scene), scene.origin), label: ' My phone ' }, { token: scene.token });
  assert.equal(made.status, 201, made.text);
  return key;
}

test('a passkey is added, listed, opens the house, and is removed', async (t) => {
  const scene = await founded(t);
  const { ask, token, persona, origin, now } = scene;
  assert.equal((await ask('/house')).json['passkeys'], true);
  const key = await withPasskey(scene);
  now.ms += 1000;
  const entered = await post(scene, '/sessions/passkey', { response: key.use(await request(scene), origin), label: 'Phone' });
  assert.equal(entered.status, 201, entered.text);
  assert.equal(entered.json['persona'], persona);
  assert.match(String(entered.headers['set-cookie']), /commonhold=/);
  assert.equal((await ask('/me', { token: String(entered.json['session']) })).json['persona'], persona);

  const [line] = (await ask('/me/passkeys', { token })).json['passkeys'] as { id: string; label: string; created: number; used: number; address: string }[];
  assert.deepEqual([line!.label, line!.address, line!.used - line!.created], ['My phone', 'localhost', 1000]);
  assert.deepEqual(problem(await ask(`/me/passkeys/${line!.id}`, { method: 'DELETE' })), [401, 'sign_in_first']);
  assert.equal((await ask(`/me/passkeys/${line!.id}`, { method: 'DELETE', token })).status, 204);
  assert.deepEqual(problem(await ask(`/me/passkeys/${line!.id}`, { method: 'DELETE', token })), [404, 'passkey_unknown']);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(await request(scene), origin) })), [401, 'passkey_wrong']);
});

test('a challenge dies with its answer, after five minutes, and with the process', async (t) => {
  const scene = await founded(t);
  const { token, origin, now } = scene;
  const key = await withPasskey(scene);
  const options = await request(scene);
  const response = key.use(options, origin);
  assert.equal((await post(scene, '/sessions/passkey', { response })).status, 201);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response })), [410, 'challenge_ended']);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(options, origin) })), [410, 'challenge_ended'], 'a second answer to one challenge');

  const late = await request(scene);
  now.ms += 5 * 60_000;
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(late, origin) })), [410, 'challenge_ended']);
  now.ms -= 60 * 60_000;
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(late, origin) })), [410, 'challenge_ended'], 'the clock jumped back');
  now.ms += 60 * 60_000;

  const other = await founded(t);
  const before = await request(other);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(before, origin) })), [410, 'challenge_ended'], 'a challenge of another process');

  const made = await creation(scene);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use({ challenge: made.challenge, rpId: 'localhost' }, origin) })), [410, 'challenge_ended'], 'asked for adding, answered by entering');
  const twice = makeAuthenticator(scene.persona).make(made, origin);
  assert.equal((await post(scene, '/me/passkeys', { response: twice, label: '' }, { token })).status, 201);
  assert.deepEqual(problem(await post(scene, '/me/passkeys', { response: twice, label: '' }, { token })), [410, 'challenge_ended']);
});

test('of two answers to one challenge at once only one opens', async (t) => {
  const scene = await founded(t);
  const key = await withPasskey(scene);
  const options = await request(scene);
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(scene, '/sessions/passkey', { response: key.use(options, scene.origin) })));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 410, 410, 410]);
});

test('wrong origin, address, kind, person, counter, or an unverified person: one and the same no, and the owner is told', async (t) => {
  const scene = await founded(t);
  const { origin, port, token, persona, house } = scene;
  const key = await withPasskey(scene);
  const enter = async (bent: Parameters<Authenticator['use']>[2]) => post(scene, '/sessions/passkey', { response: key.use(await request(scene), origin, bent) });
  for (const bent of [
    { origin: `http://localhost:${port + 1}` }, { origin: `https://localhost:${port}` }, { origin: 'http://evil.example' }, { rp: 'evil.example' }, { type: 'webauthn.create' },
    { verified: false }, { userHandle: 'Y3NvbWVib2R5ZWxzZQ' },
  ]) assert.deepEqual(problem(await enter(bent)), [401, 'passkey_wrong'], JSON.stringify(bent));
  assert.equal((await enter({ counter: 900 })).status, 201);
  for (const counter of [900, 899, 1, 0]) assert.deepEqual(problem(await enter({ counter })), [401, 'passkey_wrong'], `counter ${counter}`);

  const answer = key.use(await request(scene), origin, { counter: 1000 });
  const stranger = makeAuthenticator(persona).use(await request(scene), origin);
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: stranger })), [401, 'passkey_wrong'], 'a credential nobody added');
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: { ...stranger, id: answer.id, rawId: answer.id } })), [401, 'passkey_wrong'], 'signed by another key');
  await house.firewall.idle();
  const { days } = (await scene.ask('/me/log', { token })).json as { days: { lines: { rule: string; n: number }[] }[] };
  assert.ok(days[0]!.lines.some(({ rule, n }) => rule === 'wrong_passkey' && n >= 10), JSON.stringify(days));
});

test('making one: what was asked of somebody else, elsewhere, or known already is refused', async (t) => {
  const scene = await founded(t);
  const { ask, token, origin, house, persona } = scene;
  const { invite } = house.household.invite(persona, {});
  const bob = (await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } })).json;
  const hers = await creation(scene);
  const add = (response: unknown, session = token) => post(scene, '/me/passkeys', { response, label: '' }, { token: session });
  const key = makeAuthenticator(persona);
  assert.deepEqual(problem(await add(key.make(hers, origin), String(bob['session']))), [410, 'challenge_ended'], 'her challenge, his session');
  for (const bent of [{ origin: 'http://evil.example' }, { rp: 'evil.example' }, { type: 'webauthn.get' }, { verified: false }]) {
    assert.deepEqual(problem(await add(key.make(hers, origin, bent))), [400, 'bad_passkey'], JSON.stringify(bent));
  }
  assert.equal((await add(key.make(hers, origin))).status, 201);
  const his = (await post(scene, '/me/passkeys/options', {}, { token: String(bob['session']) })).json as { challenge: string; rp: { id: string } };
  assert.deepEqual(problem(await add(key.make(his, origin), String(bob['session']))), [409, 'passkey_known']);
  const [line] = (await ask('/me/passkeys', { token })).json['passkeys'] as { id: string }[];
  assert.deepEqual(problem(await ask(`/me/passkeys/${line!.id}`, { method: 'DELETE', token: String(bob['session']) })), [404, 'passkey_unknown']);
  assert.deepEqual((await ask('/me/passkeys', { token: String(bob['session']) })).json['passkeys'], []);
});

test('whatever is malformed gets a clear no', async (t) => {
  const scene = await founded(t);
  const { token, origin } = scene;
  const made = makeAuthenticator(scene.persona).make(await creation(scene), origin);
  const used = makeAuthenticator(scene.persona).use(await request(scene), origin);
  const bad: unknown[] = [null, 7, 'x', [], {}, { ...made, id: '' }, { ...made, type: 'private-key' }, { ...made, extra: 1 }, { ...made, response: {} }];
  for (const response of bad) {
    assert.equal((await post(scene, '/me/passkeys', { response, label: '' }, { token })).status, 400, JSON.stringify(response));
    assert.equal((await post(scene, '/sessions/passkey', { response })).status, 400, JSON.stringify(response));
  }
  for (const junk of ['!', 'AAAA', 'e30', 'bnVsbA', 'eyJ0eXBlIjoxfQ', 'oA', 'ÿ', '\u0000', 'x'.repeat(3000)]) {
    const own = await post(scene, '/me/passkeys', { response: { ...made, response: { ...made.response, clientDataJSON: junk } }, label: '' }, { token });
    assert.deepEqual(problem(own), [400, 'bad_passkey'], junk);
    const object = await post(scene, '/me/passkeys', { response: { ...made, response: { ...made.response, attestationObject: junk } }, label: '' }, { token });
    assert.deepEqual(problem(object), [400, 'bad_passkey'], junk);
    assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: { ...used, response: { ...used.response, authenticatorData: junk } } })), [401, 'passkey_wrong'], junk);
  }
  assert.deepEqual(scene.log, []);
});

test('where browsers take no passkeys the house says so: an address of numbers, plain HTTP under a name', async (t) => {
  const scene = await founded(t);
  const { ask, token, port } = scene;
  for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`]) {
    assert.equal((await ask('/house', { headers: { host } })).json['passkeys'], false, host);
    assert.deepEqual(problem(await post(scene, '/sessions/passkey/options', {}, { headers: { host } })), [409, 'passkeys_not_here'], host);
    assert.deepEqual(problem(await post(scene, '/me/passkeys/options', {}, { token, headers: { host } })), [409, 'passkeys_not_here'], host);
  }
  const named = await stand(t, { origin: 'http://choir.example' });
  assert.equal((await named.ask('/house', { headers: { host: 'choir.example' } })).json['passkeys'], false);
  const safe = await stand(t, { origin: 'https://choir.example' });
  assert.equal((await safe.ask('/house', { headers: { host: 'choir.example' } })).json['passkeys'], true);
});

test('a passkey of one address opens nothing under another, and handles learn nothing', async (t) => {
  const scene = await founded(t, { origin: 'https://choir.example' });
  const key = await withPasskey(scene);
  const away = { headers: { host: 'choir.example' } };
  const options = (await post(scene, '/sessions/passkey/options', { handle: 'ada' }, away)).json as { challenge: string; rpId: string };
  assert.equal(options.rpId, 'choir.example');
  assert.deepEqual(problem(await post(scene, '/sessions/passkey', { response: key.use(options, 'https://choir.example') }, away)), [401, 'passkey_wrong']);
  const shapes = await Promise.all(['ada', 'nobody'].map(async (handle) => ({ ...(await post(scene, '/sessions/passkey/options', { handle })).json, challenge: '' })));
  assert.deepEqual(shapes[0], shapes[1]);
});
