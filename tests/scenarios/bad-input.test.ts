import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { createHash } from 'node:crypto';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join as joinHouse, type Member } from '../support/people.ts';

/* Every route of /openapi.json is a door: a new one is tried here without being named. */

interface Operation { 'x-auth'?: string; requestBody?: { content: Record<string, unknown> }; responses: Record<string, { content?: Record<string, unknown> }> }
interface Door { method: string; path: string; json: boolean; body: boolean; stream: boolean }
interface Answer { status: number; type: string; body: string; cookie: boolean }

const ends: (() => unknown)[] = [];
const t = { after: (end: () => unknown) => { ends.push(end); } };
const data = tempFolder(t, 'bad-input');
let house: HouseProcess, ada: Member, bob: Member, doors: Door[];
/* So many requests are more than one person may send: stewards take turns. */
const stewards: Member[] = [];
let turn = 0;

before(async () => {
  house = await startHouse(t as Parameters<typeof startHouse>[0], { data });
  ada = await found(house);
  const { invite } = await ada.client.invites.make({ uses: 9 });
  bob = await joinHouse(house, invite, 'bob');
  stewards.push(ada);
  for (let n = 1; n < 6; n++) {
    const other = await joinHouse(house, invite, `steward${n}`);
    await ada.client.care.setRole(other.persona, 'steward');
    stewards.push(other);
  }
  await ada.client.microblog.post({ text: 'What was there before', audience: 'everyone' }, 'before');
  const { paths } = JSON.parse((await ask('GET', '/openapi.json', {})).body) as { paths: Record<string, Record<string, Operation>> };
  doors = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { requestBody, responses }]) => ({
    method: method.toUpperCase(), path: path.replace('{persona}', ada.persona).replace('{service}', 'microblog').replace('{collection}', 'posts').replaceAll(/\{\w+\}/g, 'AAAAAAAAAAAAAAAAAAAAAA'),
    json: 'application/json' in (requestBody?.content ?? {}), body: requestBody !== undefined, stream: 'text/event-stream' in (responses['200']?.content ?? {}),
  })));
  assert.ok(doors.length > 60 && doors.filter(({ json }) => json).length > 20);
});
after(async () => { for (const end of ends.reverse()) await end(); });

interface Sent { headers?: Record<string, string>; body?: Buffer | string; as?: Member }

function ask(method: string, path: string, { headers = {}, body, as }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: house.port, host: '127.0.0.1', method, path, agent: false, headers: {
      host: `localhost:${house.port}`, ...(as && { authorization: `Bearer ${as.session}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...(body !== undefined && !headers['transfer-encoding'] && { 'content-length': Buffer.byteLength(body) }), ...headers,
    } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => resolve({
        status: answer.statusCode!, type: answer.headers['content-type'] ?? '', body: text, cookie: answer.headers['set-cookie'] !== undefined,
      }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const codeOf = ({ type, body }: Answer): string => { assert.match(type, /^application\/problem\+json/, body.slice(0, 200)); return (JSON.parse(body) as { code: string }).code; };

/** Every row of every pod: what a refused request must leave alone. */
function state(): string {
  const files = readdirSync(join(data, 'pods')).filter((name) => name.endsWith('.db')).toSorted();
  const hash = createHash('sha256');
  for (const name of [...files.map((file) => join('pods', file)), 'house.db']) {
    const db = new DatabaseSync(join(data, name), { readOnly: true });
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sessions' ORDER BY name").all() as { name: string }[];
    for (const table of tables) for (const row of db.prepare(`SELECT * FROM "${table.name}"`).iterate()) hash.update(JSON.stringify(row));
    db.close();
  }
  return hash.digest('hex');
}

/** Sends something to every door that takes such a thing; each must say no by a code, and nothing may have changed. */
async function everywhere(which: (door: Door) => boolean, sent: (door: Door, as: Member) => Sent, says: (answer: Answer, door: Door) => void): Promise<void> {
  const was = state();
  const as = stewards[turn++ % stewards.length]!;
  let tried = 0;
  for (const door of doors.filter(which)) {
    const answer = await ask(door.method, door.path, sent(door, as));
    assert.ok(answer.status >= 400 && answer.status < 500, `${door.method} ${door.path}: ${answer.status} ${answer.body.slice(0, 200)}`);
    assert.equal(answer.cookie, false);
    says(answer, door);
    tried++;
  }
  assert.ok(tried > 15, `${tried} doors`);
  assert.equal(state(), was, 'something has changed');
  const still = await bob.client.microblog.house();
  assert.ok(still.items.length > 0, 'others go on');
}

const takesJson = ({ json }: Door): boolean => json;

test('10 MB where a few kB are taken: told so in an answer that arrives, with a length and without one', async () => {
  const huge = Buffer.alloc(10 * 1024 * 1024, 0x20);
  await everywhere(takesJson, (_, as) => ({ as, body: huge }), (answer) => assert.equal(codeOf(answer), 'body_too_big'));
  const was = state();
  assert.equal(codeOf(await ask('POST', '/microblog/posts', { as: ada, headers: { 'transfer-encoding': 'chunked' }, body: huge })), 'body_too_big');
  assert.equal(state(), was);
});

const BODIES: readonly [string, Buffer | string, string][] = [
  ['a hundred thousand levels deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'too_deep'],
  ['not UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'bad_utf8'],
  ['names that are in every object', '{"__proto__":{"admin":true}}', 'reserved_name'],
  ['a name twice', '{"text":"one","text":"two"}', 'duplicate_name'],
  ['cut off', '{"text":"on', 'bad_json'],
];

for (const [name, body, code] of BODIES) {
  test(`a body that is ${name}`, () => everywhere(takesJson, (_, as) => ({ as, body }), (answer) => assert.equal(codeOf(answer), code)));
}

test('fields that nobody asked for, among them the names of what every object has', () =>
  everywhere(takesJson, (_, as) => ({ as, body: '{"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":null}' }), (answer) => { codeOf(answer); }));

test('another site: with a cookie and a foreign or no Origin nothing is written', () => {
  // What apps of services ask from their own sites takes no cookie, so that one does no harm.
  const writes = ({ method, path }: Door) => method !== 'GET' && method !== 'HEAD' && path !== '/oauth/token' && path !== '/oauth/revoke';
  const cookie = ({ session }: Member) => `commonhold=${session}`;
  return everywhere(writes, ({ json }, as) => ({ headers: { cookie: cookie(as), origin: 'https://evil.example' }, ...(json && { body: '{}' }) }), (answer) => assert.equal(codeOf(answer), 'wrong_origin'))
    .then(() => everywhere(writes, ({ json }, as) => ({ headers: { cookie: cookie(as) }, ...(json && { body: '{}' }) }), (answer) => assert.equal(codeOf(answer), 'wrong_origin')));
});

test('a form of another site, which needs no leave to be sent, is not read as JSON', () =>
  everywhere(takesJson, (_, as) => ({ as, headers: { 'content-type': 'text/plain' }, body: '{"a":"=b"}' }), (answer) => assert.equal(codeOf(answer), 'not_json')));

test('a name that somebody pointed at this house is answered by no door', () =>
  everywhere(() => true, ({ json }, as) => ({ as, headers: { host: `evil.example:${house.port}` }, ...(json && { body: '{}' }) }), (answer) => {
    assert.deepEqual([answer.status, codeOf(answer)], [421, 'wrong_host']);
  }));

test('a session that somebody else chose is taken by no door', () => {
  const chosen = 'A'.repeat(43);
  return everywhere(({ path, method }) => method !== 'GET' && !/^\/(sessions|links|house\/(prepare|setup|join))/.test(path), ({ json }) => ({ headers: { authorization: `Bearer ${chosen}` }, ...(json && { body: '{}' }) }), (answer) => {
    assert.equal(codeOf(answer), 'session_unknown');
  });
});

test('what is no HTTP, half a request, and a hundred heads: closed, and nobody waits', async () => {
  for (const bytes of ['\u0016\u0003\u0001\u0002\u0000\u0001', 'GET / HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(20_000)}\r\n`, 'POST /sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n']) {
    const socket = connect({ port: house.port, host: '127.0.0.1' }).on('error', () => {});
    await once(socket, 'connect');
    let heard = '';
    socket.on('data', (chunk: Buffer) => { heard += chunk.toString('latin1'); });
    socket.write(bytes, 'latin1');
    await new Promise((resolve) => { socket.once('close', resolve); });
    assert.match(heard, /^$|^HTTP\/1\.1 4/);
  }
  const half = connect({ port: house.port, host: '127.0.0.1' }).on('error', () => {});
  half.write(`POST /microblog/posts HTTP/1.1\r\nHost: localhost:${house.port}\r\nAuthorization: Bearer ${ada.session}\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{"text":"never to be se`);
  await once(half, 'connect');
  const was = (await bob.client.microblog.house()).items.length;
  half.destroy();
  assert.equal((await bob.client.microblog.house()).items.length, was);
});

const HTML = '<img src=x onerror=alert(1)><script>alert(2)</script>';

/** Puts it wherever people write for others to read; answers a post that says it. */
async function sayHtml(): Promise<string> {
  const { client } = ada;
  const { key } = await client.microblog.post({ text: HTML, warning: HTML, poll: { options: [HTML, `${HTML} too`], minutes: 60, multiple: false }, audience: 'everyone' }, 'html');
  await client.people.setProfile({ name: HTML, bio: HTML, fields: [{ name: HTML.slice(0, 30), value: HTML }] });
  await client.people.setPetname(bob.persona, HTML);
  await client.house.settings({ title: HTML, note: HTML, rules: [HTML], front: true });
  await client.me.setPublicFace({ open: true, listed: true, front: true });
  await client.me.makeToken({ label: HTML, services: null, write: false });
  await client.care.report({ about: { persona: bob.persona }, reason: 'other', words: HTML });
  await client.data.put({ persona: ada.persona, service: 'microblog', collection: 'lists' }, [{ body: { name: HTML, people: [], createdAt: 1 } }]);
  await house.client().sessions.start({ handle: 'ada', passphrase: 'correct horse battery staple', label: HTML });
  return key;
}

test('HTML in every text: kept as the text that it is, and no door sends it as what a browser takes for a page', async () => {
  const key = await sayHtml();
  const { invite } = JSON.parse((await ask('POST', '/house/invites', { as: ada, body: JSON.stringify({ note: HTML }) })).body) as { invite: string };
  const said = JSON.stringify(HTML).slice(1, -1);
  for (const path of [`/pods/${ada.persona}/microblog/posts/${key}`, `/people/${ada.persona}`, '/house', `/house/invites/${invite}`, '/microblog/house', '/people']) {
    const answer = await ask('GET', path, { as: bob });
    assert.match(answer.type, /^application\/json/, path);
    assert.ok(answer.body.includes(said), path);
  }
  const pages = ['/', '/@ada', `/@ada/${key}`, '/@ada/feed.atom', '/@ada/feed.rss', `/@${encodeURIComponent(HTML)}`];
  const doorways = doors.filter(({ method, stream }) => method === 'GET' && !stream).map(({ path }) => path);
  let seen = 0;
  for (const path of [...doorways, ...pages]) {
    for (const as of [ada, undefined]) {
      const { type, body } = await ask('GET', path, { headers: { accept: path.startsWith('/@') || path === '/' ? 'text/html' : '*/*' }, ...(as && { as }) });
      if (body.includes('&lt;script')) seen++;
      if (/json/.test(type) || !body.includes('<img src=x')) continue;
      assert.match(type, /octet-stream|application\/(x-ndjson|jsonl|zip)/, `${path} sends it as ${type}`);
    }
  }
  assert.ok(seen > 3, `${seen} pages have it in words`);
});

test('an idempotency key means the same after the house was killed', async () => {
  const body = JSON.stringify({ text: 'Only once', audience: 'house' });
  const once1 = await ask('POST', '/microblog/posts', { as: bob, body, headers: { 'idempotency-key': 'across-a-restart' } });
  await house.kill();
  house = await startHouse(t as Parameters<typeof startHouse>[0], { data, port: house.port });
  const again = await ask('POST', '/microblog/posts', { as: bob, body, headers: { 'idempotency-key': 'across-a-restart' } });
  assert.equal(again.status, 201);
  assert.equal((JSON.parse(again.body) as { key: string }).key, (JSON.parse(once1.body) as { key: string }).key);
  const other = await ask('POST', '/microblog/posts', { as: bob, body: JSON.stringify({ text: 'Another', audience: 'house' }), headers: { 'idempotency-key': 'across-a-restart' } });
  assert.equal(codeOf(other), 'key_reused');
  const page = await house.client(bob.session).microblog.house();
  assert.equal(page.items.filter(({ body: { text } }) => text === 'Only once').length, 1);
});
