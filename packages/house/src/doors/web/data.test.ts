import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { stand, type Got, type Standing } from './fixture.ts';

const NOBODY = `c${'a'.repeat(52)}`;
const person = (handle: string) => ({ handle, name: handle, passphrase: 'correct horse' });
const timeless = ({ status, headers: { date: _, ...headers }, text }: Got) => ({ status, headers, text });

interface Settled extends Standing { ada: { token: string; persona: string }; bob: { token: string; persona: string } }

async function settle(t: TestContext): Promise<Settled> {
  const standing = await stand(t);
  const ada = await standing.found();
  const { json: { invite } } = await standing.ask('/house/invites', { token: ada.token, body: {} });
  const { json } = await standing.ask('/house/join', { body: { invite, person: person('bob') } });
  return { ...standing, ada, bob: { token: String(json['session']), persona: String(json['persona']) } };
}

test('denied and absent: the same bytes and headers, for every verb and every caller who is not meant', async (t) => {
  const { ask, ada, bob } = await settle(t);
  await ask(`/people/${bob.persona}/block`, { method: 'PUT', token: ada.token });
  const bodies: Record<string, object> = {
    query: { where: { text: { eq: 'x' } } }, count: {}, put: { items: [{ body: { text: 'x', createdAt: 1 } }] }, patch: { where: { text: { eq: 'x' } }, set: { text: 'y' } }, remove: { where: { text: { eq: 'x' } } },
  };
  const due = timeless(await ask(`/pods/${ada.persona}/microblog/posts/AAAAAAAAAAAAAAAAAAAAAA`, { token: bob.token }));
  assert.equal(due.status, 404);
  for (const [verb, body] of Object.entries(bodies)) {
    for (const place of [`${ada.persona}/microblog/posts`, `${ada.persona}/people/links`, `${ada.persona}/microblog/nothing`, `${ada.persona}/nothing/posts`, `${NOBODY}/microblog/posts`, 'x/y/z']) {
      assert.deepEqual(timeless(await ask(`/pods/${place}/${verb}`, { token: bob.token, body })), due, `${verb} ${place}`);
    }
  }
  for (const place of [`${ada.persona}/microblog`, `${ada.persona}/nothing`, `${NOBODY}/microblog`]) {
    assert.deepEqual(timeless(await ask(`/pods/${place}/watch?collections=posts`, { token: bob.token })), due, place);
  }
  assert.deepEqual(timeless(await ask(`/pods/${ada.persona}/people/links/query`, { body: {} })), due);
  assert.equal((await ask(`/pods/${ada.persona}/microblog/posts/put`, { body: bodies['put'] })).status, 401);
});

test('a client of one\'s own: put, query, patch, count, remove; a housemate reads what is theirs to read', async (t) => {
  const { ask, ada, bob } = await settle(t);
  const call = (verb: string, body: object, { token, headers = {} }: { token?: string; headers?: Record<string, string> } = ada) => ask(`/pods/${ada.persona}/microblog/posts/${verb}`, { body, headers, ...(token && { token }) });
  const items = [1, 2, 3].map((createdAt) => ({ body: { text: `post ${createdAt}`, createdAt }, audience: createdAt === 3 ? 'everyone' : 'house' }));
  const first = await call('put', { items }, { ...ada, headers: { 'idempotency-key': 'one' } });
  assert.deepEqual([first.status, (await call('put', { items }, { ...ada, headers: { 'idempotency-key': 'one' } })).text], [200, first.text]);
  const texts = async (who: { token?: string }, body: object) => ((await call('query', body, who)).json['items'] as { body: { text: string } }[]).map((one) => one.body.text);
  assert.deepEqual(await texts(bob, { order: ['-createdAt'] }), ['post 3', 'post 2', 'post 1']);
  assert.deepEqual(await texts({}, {}), ['post 3']);
  assert.deepEqual((await call('patch', { where: { createdAt: { lt: 3 } }, set: { lang: 'en' } })).json, { count: 2 });
  assert.deepEqual((await call('count', { by: 'lang' }, bob)).json, { count: 3, groups: [{ value: null, count: 1 }, { value: 'en', count: 2 }] });
  assert.deepEqual((await call('remove', { where: { lang: { eq: 'en' } } })).json, { count: 2 });
  const bad = await call('put', { items: [{ body: { text: 'x'.repeat(5001), createdAt: 1 } }] });
  assert.deepEqual([bad.status, bad.json['code'], bad.json['field'], bad.headers['content-type']], [400, 'bad_body', 'items.0.body.text', 'application/problem+json']);
  assert.equal((await call('put', { items: Array.from({ length: 50 }, () => ({ body: { text: 'x'.repeat(4000), createdAt: 1 } })) })).status, 200, 'larger than other bodies');
  assert.equal((await call('put', { items: [{ body: { text: 'x'.repeat(1_100_000), createdAt: 1 } }] })).status, 413);
  assert.equal((await call('query', { where: { text: { eq: 'x'.repeat(70_000) } } })).status, 413);
});

interface Stream { frames: string[]; until(part: string): Promise<string>; ended: Promise<void> }

async function watch(t: TestContext, { port }: Standing, path: string, headers: Record<string, string>): Promise<Stream> {
  const sent = request({ port, host: '127.0.0.1', path, agent: false, headers: { host: `localhost:${port}`, ...headers } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'text/event-stream']);
  const frames: string[] = [];
  let rest = '';
  let wake = (): void => {};
  answer.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop()!;
    frames.push(...parts);
    wake();
  });
  const ended = new Promise<void>((resolve) => { answer.once('close', () => resolve()); });
  const until = async (part: string): Promise<string> => {
    for (;;) {
      const found = frames.find((frame) => frame.includes(part));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  };
  return { frames, until, ended };
}

test('watching: what is there, ready, what happens; coming back by Last-Event-ID; ended by the session and by a block', async (t) => {
  const standing = await settle(t);
  const { ask, ada, bob } = standing;
  const put = (text: string) => ask(`/pods/${ada.persona}/microblog/posts/put`, { token: ada.token, body: { items: [{ body: { text, createdAt: 1 } }] } });
  const path = `/pods/${ada.persona}/microblog/watch?collections=posts`;
  await put('one');
  const first = await watch(t, standing, path, { authorization: `Bearer ${bob.token}` });
  const ready = await first.until('event: ready');
  await put('two\n');
  assert.match(await first.until('"two'), /^id: [\w-]{40,}\nevent: put\ndata: \{"collection":"posts","key":"[\w-]{22}","author":"c\w{52}","at":"[0-9a-f]{16}","audience":"house","version":"[\w-]{43}","body":\{.*"two\\n"\}\}$/);
  assert.deepEqual(first.frames.filter((frame) => frame.includes('event: ')).map((frame) => /event: (\w+)/.exec(frame)![1]), ['put', 'ready', 'put']);
  const second = await watch(t, standing, `${path}&since=now`, { authorization: `Bearer ${bob.token}`, 'last-event-id': /id: (\S+)/.exec(ready)![1]! });
  await second.until('event: ready');
  assert.deepEqual(second.frames.filter((frame) => frame.includes('"one"')), []);
  assert.ok(second.frames.some((frame) => frame.includes('"two')));
  for (const [query, code] of [['', 'bad_collections'], ['?collections=', 'too_short'], ['?collections=posts,,x', 'bad_collections'], ['?collections=posts&since=zzzz', 'bad_cursor'], ['?collections=posts&x=1', 'unknown_field'],
    ['?collections=posts&where={"', 'bad_where'], ['?collections=posts&where=[]', 'bad_where'], ['?collections=posts&where={"mood":{"eq":1}}', 'unknown_field']]) {
    assert.equal((await ask(`/pods/${ada.persona}/microblog/watch${query}`, { token: bob.token })).json['code'], code);
  }
  const third = await watch(t, standing, `${path}&where=${encodeURIComponent('{"text":{"prefix":"two"}}')}`, { authorization: `Bearer ${bob.token}` });
  await third.until('event: ready');
  assert.deepEqual(third.frames.filter((frame) => frame.includes('event: put')).map((frame) => frame.includes('"two')), [true]);
  assert.equal((await ask(path)).status, 401);
  await ask(`/people/${bob.persona}/block`, { method: 'PUT', token: ada.token });
  await Promise.all([first.ended, second.ended, third.ended]);
  const mine = await watch(t, standing, path, { authorization: `Bearer ${ada.token}` });
  await mine.until('event: ready');
  await ask('/sessions/current', { method: 'DELETE', token: ada.token });
  await mine.until('event: session-ended');
  await mine.ended;
});

test('a watcher who does not read costs no memory, and has missed nothing when it does', async (t) => {
  const standing = await settle(t);
  const { port, house, ada } = standing;
  const sent = request({ port, host: '127.0.0.1', path: `/pods/${ada.persona}/microblog/watch?collections=posts`, agent: false, headers: { host: `localhost:${port}`, authorization: `Bearer ${ada.token}` } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  answer.pause();
  const caller = { kind: 'person', persona: ada.persona, session: 's' } as const;
  const COUNT = 3000;
  for (let i = 0; i < COUNT; i += 100) {
    await house.gate.data.put(caller, { persona: ada.persona, service: 'microblog', collection: 'posts' },
      { items: Array.from({ length: 100 }, (_, n) => ({ body: { text: `${i + n} ${'x'.repeat(4900)}`, createdAt: 1 } })) });
  }
  let text = '';
  let heard = 0;
  for await (const chunk of answer.setEncoding('utf8')) {
    const frames = (text + String(chunk)).split('\n\n');
    text = frames.pop()!;
    heard += frames.filter((frame) => frame.includes('event: put')).length;
    if (heard === COUNT) break;
  }
  assert.equal(heard, COUNT);
});
