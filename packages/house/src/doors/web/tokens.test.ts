import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { stand, type Standing } from './fixture.ts';

interface Line { who: { kind: string; id?: string; label?: string; handle?: string }; collection: string; verb: string; refused: boolean; rule: string | null; n: number }

async function people(t: TestContext) {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const { json } = await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } });
  const bob = { token: String(json['session']), persona: String(json['persona']) };
  const make = async (of: { token: string }, wish: object) => (await ask('/me/tokens', { token: of.token, body: { label: 'My script', services: null, write: true, ...wish } })).json as { id: string; token: string };
  const put = (token: string, of: { persona: string }, service = 'microblog', collection = 'posts') =>
    ask(`/pods/${of.persona}/${service}/${collection}/put`, { token, body: { items: [{ body: { text: 'hello', createdAt: 1 } }] } });
  const log = async (of: { token: string }): Promise<string[]> => ((await ask('/me/log', { token: of.token })).json['days'] as { lines: Line[] }[])
    .flatMap(({ lines }) => lines).map(({ who, collection, verb, rule, n }) => `${who.kind} ${who.label ?? who.handle ?? ''} ${collection} ${verb} ${rule ?? ''} ${n}`).sort();
  return { ...standing, ada, bob, make, put, log };
}

test('a token works for the data API and to ask whose it is; everywhere else it is refused, whatever the route', async (t) => {
  const { door, ask, ada, make } = await people(t);
  const { token } = await make(ada, {});
  const { json } = await ask('/me', { token });
  assert.deepEqual([json['handle'], json['name'], (json['token'] as { label: string }).label], ['ada', 'Ada', 'My script']);
  let refused = 0;
  for (const { method, path, app } of door.routes) {
    if (app) { assert.match(path, /^\/(pods\/|me$|(microblog|people)\/images$)/); continue; }
    const answer = await ask(path.replaceAll(/\{\w+\}/g, 'x'), { method, token, ...(method !== 'GET' && { body: {} }) });
    assert.deepEqual([answer.status, answer.json['code']], [403, 'token_not_here'], `${method} ${path}`);
    refused++;
  }
  assert.ok(refused > 40);
  assert.equal((await ask('/me', { cookie: `commonhold=${token}` })).status, 401, 'no cookie either');
});

test('a narrowed token: other services and writing are refused in words, the same for what is not there', async (t) => {
  const { ask, ada, bob, make, put, log } = await people(t);
  const reader = (await make(ada, { services: ['microblog'], write: false })).token;
  assert.equal((await put(ada.token, ada)).status, 200);
  const page = await ask(`/pods/${ada.persona}/microblog/posts/query`, { token: reader, body: {} });
  assert.equal((page.json['items'] as object[]).length, 1);
  for (const persona of [ada.persona, bob.persona, `c${'a'.repeat(52)}`]) {
    for (const service of ['people', 'nothing']) {
      for (const path of [`${service}/profile/self`, `${service}/watch?collections=profile`]) {
        const answer = await ask(`/pods/${persona}/${path}`, { token: reader });
        assert.deepEqual([answer.status, answer.json['code']], [403, 'token_services'], path);
      }
    }
    const answer = await put(reader, { persona });
    assert.deepEqual([answer.status, answer.json['code']], [403, 'token_read_only']);
  }
  assert.equal((await ask('/me', { token: reader })).json['name'], 'ada', 'who it is by the handle, since people is not its business');
  const writer = (await make(ada, { label: 'Writer', services: ['microblog'] })).token;
  const { json: { items: [made] } } = await put(writer, ada) as unknown as { json: { items: { key: string }[] } };
  assert.equal((await ask(`/pods/${ada.persona}/microblog/posts/put`, { token: writer, body: { items: [{ key: made!.key, body: { text: 'hello again', createdAt: 1 } }] } })).status, 200);
  assert.equal((await ask(`/pods/${ada.persona}/microblog/posts/remove`, { token: writer, body: { where: { $key: { eq: made!.key } } } })).status, 200);
  assert.deepEqual((await log(ada)).filter((line) => line.startsWith('app')), [
    'app My script  change token_read_only 3', 'app My script  read token_services 6', 'app My script  read token_services 6', 'app My script posts read  1',
    'app Writer posts add  1', 'app Writer posts change  1', 'app Writer posts remove  1',
  ]);
});

test('to others a script is its person: housemates’ reading stays a count, refusals carry the person’s name', async (t) => {
  const { ask, ada, bob, make, put, log } = await people(t);
  const { token } = await make(bob, {});
  assert.equal((await put(ada.token, ada)).status, 200);
  assert.equal((await ask(`/pods/${ada.persona}/microblog/posts/query`, { token, body: {} })).status, 200);
  assert.equal((await ask(`/pods/${ada.persona}/people/links/query`, { token, body: {} })).status, 404);
  assert.deepEqual(await log(ada), ['housemates  posts read  1', 'person bob links read no_rule 1']);
  assert.deepEqual(await log(bob), ['housemates  profile read  1'], 'that ada read a name in her log');
});

async function watch(t: TestContext, { port }: Pick<Standing, 'port'>, path: string, token: string): Promise<{ text(): string; ended: Promise<void>; ready: Promise<void> }> {
  const sent = request({ port, host: '127.0.0.1', path, agent: false, headers: { host: `localhost:${port}`, authorization: `Bearer ${token}` } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  assert.equal(answer.statusCode, 200);
  let text = '';
  let ready = (): void => {};
  const wasReady = new Promise<void>((resolve) => { ready = resolve; });
  answer.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; if (text.includes('event: ready')) ready(); }).on('error', () => {});
  return { text: () => text, ready: wasReady, ended: new Promise((resolve) => { answer.once('close', () => resolve()); }) };
}

test('ending a token ends what it has open, at once; the others go on', async (t) => {
  const { ask, ada, make, put, port } = await people(t);
  const [one, other] = [await make(ada, {}), await make(ada, { label: 'Other' })];
  const path = `/pods/${ada.persona}/microblog/watch?collections=posts`;
  const first = await watch(t, { port }, path, one.token);
  const second = await watch(t, { port }, path, other.token);
  await Promise.all([first.ready, second.ready]);
  assert.equal((await ask(`/me/tokens/${one.id}`, { method: 'DELETE', token: ada.token })).status, 204);
  await first.ended;
  assert.match(first.text(), /event: session-ended/);
  assert.equal((await ask('/me', { token: one.token })).status, 401);
  assert.equal((await put(other.token, ada)).status, 200);
  assert.equal((await ask('/me/tokens', { token: ada.token })).json['tokens'] instanceof Array, true);
  assert.equal((await ask(`/me/tokens/${one.id}`, { method: 'DELETE', token: ada.token })).json['code'], 'token_unknown');
});
