import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { signRequest, utf8, type JsonObject } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';
import { freePort, startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { runCli } from '../support/cli.ts';
import { found, join, type Member } from '../support/people.ts';
import { makeMembers } from '@commonhold/sdk/service';

const ORIGIN = 'https://potluck.example';
const service = makePotluck(suite);
const contract = service.contract((document) => {
  (document['service'] as JsonObject)['origins'] = [ORIGIN];
  const { dishes } = document['collections'] as { dishes: { allow: { who: string; may: string[] }[] } };
  dishes.allow.find(({ who }) => who === 'service')!.may.push('watch');
  dishes.allow.push({ who: 'service', may: ['add'], because: 'to say which day it is' } as never, { who: 'service', may: ['read', 'change', 'remove'], rows: 'own' } as never);
  document['bundles'] = { basics: ['dishes'] };
});

interface Sent { path: string; body: string; headers: Record<string, string> }

function sign({ url }: HouseProcess, path: string): Sent {
  const body = '{}';
  return { path, body, headers: { 'content-type': 'application/json', ...signRequest(suite, { method: 'POST', target: `${url}${path}`, headers: {} }, { seed: service.seed }, { body: utf8(body), now: Date.now(), seconds: 300 }) } };
}

async function send({ url }: HouseProcess, { path, body, headers }: Sent): Promise<{ status: number; json: Record<string, unknown> }> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', body, headers });
  return { status: answer.status, json: await answer.json() as Record<string, unknown> };
}

async function joined(t: TestContext) {
  const at = { data: tempFolder(t, 'callers'), port: await freePort() };
  const house = await startHouse(t, at);
  const ada = await found(house);
  const { hash } = await ada.client.services.preview({ contract: { ...contract } });
  const { persona } = await ada.client.services.join({ hash });
  assert.notEqual(persona, ada.persona, 'under a pseudonym');
  const place = `/pods/${persona}/${service.id}`;
  await ada.client.data.put({ persona, service: service.id, collection: 'dishes' }, [{ body: { title: 'Soup', date: '2027-02-01', diet: 'vegan' } }]);
  return { at, house, ada, hash, persona, place };
}

test('what a service signed is answered once: not again, and not after the house was killed and started anew', async (t) => {
  const { at, house, place } = await joined(t);
  const sent = sign(house, `${place}/dishes/query`);
  const first = await send(house, sent);
  assert.deepEqual([first.status, (first.json['items'] as { body: object }[]).map(({ body }) => body)], [200, [{ date: '2027-02-01' }]]);
  assert.deepEqual([(await send(house, sent)).json['code']], ['signature_replayed']);
  await house.kill();
  const again = await startHouse(t, at);
  assert.deepEqual([(await send(again, sent)).json['code']], ['signature_replayed']);
  assert.equal((await send(again, sign(again, `${place}/dishes/query`))).status, 200);
});

const VERIFIER = 'only-the-app-knows-this-until-it-shows-it-0123456789';

/** Lets the service's app in, as its page and the person's browser do it. */
async function letIn(house: HouseProcess, { client }: Member) {
  const ask = { clientId: service.id, redirectUri: `${ORIGIN}/back`, scope: 'basics', responseType: 'code', codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'), codeChallengeMethod: 'S256' };
  const { redirect } = await client.me.answerApp(ask, true);
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: service.id, code: new URL(redirect).searchParams.get('code')!, code_verifier: VERIFIER, redirect_uri: ask.redirectUri });
  const answer = await fetch(`${house.url}/oauth/token`, { method: 'POST', headers: { origin: ORIGIN }, body });
  assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, ORIGIN]);
  return { ask, given: await answer.json() as Record<string, string> };
}

/** Reads a stream of events: until it says something, and to its end. */
function listen(answer: Response): { until(word: string): Promise<void>; ended(): Promise<void> } {
  assert.equal(answer.status, 200);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const more = async (): Promise<boolean> => { const { done, value } = await reader.read(); text += value ?? ''; return !done; };
  return { until: async (word) => { while (!text.includes(word)) assert.ok(await more(), text); }, ended: async () => { while (await more()); } };
}

test('whoever pauses a service ends what it and its app listen to, and refuses what they ask next; resumed, they may again', async (t) => {
  const { house, ada, persona, place } = await joined(t);
  const { given } = await letIn(house, ada);
  const path = `${place}/watch?collections=dishes`;
  const app = { authorization: `Bearer ${given['access_token']!}`, origin: ORIGIN };
  const signed = () => signRequest(suite, { method: 'GET', target: `${house.url}${path}`, headers: {} }, { seed: service.seed }, { now: Date.now() });
  const streams = [listen(await fetch(`${house.url}${path}`, { headers: app })), listen(await fetch(`${house.url}${path}`, { headers: signed() }))];
  await Promise.all(streams.map((stream) => stream.until('event: ready')));
  await ada.client.services.pause(persona, service.id);
  await Promise.all(streams.map((stream) => stream.ended()));
  const ask = () => send(house, { path: `${place}/dishes/query`, body: '{}', headers: { 'content-type': 'application/json', ...app } });
  assert.deepEqual([(await ask()).json['code'], (await send(house, sign(house, `${place}/dishes/query`))).json['code']], ['service_paused', 'not_found']);
  await ada.client.services.resume(persona, service.id);
  assert.deepEqual([(await ask()).status, (await send(house, sign(house, `${place}/dishes/query`))).status], [200, 200]);
  assert.doesNotMatch(house.output(), /fault|trouble/);
});

test('an app that somebody lets in acts as their pseudonym, reads other members as their contract says, and is told by nothing who they are', async (t) => {
  const { house, ada, hash, persona, place } = await joined(t);
  const { invite } = await ada.client.invites.make();
  const bob = await join(house, invite, 'bob');
  const member = await bob.client.services.join({ hash });
  await bob.client.data.put({ persona: member.persona, service: service.id, collection: 'dishes' }, [{ body: { title: 'Bread', date: '2027-02-02', diet: 'any' } }]);
  const { given, ask } = await letIn(house, ada);
  assert.deepEqual((await ada.client.me.appRequest(ask)).joined, { persona, as: 'pseudonym' });
  assert.equal(given['persona'], persona);
  const query = (path: string) => send(house, { path, body: '{}', headers: { 'content-type': 'application/json', authorization: `Bearer ${given['access_token']!}`, origin: ORIGIN } });
  const [mine, theirs] = [await query(`${place}/dishes/query`), await query(`/pods/${member.persona}/${service.id}/dishes/query`)];
  assert.deepEqual((mine.json['items'] as { body: object }[]).map(({ body }) => body), [{ title: 'Soup', date: '2027-02-01', diet: 'vegan' }]);
  assert.deepEqual((theirs.json['items'] as { body: object }[]).map(({ body }) => body), [{ title: 'Bread', date: '2027-02-02' }]);
  assert.equal((await query(`${place}/profile/query`)).status, 404, 'what was not agreed to');
  for (const told of [JSON.stringify(given), JSON.stringify(mine.json), JSON.stringify(theirs.json)]) for (const secret of [ada.persona, bob.persona, '"ada"', '"bob"']) assert.ok(!told.includes(secret), secret);
  const [app] = (await ada.client.me.apps()).apps;
  await ada.client.me.endApp(app!.id);
  assert.equal((await query(`${place}/dishes/query`)).status, 401);
});

interface Dish { title: string; date?: string }

test('a service writes by the verbs of the SDK: its own words, signed by its own key, on disk when the house has answered, and in its person’s log', async (t) => {
  const { at, house, ada, persona } = await joined(t);
  const members = makeMembers({ contracts: [contract], seed: service.seed, known: [house.url] });
  const member = await members.find(house.url, persona);
  assert.ok(member, 'a member');
  const dishes = members.pod<{ dishes: Dish }>(member).of('dishes');
  const { items: [made] } = await dishes.put([{ body: { title: 'On Friday', date: '2027-02-05' } }, { body: { title: 'Bring plates' } }], 'the-day');
  await house.kill();
  const again = await startHouse(t, at);
  const place = { persona, service: service.id, collection: 'dishes' };
  const held = async () => (await ada.client.data.query<Dish>(place, { order: ['title'] })).items.map(({ author, audience, body }) => [author === service.id ? 'service' : author === persona ? 'ada' : author, audience, body.title]);
  assert.deepEqual(await held(), [['service', 'members', 'Bring plates'], ['service', 'members', 'On Friday'], ['ada', 'members', 'Soup']]);
  assert.deepEqual((await dishes.put([{ body: { title: 'On Friday', date: '2027-02-05' } }, { body: { title: 'Bring plates' } }], 'the-day')).items.map(({ key }) => key)[0], made!.key, 'asked again, signed anew: the same records');
  assert.equal((await held()).length, 3);
  assert.deepEqual(await dishes.patch({ title: { eq: 'On Friday' } }, { title: 'On Saturday', date: '2027-02-06' }), { count: 1 });
  assert.deepEqual(await dishes.patch({ date: { eq: '2027-02-01' } }, { date: '2027-02-02' }), { count: 0 }, 'what Ada made it may read in part, and not change');
  assert.deepEqual(await dishes.remove({ title: { eq: 'Bring plates' } }), { count: 1 });
  assert.deepEqual(await dishes.remove({ $key: { in: [made!.key, 'AAAAAAAAAAAAAAAAAAAAAA'] } }), { count: 1 });
  await assert.rejects(dishes.patch({}, { title: 'x' }), { code: 'where_needed' });
  await assert.rejects(dishes.put([{ body: { title: 'x' }, audience: 'only-me' }]), { status: 400, code: 'unknown_field', field: 'items.0.audience' });
  assert.deepEqual((await dishes.put([{ body: { title: 'See you' } }])).items.length, 1);
  const lines = (await ada.client.me.log()).days.flatMap((day) => day.lines).filter(({ who, verb }) => who.kind === 'service' && ['add', 'change', 'remove'].includes(verb));
  assert.deepEqual(lines.map(({ verb, n, refused }) => `${verb} ${n} ${String(refused)}`).sort(), ['add 3 false', 'change 1 false', 'remove 2 false']);
  assert.doesNotMatch(again.output(), /fault|trouble/);
  await again.stop();
  await runCli(['verify', at.data], at);
});
