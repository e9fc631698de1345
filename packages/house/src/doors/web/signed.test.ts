import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { signRequest, utf8, type Signer } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { addDevice, newBrowser, newKeys, say } from '../../testing/keys.ts';
import { mealsContract, mealsContracts, seedOf } from '../../testing/meals.ts';
import { saidBy } from '../../testing/said.ts';
import { stand, type Got, type Standing } from './fixture.ts';

const meals = mealsContract(suite);
const other = mealsContract(suite, 'other');
const byMeals: Signer = { seed: seedOf(suite, 'meals') };
const byOther: Signer = { seed: seedOf(suite, 'other') };

interface Wish { method?: string; body?: object; by?: Signer; headers?: Record<string, string>; seconds?: number; nonce?: string }
type Sent = { path: string; method: string; raw?: string; headers: Record<string, string> };

async function settle(t: TestContext) {
  const standing = await stand(t, { contracts: mealsContracts(suite, 'meals', 'other') });
  const ada = await standing.found();
  const place = `/pods/${ada.persona}/${meals.service.id}/dishes`;
  const put = (title: string) => standing.ask(`${place}/put`, { token: ada.token, body: { items: [{ body: { title, diet: 'vegan' } }] } });
  const made = (await put('Soup')).json['items'] as { key: string }[];
  const sign = (path: string, { body, method = body ? 'POST' : 'GET', by = byMeals, headers = {}, ...how }: Wish = {}): Sent => {
    const raw = body && JSON.stringify(body);
    const signed = signRequest(suite, { method, target: `${standing.origin}${path}`, headers }, by, { body: utf8(raw ?? ''), now: standing.now.ms, ...how });
    return { path, method, headers: { ...headers, ...signed }, ...(raw !== undefined && { raw }) };
  };
  const send = ({ path, ...sent }: Sent): Promise<Got> => standing.ask(path, sent);
  const codeOf = async (sent: Sent): Promise<unknown[]> => { const { status, json } = await send(sent); return [status, json['code']]; };
  const log = async (): Promise<string[]> => ((await standing.ask('/me/log', { token: ada.token })).json['days'] as { lines: { who: { kind: string; title?: string }; collection: string; verb: string; rule: string | null; n: number }[] }[])
    .flatMap(({ lines }) => lines).map(({ who, collection, verb, rule, n }) => `${who.title ?? who.kind} ${collection} ${verb} ${rule ?? ''} ${n}`).sort();
  return { ...standing, ada, place, put, key: made[0]!.key, sign, send, codeOf, log };
}

test('a service reads, counts and asks for one record by its key, and sees no more than its contract says; its person reads of each', async (t) => {
  const { place, key, sign, send, codeOf, log, ada, now } = await settle(t);
  const page = await send(sign(`${place}/query`, { body: { where: { title: { eq: 'Soup' } } } }));
  assert.deepEqual((page.json['items'] as { body: object }[]).map(({ body }) => body), [{ title: 'Soup' }]);
  assert.deepEqual((await send(sign(`${place}/${key}`))).json['body'], { title: 'Soup' });
  assert.deepEqual((await send(sign(`${place}/count`, { body: {} }))).json, { count: 1 });
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: { where: { diet: { eq: 'vegan' } } } })), [400, 'unknown_field']);
  assert.deepEqual(await codeOf(sign(`${place.replace('dishes', 'notes')}/query`, { body: {} })), [404, 'not_found']);
  assert.deepEqual(await codeOf(sign(`${place}/put`, { body: saidBy(suite, { seed: byMeals.seed, now: now.ms }, { persona: ada.persona, service: meals.service.id, collection: 'dishes' }, { body: { title: 'Poison' } }) })), [404, 'not_found']);
  assert.deepEqual(await codeOf(sign(`/pods/${ada.persona}/microblog/posts/query`, { body: {} })), [404, 'not_found']);
  assert.deepEqual((await log()).filter((line) => !line.startsWith('housemates')), [
    'Meals dishes add no_rule 1', 'Meals dishes count  1', 'Meals dishes read  2', 'Meals dishes read no_field 1', 'Meals notes read no_rule 1', 'anyone  read wrong_key 1',
  ]);
});

test('the same request again is refused; signed anew it is answered', async (t) => {
  const { place, sign, codeOf } = await settle(t);
  const sent = sign(`${place}/query`, { body: {} });
  assert.deepEqual(await codeOf(sent), [200, undefined]);
  assert.deepEqual(await codeOf(sent), [401, 'signature_replayed']);
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: {} })), [200, undefined]);
  const got = sign(`${place}/AAAAAAAAAAAAAAAAAAAAAA`);
  assert.deepEqual([await codeOf(got), await codeOf(got)], [[404, 'not_found'], [401, 'signature_replayed']]);
});

test('a signature that has expired, that is of the future, or that would be good for too long', async (t) => {
  const { place, sign, codeOf, now } = await settle(t);
  const sent = sign(`${place}/query`, { body: {} });
  now.ms += 60_000;
  assert.deepEqual(await codeOf(sent), [401, 'signature_expired']);
  now.ms -= 120_000;
  assert.deepEqual(await codeOf(sent), [401, 'signature_early']);
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: {}, seconds: 301 })), [401, 'signature_too_long']);
});

test('a signature for another place, another house, another person, other parameters', async (t) => {
  const { place, sign, codeOf, ada, origin } = await settle(t);
  const sent = sign(`${place}/query`, { body: {} });
  for (const path of [`${place}/count`, `${place}/query?x=1`, `${place.replace(ada.persona, `c${'a'.repeat(52)}`)}/query`, `${place.replace(meals.service.id, other.service.id)}/query`]) {
    assert.deepEqual(await codeOf({ ...sent, path }), [401, 'signature_wrong'], path);
  }
  const watch = sign(`/pods/${ada.persona}/${meals.service.id}/watch?collections=dishes`);
  assert.deepEqual(await codeOf({ ...watch, path: `${watch.path},notes` }), [401, 'signature_wrong']);
  assert.deepEqual(await codeOf({ ...watch, headers: { ...watch.headers, 'last-event-id': 'x' } }), [401, 'signature_uncovered']);
  const elsewhere = signRequest(suite, { method: 'POST', target: `${origin.replace('localhost', 'house.example')}${place}/query`, headers: {} }, byMeals, { body: utf8('{}'), now: Date.now() });
  assert.deepEqual(await codeOf({ ...sent, headers: elsewhere }), [401, 'signature_wrong']);
});

test('another method, and another body, for which the nonce is not used up', async (t) => {
  const { place, sign, codeOf } = await settle(t);
  const sent = sign(`${place}/query`, { body: {}, method: 'PUT' });
  assert.deepEqual(await codeOf({ ...sent, method: 'POST' }), [401, 'signature_wrong']);
  const good = sign(`${place}/query`, { body: { first: 1 } });
  assert.deepEqual(await codeOf({ ...good, raw: '{"first":500}' }), [401, 'digest_wrong']);
  assert.deepEqual(await codeOf(good), [200, undefined]);
});

test('the key of another service, a key of nobody, and two proofs at once', async (t) => {
  const { place, sign, codeOf, send, ada, log } = await settle(t);
  const strange = await send(sign(`${place}/query`, { body: {}, by: byOther }));
  const nothing = await send(sign(`/pods/c${'a'.repeat(52)}/${meals.service.id}/dishes/query`, { body: {} }));
  assert.deepEqual([strange.status, strange.text], [404, nothing.text]);
  assert.equal((await send(sign(`${place}/query`, { body: {}, by: { seed: seedOf(suite, 'nobody') } }))).text, nothing.text);
  const both = sign(`${place}/query`, { body: {} });
  assert.deepEqual(await codeOf({ ...both, headers: { ...both.headers, authorization: `Bearer ${ada.token}` } }), [401, 'two_proofs']);
  assert.deepEqual(await codeOf(sign('/me')), [401, 'sign_in_first'], 'no signature opens what is not the data API');
  assert.ok((await log()).includes('anyone  read wrong_key 2'));
});

test('a device of somebody signs for its person, as long as it may', async (t) => {
  const { ask, port, sign, codeOf, send, ada } = await settle(t);
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const bob = newBrowser((await ask('/house/prepare', { body: { invite } })).json as { podDevice: string; house: string });
  const { json } = await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' }, keyLog: bob.chain } });
  const place = `/pods/${bob.persona}/${meals.service.id}/dishes`;
  const by: Signer = { seed: bob.laptop.seed, persona: bob.persona };
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: {}, by: { seed: newKeys().seed, persona: bob.persona } })), [401, 'device_unknown']);
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: {}, by: { ...by, persona: ada.persona } })), [401, 'device_unknown']);
  assert.equal((await send(sign(`${place}/put`, { body: { items: [{ body: { title: 'Bread' } }] }, by }))).status, 200);
  assert.equal(((await send(sign(`${place}/query`, { body: {}, by }))).json['items'] as object[]).length, 1);
  const open = await watch(t, { port }, sign(`/pods/${bob.persona}/${meals.service.id}/watch?collections=dishes`, { by }));
  await open.until('event: ready');
  const phone = newKeys();
  const added = say(bob, bob.laptop, addDevice(phone));
  const gone = say({ ...bob, chain: [added] }, phone, { type: 'revoke-device', device: bob.laptop.key });
  assert.equal((await ask('/me/keylog', { token: String(json['session']), body: { statements: [added, gone] } })).status, 200);
  await open.ended;
  assert.deepEqual(await codeOf(sign(`${place}/query`, { body: {}, by })), [401, 'device_unknown']);
});

async function watch(t: TestContext, { port }: Pick<Standing, 'port'>, { path, headers }: Sent): Promise<{ until(part: string): Promise<void>; ended: Promise<void> }> {
  const sent = request({ port, host: '127.0.0.1', path, agent: false, headers: { host: `localhost:${port}`, ...headers } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  assert.equal(answer.statusCode, 200);
  let text = '';
  let wake = (): void => {};
  answer.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => { text += chunk; wake(); });
  const ended = new Promise<void>((resolve) => { answer.once('close', () => resolve()); });
  return { ended, until: async (part) => { while (!text.includes(part)) await new Promise<void>((resolve) => { wake = resolve; }); } };
}

test('a service watches what its contract lets it see', async (t) => {
  const standing = await settle(t);
  const { sign, put, ada } = standing;
  const stream = await watch(t, standing, sign(`/pods/${ada.persona}/${meals.service.id}/watch?collections=dishes`));
  await stream.until('event: ready');
  await put('Cake');
  await stream.until('"body":{"title":"Cake"}');
});
