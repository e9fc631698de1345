import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { startKeyLog, statementHash } from '@commonhold/core';
import fc from 'fast-check';
import { nobleSuite } from '@commonhold/core/noble';
import { ALBUM, contractsWith } from '../../testing/album.ts';
import { mealsContract } from '../../testing/meals.ts';
import { claimed, photo } from '../../testing/pictures.ts';
import { laneBy } from '../../testing/phone.ts';
import { makeAuthenticator } from '../../testing/authenticator.ts';
import { tryImports, tryJobs, tryTokens, type Check } from '../../testing/openapi-tries.ts';
import { addDevice, askOf, newBrowser, newKeys, say, signIn } from '../../testing/keys.ts';
import { stand, type Standing } from './fixture.ts';
import { DATA_BODIES } from './shapes-data.ts';

interface Operation { operationId: string; responses: Record<string, { content?: Record<string, { schema: object }> }>; requestBody?: object; parameters?: { name: string; in: string }[] }
interface Document { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } }

const documentOf = async ({ ask }: Standing): Promise<Document> => (await ask('/openapi.json')).json as unknown as Document;

function validatorOf(document: Document): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'house', components: document.components });
  return (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"house#/components')) as object);
}

test('the document lists every route, whole', async (t) => {
  const standing = await stand(t);
  const document = await documentOf(standing);
  assert.match(document.openapi, /^3\.1\./);
  const listed = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  assert.deepEqual(listed.toSorted(), standing.door.routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  const compile = validatorOf(document);
  const ids = new Set<string>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const operation of Object.values(methods)) {
      ids.add(operation.operationId);
      assert.deepEqual((operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name), [...path.matchAll(/\{(\w+)\}/g)].map((one) => one[1]));
      assert.ok(operation.responses['default']?.content?.['application/problem+json']);
      for (const { content } of Object.values(operation.responses)) for (const { schema } of Object.values(content ?? {})) compile(schema);
    }
  }
  assert.equal(ids.size, listed.length);
});


/** Asks, holds the answer against the document, and notes what was answered well. */
function checkerOf({ ask }: Standing, document: Document, tried: Set<string>): Check {
  const compile = validatorOf(document);
  return async (method, path, real, options = {}) => {
    const { status, json, headers } = await ask(real, { method, ...options });
    const said = document.paths[path]?.[method.toLowerCase()]?.responses;
    const schema = (said?.[status] ?? said?.['default'])?.content?.[String(headers['content-type'])]?.schema;
    if (status === 204) assert.equal(schema, undefined);
    else {
      assert.ok(schema, `${method} ${path} ${status} ${String(headers['content-type'])}`);
      const valid = compile(schema);
      assert.ok(valid(json), `${method} ${path} ${JSON.stringify(json)} ${JSON.stringify(valid.errors)}`);
    }
    if (status < 300) tried.add(`${method} ${path}`);
    return json;
  };
}

interface Two { token: string; persona: string; key: string; other: { persona: string; token: string } }

/** Key logs, of ada's. */
async function tryKeyLogs(check: Check, token: string): Promise<void> {
  await check('GET', '/me/keylog', '/me/keylog', { token });
  const { statements } = await check('POST', '/me/keylog', '/me/keylog', { token, body: { statements: [] } });
  const { device } = (statements as { statement: { device: string } }[])[1]!.statement;
  await check('GET', '/me/lanes', `/me/lanes?device=${device}`, { token });
  await check('GET', '/people/{who}/keylog', '/people/ada/keylog', { token });
  await check('GET', '/house/keylog', '/house/keylog');
}

/** The ways in by keys, for somebody whose browser holds them. */
async function tryKeys(check: Check, { ask, house }: Standing, invite: string): Promise<void> {
  const prepared = (await ask('/house/prepare', { body: { invite } })).json as { podDevice: string; house: string };
  const kim = newBrowser(prepared);
  await ask('/house/join', { body: { invite, person: { handle: 'kim', name: 'Kim', passphrase: 'correct horse' }, keyLog: kim.chain } });
  await check('POST', '/sessions/recovery/prepare', '/sessions/recovery/prepare', { body: { handle: 'kim', recoveryKey: kim.words.key } });
  const entry = signIn(kim, house.household.persona, newKeys());
  const token = String((await check('POST', '/sessions/recovery', '/sessions/recovery', { body: { handle: 'kim', ...entry } }))['session']);
  const link = String((await check('POST', '/me/links', '/me/links', { token, body: {} }))['link']);
  const phone = newKeys();
  const { ask: asks, token: claim } = askOf(new Uint8Array(16), phone, 'Phone');
  await check('POST', '/links/{link}', `/links/${link}`, { body: asks });
  await check('GET', '/me/links/{link}', `/me/links/${link}`, { token });
  await check('POST', '/links/{link}/claim', `/links/${link}/claim`, { body: { token: claim } });
  const statement = say({ persona: kim.persona, chain: [entry.statement] }, kim.laptop, addDevice(phone));
  await check('PUT', '/me/links/{link}', `/me/links/${link}`, { token, body: { statement } });
  await check('POST', '/links/{link}/claim', `/links/${link}/claim`, { body: { token: claim } });
  const other = String((await ask('/me/links', { token, body: {} })).json['link']);
  await check('DELETE', '/me/links/{link}', `/me/links/${other}`, { token });
}

/** Likes, news, muting and blocking between two people; `key` is a post of the first that the other has answered. */
async function tryDistance(check: Check, standing: Standing, { token, persona, key, other }: Two): Promise<void> {
  await check('PUT', '/microblog/posts/{persona}/{key}/like', `/microblog/posts/${persona}/${key}/like`, { token: other.token });
  await check('PUT', '/people/{persona}/follow', `/people/${persona}/follow`, { token: other.token });
  await standing.house.outbox.idle();
  const { newest, items } = await check('GET', '/news', '/news?kinds=reply,like,follow,request,accepted', { token });
  assert.equal((items as unknown[]).length, 3);
  await check('PUT', '/news/read', '/news/read', { token, body: { upTo: newest } });
  await check('GET', '/news/settings', '/news/settings', { token });
  await check('PUT', '/news/settings', '/news/settings', { token, body: { reply: true, mention: true, like: false, boost: true, quote: true, poll: true, follow: true, request: true, accepted: true } });
  await check('DELETE', '/microblog/posts/{persona}/{key}/like', `/microblog/posts/${persona}/${key}/like`, { token: other.token });
  for (const verb of ['mute', 'block']) await check('PUT', `/people/{persona}/${verb}`, `/people/${other.persona}/${verb}`, { token, ...(verb === 'mute' && { body: { until: standing.now.ms + 1000 } }) });
  await check('GET', '/people/blocked', '/people/blocked', { token });
  await check('GET', '/me/public', '/me/public', { token });
  await check('PUT', '/me/public', '/me/public', { token, body: { open: true, listed: true, front: false } });
  await tryRings(check, standing, { token, persona, key, other });
  await tryKnown(check, { token, persona, key, other });
  await tryPassing(check, standing, { token, persona, key, other });
  await tryConversation(check, standing, { token, persona, key, other });
  for (const verb of ['mute', 'block']) await check('DELETE', `/people/{persona}/${verb}`, `/people/${other.persona}/${verb}`, { token });
}

async function tryPasskeys(check: Check, { origin }: Standing, { token, persona }: { token: string; persona: string }): Promise<void> {
  const authenticator = makeAuthenticator(persona);
  const making = await check('POST', '/me/passkeys/options', '/me/passkeys/options', { token, body: {} }) as { challenge: string; rp: { id: string } };
  const { id } = await check('POST', '/me/passkeys', '/me/passkeys', { token, body: { response: authenticator.make(making, origin), label: 'Phone' } });
  const entering = await check('POST', '/sessions/passkey/options', '/sessions/passkey/options', { body: {} }) as { challenge: string; rpId: string };
  await check('POST', '/sessions/passkey', '/sessions/passkey', { body: { response: authenticator.use(entering, origin) } });
  await check('GET', '/me/passkeys', '/me/passkeys', { token });
  await check('DELETE', '/me/passkeys/{id}', `/me/passkeys/${String(id)}`, { token });
}

/** Somebody whose phone wrote something while its clock was ahead. */
async function tryDevices(check: Check, { house, now }: Standing, founder: string): Promise<void> {
  const { household, suite } = house;
  const { invite } = household.invite(founder, {});
  const seed = suite.random(32);
  const keyLog = startKeyLog(suite, { recoverySeed: suite.random(32), deviceSeed: seed, ...household.prepare({ invite, from: 'test' }) });
  const { persona, session: token } = await household.join({ invite, person: { handle: 'cy', name: 'Cy', passphrase: 'correct horse' }, keyLog, from: 'test' });
  const lane = laneBy({
    suite, persona, seed, keyLogHead: statementHash(suite, keyLog[2]!.statement), contract: house.firewall.contracts.get('microblog')!.hash, now: () => now.ms,
  }, { service: 'microblog', collection: 'posts', audience: 'everyone' });
  lane.put(lane.key(), { text: 'from my phone', createdAt: now.ms });
  lane.ahead(3_600_000);
  lane.put(lane.key(), { text: 'too early', createdAt: now.ms });
  const took = await check('POST', '/pods/{persona}/records', `/pods/${persona}/records`, { token, raw: Buffer.from(lane.text()), headers: { 'content-type': 'application/x-ndjson' } });
  assert.deepEqual(took, { applied: 1, known: 0, parked: 1, conflicts: 0 });
  const { parked: [waiting] } = await check('GET', '/me/repairs', '/me/repairs', { token }) as { parked: { id: string }[] };
  await check('POST', '/me/repairs/{id}', `/me/repairs/${waiting!.id}`, { token, body: { choose: 'drop' } });
}

/** A name of one's own for somebody, meeting them, a line of the profile with an address. */
async function tryKnown(check: Check, { token, other }: Two): Promise<void> {
  const { key } = await check('GET', '/people/profile/code', '/people/profile/code', { token: other.token });
  await check('PUT', '/people/{persona}/petname', `/people/${other.persona}/petname`, { token, body: { petname: 'Mate' } });
  await check('PUT', '/people/{persona}/verified', `/people/${other.persona}/verified`, { token, body: { key } });
  await check('GET', '/people/{who}', `/people/${other.persona}`, { token });
  await check('DELETE', '/people/{persona}/petname', `/people/${other.persona}/petname`, { token });
  await check('DELETE', '/people/{persona}/verified', `/people/${other.persona}/verified`, { token });
  await check('PUT', '/people/profile', '/people/profile', { token, body: { name: 'Ada L.', picture: null, fields: [{ name: 'Site', value: 'https://ada.example/' }] } });
  await check('POST', '/people/profile/fields/{n}/verify', '/people/profile/fields/0/verify', { token });
}

/** Rewording a post, readdressing it, its history, and a reply that its author keeps. */
async function tryConversation(check: Check, standing: Standing, { token, persona, key, other }: Two): Promise<void> {
  await check('PUT', '/microblog/posts/{key}', `/microblog/posts/${key}`, { token, body: { text: 'One, reworded', lang: 'en' } });
  const { versions } = await check('GET', '/microblog/posts/{persona}/{key}/versions', `/microblog/posts/${persona}/${key}/versions`, { token });
  assert.equal((versions as unknown[]).length, 1);
  await check('DELETE', '/microblog/posts/{key}/versions', `/microblog/posts/${key}/versions`, { token });
  await check('PUT', '/people/{persona}/close', `/people/${other.persona}/close`, { token });
  const post = await check('POST', '/microblog/posts', '/microblog/posts', { token, body: { text: 'For few', audience: 'close' } });
  const reply = await check('POST', '/microblog/posts', '/microblog/posts', { token: other.token, body: { text: 'Heard', audience: 'only-me', replyTo: { persona, key: post['key'] } } });
  assert.equal(reply['keptBy'], persona);
  await standing.house.outbox.idle();
  const thread = await check('GET', '/microblog/thread/{persona}/{key}', `/microblog/thread/${persona}/${String(post['key'])}`, { token });
  assert.equal((thread['items'] as unknown[]).length, 2);
  await check('DELETE', '/microblog/replies/{persona}/{key}', `/microblog/replies/${other.persona}/${String(reply['key'])}`, { token });
  await check('PUT', '/microblog/posts/{key}/audience', `/microblog/posts/${String(post['key'])}/audience`, { token, body: { audience: 'followers' } });
}

/** Boosting, keeping, quoting, asking and voting, pinning, choosing. */
async function tryPassing(check: Check, standing: Standing, { token, persona, key, other }: Two): Promise<void> {
  const of = '/microblog/posts/{persona}/{key}', real = `/microblog/posts/${persona}/${key}`;
  const { items } = await check('POST', '/microblog/threads', '/microblog/threads', { token, body: {
    posts: [{ text: 'One @bob' }, { text: 'Two', warning: 'long' }], audience: 'house', quotes: 'anyone', poll: { options: ['a', 'b'], minutes: 5, multiple: false },
  } }) as { items: { key: string }[] };
  const poll = items[1]!.key;
  await check('POST', `${of}/vote`, `/microblog/posts/${persona}/${poll}/vote`, { token: other.token, body: { choices: [1] } });
  const quoting = await check('POST', '/microblog/posts', '/microblog/posts', { token: other.token, body: { text: 'Look', audience: 'house', quote: { persona, key: items[0]!.key } } });
  for (const act of ['boost', 'bookmark', 'mute']) await check('PUT', `${of}/${act}`, `${real}/${act}`, { token: other.token });
  await standing.house.outbox.idle();
  const { items: news } = await check('GET', '/news', '/news?kinds=boost,quote', { token });
  assert.equal((news as unknown[]).length, 2);
  const { items: home } = await check('GET', '/microblog/house', '/microblog/house', { token });
  const seen = home as { key: string; boosts?: object; quoted?: { state: string }; body: { poll?: { counts?: number[] } } }[];
  const one = (wanted: unknown) => seen.find((item) => item.key === wanted)!;
  assert.deepEqual([one(quoting['key']).quoted?.state, one(poll).body.poll?.counts, one(key).boosts === undefined], ['shown', [0, 1], false]);
  await check('GET', `${of}/quotes`, `/microblog/posts/${persona}/${items[0]!.key}/quotes`, { token });
  await check('GET', `${of}/votes`, `/microblog/posts/${persona}/${poll}/votes`, { token });
  const { people } = await check('GET', '/microblog/posts/{key}/reactions', `/microblog/posts/${key}/reactions?kind=boost`, { token });
  assert.equal((people as unknown[]).length, 1);
  await check('DELETE', '/microblog/posts/{key}/quotes/{persona}/{by}', `/microblog/posts/${items[0]!.key}/quotes/${other.persona}/${String(quoting['key'])}`, { token });
  await check('PUT', '/microblog/posts/{key}/quotes', `/microblog/posts/${key}/quotes`, { token, body: { quotes: 'nobody' } });
  await check('PUT', '/microblog/posts/{key}/pin', `/microblog/posts/${key}/pin`, { token });
  await check('GET', '/microblog/by/{persona}', `/microblog/by/${persona}`);
  await check('DELETE', '/microblog/posts/{key}/pin', `/microblog/posts/${key}/pin`, { token });
  for (const act of ['boost', 'bookmark', 'mute']) await check('DELETE', `${of}/${act}`, `${real}/${act}`, { token: other.token });
  await check('GET', '/microblog/choices', '/microblog/choices', { token });
  await check('PUT', '/microblog/choices', '/microblog/choices', { token, body: { quotes: 'followers', counts: true, lang: 'en' } });
}

/** Asking to follow somebody locked, and what they do about it. */
async function tryRings(check: Check, standing: Standing, { token, persona, other }: Two): Promise<void> {
  for (const verb of ['mute', 'block']) await check('DELETE', `/people/{persona}/${verb}`, `/people/${other.persona}/${verb}`, { token });
  await check('PUT', '/people/profile', '/people/profile', { token, body: { name: 'Ada L.', locked: true } });
  const ask = () => check('PUT', '/people/{persona}/follow', `/people/${persona}/follow`, { token: other.token });
  await check('DELETE', '/people/{persona}/follow', `/people/${persona}/follow`, { token: other.token });
  await ask();
  await standing.house.outbox.idle();
  assert.equal(((await check('GET', '/people/requests', '/people/requests', { token }))['requests'] as unknown[]).length, 1);
  await check('PUT', '/people/requests/{persona}', `/people/requests/${other.persona}`, { token });
  await check('PUT', '/people/{persona}/close', `/people/${other.persona}/close`, { token });
  assert.equal(((await check('GET', '/people/followers', '/people/followers', { token }))['people'] as unknown[]).length, 1);
  await check('DELETE', '/people/{persona}/close', `/people/${other.persona}/close`, { token });
  await check('DELETE', '/people/followers/{persona}', `/people/followers/${other.persona}`, { token });
  await check('DELETE', '/people/requests/{persona}', `/people/requests/${other.persona}`, { token });
  await standing.house.outbox.idle();
}

/** What stewards do, and what everybody may ask of them. */
async function tryCare(check: Check, { token, other }: Pick<Two, 'token' | 'other'>): Promise<void> {
  const { key } = await check('POST', '/microblog/posts', '/microblog/posts', { token: other.token, body: { text: 'Loud', audience: 'house' } });
  const about = { persona: other.persona, key };
  for (const path of ['/house/page', '/house/people', '/house/actions', '/house/waiting']) await check('GET', path, path, { token });
  const { report } = await check('POST', '/house/reports', '/house/reports', { token, body: { about, reason: 'noise', words: 'Very.' } });
  await check('GET', '/house/reports', '/house/reports?state=open', { token });
  await check('POST', '/house/reports/{id}/answer', `/house/reports/${String(report)}/answer`, { token, body: { act: 'hide', words: 'Quieter, please.' } });
  await check('GET', '/house/reports', '/house/reports?state=done', { token });
  await check('GET', '/house/health', '/house/health', { token });
  await check('GET', '/house/hidden', '/house/hidden', { token });
  const { items } = await check('GET', '/microblog/house', '/microblog/house', { token });
  assert.equal((items as { key: string; hiddenByHouse?: boolean }[]).find((item) => item.key === key)?.hiddenByHouse, true);
  await check('DELETE', '/house/hidden/{persona}/{key}', `/house/hidden/${other.persona}/${String(key)}`, { token });
  await check('PUT', '/house/hidden/{persona}/{key}', `/house/hidden/${other.persona}/${String(key)}`, { token, body: {} });
  const person = `/house/people/${other.persona}`;
  await check('PUT', '/house/people/{persona}/suspended', `${person}/suspended`, { token, body: { words: 'A week.' } });
  await check('GET', '/me', '/me', { token: other.token });
  await check('DELETE', '/house/people/{persona}/suspended', `${person}/suspended`, { token });
  await check('POST', '/house/people/{persona}/expel', `${person}/expel`, { token, body: { days: 3 } });
  await check('DELETE', '/house/people/{persona}/expel', `${person}/expel`, { token });
  for (const role of ['steward', 'member']) await check('PUT', '/house/people/{persona}/role', `${person}/role`, { token, body: { role } });
  const { notices } = await check('GET', '/me/notices', '/me/notices', { token: other.token });
  assert.equal((notices as unknown[]).length, 9);
  await check('DELETE', '/me/notices/{id}', `/me/notices/${(notices as { id: string }[])[0]!.id}`, { token: other.token });
  await check('GET', '/house/people', '/house/people', { token: other.token });
  await check('POST', '/house/people/{persona}/access', `${person}/access`, { token, body: {} });
}

async function tryBlobs(check: Check, { token, persona }: { token: string; persona: string }): Promise<void> {
  const { blob } = await check('POST', '/pods/{persona}/{service}/blobs', `/pods/${persona}/album/blobs`, { token, raw: 'some bytes' });
  const put = await check('POST', '/pods/{persona}/{service}/{collection}/put', `/pods/${persona}/album/pages/put`, { token, body: { items: [{ body: { front: blob } }] } });
  const { key } = (put['items'] as { key: string }[])[0]!;
  await check('GET', '/pods/{persona}/{service}/{collection}/{key}/blobs/{blob}', `/pods/${persona}/album/pages/${key}/blobs/nothing`, { token });
}

async function tryPictures(check: Check, token: string): Promise<void> {
  for (const path of ['/microblog/images', '/people/images']) {
    await check('POST', path, path, { token, raw: await photo() });
    await check('POST', path, path, { token, raw: claimed(30_000, 9) });
  }
}

async function tryLater(check: Check, { token, persona, key }: { token: string; persona: string; key: string }): Promise<void> {
  await tryReading(check, { token, persona });
  await tryPictures(check, token);
  const [draft, due] = ['A'.repeat(22), Date.now() + 86_400_000];
  const body = { parts: [{ text: 'Not yet', warning: 'late' }], audience: 'house', replyTo: { persona, key }, poll: { options: ['a', 'b'], minutes: 5, multiple: false }, lang: 'en' };
  await check('PUT', '/microblog/drafts/{key}', `/microblog/drafts/${draft}`, { token, body });
  await check('GET', '/microblog/drafts', '/microblog/drafts', { token });
  await check('DELETE', '/microblog/drafts/{key}', `/microblog/drafts/${draft}`, { token });
  const made = await check('POST', '/microblog/scheduled', '/microblog/scheduled', { token, body: { ...body, due } });
  await check('GET', '/microblog/scheduled', '/microblog/scheduled', { token });
  await check('PUT', '/microblog/scheduled/{key}', `/microblog/scheduled/${String(made['key'])}`, { token, body: { ...body, due: due + 1 } });
  const waiting = await check('POST', '/microblog/scheduled', '/microblog/scheduled', { token, body: { parts: [{ text: 'Now' }], audience: 'house', due } });
  await check('POST', '/microblog/scheduled/{key}/now', `/microblog/scheduled/${String(waiting['key'])}/now`, { token });
  await check('DELETE', '/microblog/scheduled/{key}', `/microblog/scheduled/${String(made['key'])}`, { token });
}

async function tryReading(check: Check, { token, persona }: { token: string; persona: string }): Promise<void> {
  for (const [route, path] of [['search', 'search?q=one'], ['search', 'search?q=%22&in=own&tag=x'], ['tags/{tag}', 'tags/chor'], ['bookmarks', 'bookmarks?first=2'], ['catch-up', 'catch-up?hours=3'], ['catch-up', 'catch-up?hours=99']] as const) {
    await check('GET', `/microblog/${route}`, `/microblog/${path}`, { token });
  }
  const [marks, lists, filters] = ['/microblog/marks', '/microblog/lists', '/microblog/filters'];
  await check('PUT', marks, marks, { token, body: { home: Buffer.from('1.a').toString('base64url') } });
  await check('GET', marks, marks, { token });
  const list = { name: 'Altos', people: [persona] };
  const one = `${lists}/${String((await check('POST', lists, lists, { token, body: list }))['key'])}`;
  await check('GET', lists, lists, { token });
  await check('PUT', `${lists}/{key}`, one, { token, body: { ...list, replies: true } });
  await check('GET', `${lists}/{key}/posts`, `${one}/posts`, { token });
  await check('DELETE', `${lists}/{key}`, one, { token });
  const filter = { words: ['fish'], how: 'warn', places: ['home'], until: Date.now() };
  const other = `${filters}/${String((await check('POST', filters, filters, { token, body: filter }))['key'])}`;
  await check('GET', filters, filters, { token });
  await check('PUT', `${filters}/{key}`, other, { token, body: { ...filter, whole: true } });
  await check('DELETE', `${filters}/{key}`, other, { token });
}

/** With a service that keeps files, and a page outside that links back to Ada. */
async function standWhole(t: TestContext): Promise<Standing> {
  let page = '';
  const standing = await stand(t, { contracts: contractsWith(nobleSuite, ALBUM, mealsContract(nobleSuite)), fetchPage: () => Promise.resolve(page) });
  page = `<a rel="me" href="${standing.origin}/@ada">`;
  return standing;
}

test('every answer is as the document says, and so is every problem', async (t) => {
  const standing = await standWhole(t);
  const document = await documentOf(standing);
  const tried = new Set<string>();
  const check = checkerOf(standing, document, tried);
  await check('GET', '/house', '/house');
  const { token, persona } = await standing.found();
  tried.add('POST /house/setup');
  await check('GET', '/healthz', '/healthz');
  await check('GET', '/openapi.json', '/openapi.json');
  await check('GET', '/house', '/house');
  await check('PUT', '/house/settings', '/house/settings', { token, body: { note: 'x' } });
  await check('PUT', '/house/network', '/house/network', { token, body: { lan: true } });
  for (const path of ['/house/network', '/house/kit', '/sessions/here']) await check('GET', path, path, { token });
  await check('DELETE', '/house/kit', '/house/kit', { token });
  const { invite } = await check('POST', '/house/invites', '/house/invites', { token, body: { note: 'Hi' } });
  await check('GET', '/house/invites', '/house/invites', { token });
  await check('GET', '/house/invites/{invite}', `/house/invites/${String(invite)}`);
  await check('POST', '/house/prepare', '/house/prepare', { body: { invite } });
  const bob = await check('POST', '/house/join', '/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } });
  await check('POST', '/sessions', '/sessions', { body: { handle: 'bob', passphrase: 'correct horse' } });
  await check('GET', '/me', '/me', { token });
  await check('GET', '/me/devices', '/me/devices', { token });
  await tryKeyLogs(check, token);
  await tryKeys(check, standing, String(invite));
  await check('GET', '/me/log', '/me/log?days=3', { token });
  await check('PUT', '/me/log/settings', '/me/log/settings', { token, body: { keepDays: 30 } });
  await tryTokens(check, token, mealsContract(nobleSuite).service.id);
  await tryPasskeys(check, standing, { token, persona });
  await tryDevices(check, standing, persona);
  await check('PUT', '/me/words', '/me/words', { token, body: { written: true } });
  await check('GET', '/people', '/people', { token });
  await check('GET', '/people/{who}', '/people/bob', { token });
  await check('PUT', '/people/profile', '/people/profile', { token, body: { name: 'Ada L.', bio: 'Alto' } });
  for (const method of ['PUT', 'DELETE']) await check(method, '/people/{persona}/follow', `/people/${String(bob['persona'])}/follow`, { token });
  const post = await check('POST', '/microblog/posts', '/microblog/posts', { token, body: { text: 'One', audience: 'everyone', lang: 'en' } });
  const key = String(post['key']);
  await check('POST', '/microblog/posts', '/microblog/posts', { token: String(bob['session']), body: { text: 'Two', audience: 'house', replyTo: { persona, key } } });
  await tryDistance(check, standing, { token, persona, key, other: { persona: String(bob['persona']), token: String(bob['session']) } });
  for (const path of ['/microblog/home', '/microblog/house']) await check('GET', path, path, { token });
  await check('GET', '/microblog/by/{persona}', `/microblog/by/${String(bob['persona'])}?replies=1`, { token });
  await check('GET', '/microblog/thread/{persona}/{key}', `/microblog/thread/${persona}/${key}`, { token });
  await check('GET', '/pods/{persona}/{service}/{collection}/{key}', `/pods/${persona}/microblog/posts/${key}`);
  const verbs: [string, object][] = [['query', { where: { text: { prefix: 'O' } }, order: ['-createdAt'] }], ['count', { by: 'lang' }], ['put', { items: [{ body: { text: 'Three', createdAt: 1 } }] }],
    ['patch', { where: { text: { eq: 'Three' } }, set: { lang: 'en' } }], ['remove', { where: { text: { eq: 'Three' } } }]];
  for (const [verb, body] of verbs) await check('POST', `/pods/{persona}/{service}/{collection}/${verb}`, `/pods/${persona}/microblog/posts/${verb}`, { token, body });
  await tryBlobs(check, { token, persona });
  await tryLater(check, { token, persona, key });
  await tryJobs(check, standing, { token, persona });
  await tryImports(check, standing, { token, persona });
  await tryCare(check, { token, other: { persona: String(bob['persona']), token: String(bob['session']) } });
  await check('DELETE', '/microblog/posts/{key}', `/microblog/posts/${key}`, { token });
  await check('DELETE', '/house/invites/{invite}', `/house/invites/${String(invite)}`, { token });
  await check('DELETE', '/sessions/{id}', '/sessions/current', { token });
  // Of a house that is full: household/care/care.test.ts; of cookies: accounts.test.ts; of restoring, which only an unfounded house takes: backup/backup.test.ts; of going back: scenarios/upgrade.test.ts.
  for (const route of ['GET /me/export', 'GET /me/services/{persona}/{service}/export', 'GET /me/export/{list}', 'GET /me/imports/{id}/failures', 'POST /house/waiting', 'POST /house/waiting/{id}/invite', 'DELETE /house/waiting/{id}', 'PUT /sessions/here', 'POST /sessions/guest', 'POST /setup/restore', 'POST /setup/restore/look', 'POST /house/program/back', 'POST /oauth/revoke']) tried.add(route);
  tried.add('GET /live').add('GET /pods/{persona}/{service}/{collection}/{key}/blobs/{blob}').add('GET /pods/{persona}/{service}/watch');
  assert.deepEqual([...tried].toSorted(), standing.door.routes.map(({ method, path }) => `${method} ${path}`).toSorted(), 'every route was tried');
  for (const { method, path } of standing.door.routes) await check(method, path, path.replaceAll(/\{\w+\}/g, 'x'), { ...(method !== 'GET' && { body: { no: 1 } }) });
});

test('what the document says of a query is what the gate takes', async (t) => {
  const many = { burst: 1e6, perSecond: 1e6 };
  const standing = await stand(t, { limits: { query: many, write: many } });
  const compile = validatorOf(await documentOf(standing));
  const { token, persona } = await standing.found();
  const says = (verb: 'query' | 'count' | 'remove') => compile(DATA_BODIES[verb]);
  const schemas = { query: says('query'), count: says('count'), remove: says('remove') };
  const value = fc.oneof(fc.constantFrom('a', '', 1, true, null), fc.constantFrom([], {}));
  const sound = fc.constantFrom<object>({ eq: 'a' }, { gte: 1, lt: 2 }, { in: ['a', null] }, { prefix: 'a' }, { contains: 1 }, { nin: [] });
  const condition = fc.oneof({ weight: 6, arbitrary: sound }, fc.dictionary(fc.constantFrom('eq', 'ne', 'lt', 'gte', 'prefix', 'contains', 'in', 'like'), fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 2 }), value);
  const where = fc.letrec<{ where: unknown }>((tie) => ({
    where: fc.oneof({ depthSize: 'small' }, fc.dictionary(fc.constantFrom('text', '$key', 'lang'), condition, { minKeys: 1, maxKeys: 2 }), fc.record({ not: tie('where') }), fc.record({ any: fc.array(tie('where'), { maxLength: 2 }) }), fc.record({ all: condition })),
  })).where;
  const order = fc.constantFrom<unknown>(['text'], ['-$at'], ['-$at', 'lang'], [], ['text', 'text'], 'text', [1]);
  const first = fc.constantFrom<unknown>(1, 500, 20, 0, 501, '1');
  const asked = fc.oneof(fc.record({ where }), fc.record({ where, order }), fc.record({ where, first, select: fc.constantFrom<unknown>(['text'], ['text'], [], 'text') }), fc.record({ where, by: fc.constantFrom('lang', '', 1) }));
  let taken = 0;
  await fc.assert(fc.asyncProperty(asked, fc.constantFrom('query', 'count', 'remove'), async (body, verb) => {
    const { status, json } = await standing.ask(`/pods/${persona}/microblog/posts/${verb}`, { token, body });
    if (status === 200) taken++;
    assert.equal(status === 200 || json['code'] === 'where_needed', schemas[verb](body), `${verb} ${JSON.stringify(body)} ${JSON.stringify(json)}`);
  }), { numRuns: 500 });
  assert.ok(taken > 50, String(taken));
});
