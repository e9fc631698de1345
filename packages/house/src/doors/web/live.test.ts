import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';
import { askOf, newKeys } from '../../testing/keys.ts';
import { stand, type Standing } from './fixture.ts';

interface Event { type: string; data: Record<string, unknown> }

async function listen(t: TestContext, { port }: Standing, token: string): Promise<{ next(): Promise<Event>; ended: Promise<void> }> {
  const sent = request({ port, host: '127.0.0.1', path: '/live', agent: false, headers: { host: `localhost:${port}`, authorization: `Bearer ${token}` } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  assert.deepEqual([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']], [200, 'text/event-stream', 'no-store']);
  const events: Event[] = [];
  const waiting: ((event: Event) => void)[] = [];
  let rest = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop()!;
    for (const frame of frames) {
      const found = /^event: ([^\n]+)\ndata: ([^\n]+)$/.exec(frame);
      if (!found) continue;
      const event = { type: found[1]!, data: JSON.parse(found[2]!) as Record<string, unknown> };
      const wanted = waiting.shift();
      if (wanted) wanted(event); else events.push(event);
    }
  });
  answer.on('error', () => {});
  const ended = new Promise<void>((resolve) => { answer.once('close', () => resolve()); });
  return { ended, next: () => new Promise((resolve) => { const event = events.shift(); if (event) resolve(event); else waiting.push(resolve); }) };
}

test('posts, removals, news of the house, the end of a session', async (t) => {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const ears = await listen(t, standing, ada.token);
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const bob = String((await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } })).json['session']);
  assert.deepEqual(await ears.next(), { type: 'house', data: { people: 2, title: 'Choir', postLimit: 500 } });
  await ask('/house/settings', { method: 'PUT', token: ada.token, body: { title: 'Chor', postLimit: 140 } });
  assert.deepEqual(await ears.next(), { type: 'house', data: { people: 2, title: 'Chor', postLimit: 140 } }, 'told once all of it is so');
  await ask('/house/settings', { method: 'PUT', token: ada.token, body: { title: 'Choir', postLimit: 500 } });
  await ears.next();
  const post = (await ask('/microblog/posts', { token: bob, body: { text: 'line\none\r\ntwo\u2028', audience: 'house' } })).json;
  const heard = await ears.next();
  assert.equal(heard.type, 'post');
  assert.deepEqual((heard.data['item'] as { key: string; body: { text: string } }).body.text, 'line\none\r\ntwo\u2028');
  await ask(`/microblog/posts/${String(post['key'])}`, { method: 'DELETE', token: bob });
  assert.deepEqual(await ears.next(), { type: 'remove', data: { persona: post['persona'], key: post['key'] } });
  assert.equal((await ask('/live')).status, 401);
  const others = await listen(t, standing, bob);
  await ask('/sessions/current', { method: 'DELETE', token: ada.token });
  assert.deepEqual(await ears.next(), { type: 'session-ended', data: {} });
  await ears.ended;
  await ask('/house/settings', { method: 'PUT', token: bob, body: { title: 'x' } });
  standing.door.close();
  await others.ended;
});

test('news reaches the one whom it is for, by name and with what is unread', async (t) => {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const { session, persona } = (await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } })).json;
  const bob = String(session);
  const { key } = (await ask('/microblog/posts', { token: ada.token, body: { text: 'one', audience: 'house' } })).json;
  await standing.house.views.ask(() => {});
  const ears = await listen(t, standing, ada.token);
  await ask(`/microblog/posts/${ada.persona}/${String(key)}/like`, { method: 'PUT', token: bob });
  const likes = async () => { const { type, data } = await ears.next(); return [type, data['key'], (data['likes'] as { people: { handle: string }[] }).people.map(({ handle }) => handle)]; };
  assert.deepEqual(await likes(), ['likes', key, ['bob']]);
  const { type, data } = await ears.next();
  const { kind, who, post } = data['item'] as { kind: string; who: string[]; post: { key: string } };
  assert.deepEqual([type, data['unread'], kind, who, post.key], ['news', 1, 'like', [persona], key]);
  assert.equal((data['people'] as Record<string, { handle: string }>)[String(persona)]!.handle, 'bob');
  await ask(`/microblog/posts/${ada.persona}/${String(key)}/like`, { method: 'DELETE', token: bob });
  assert.deepEqual(await likes(), ['likes', key, []]);
  assert.deepEqual(await ears.next(), { type: 'news', data: { unread: 0, item: null, people: {} } });
});

test('a client that does not read is dropped, and the others go on', async (t) => {
  const standing = await stand(t);
  const { port, house, found } = standing;
  const { token } = await found();
  const listeners: ((event: { type: string; data: string }) => void)[] = [];
  const { live } = house.microblog;
  const both = Promise.withResolvers<void>();
  house.microblog.live = (caller, listener) => {
    if (listeners.push(listener) === 2) both.resolve();
    return live(caller, listener);
  };
  const reading = await listen(t, standing, token);
  const deaf = connect(port, '127.0.0.1');
  const dropped = new Promise<void>((resolve) => { deaf.once('close', () => resolve()); });
  deaf.on('error', () => {});
  deaf.write(`GET /live HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await both.promise;
  const data = JSON.stringify({ filling: 'x'.repeat(60_000) });
  for (let i = 0; i < 400; i++) {
    for (const listener of listeners) listener({ type: 'post', data });
    await reading.next();
  }
  deaf.resume();
  await dropped;
  assert.equal((await standing.ask('/healthz')).status, 200);
});

test('one person has a bounded number of streams', async (t) => {
  const standing = await stand(t);
  const { token } = await standing.found();
  const first = await listen(t, standing, token);
  for (let i = 0; i < 12; i++) await listen(t, standing, token);
  await first.ended;
});

test('an owner hears within a second of a delivery that has a name, and of no other', async (t) => {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const bob = (await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } })).json;
  const ears = await listen(t, standing, ada.token);
  await ask('/people/ada', { token: String(bob['session']) });
  await ask('/sessions', { body: { handle: 'ada', passphrase: 'a guess' } });
  for (let i = 0; i < 3; i++) await ask(`/pods/${ada.persona}/people/links/nothing`, { token: String(bob['session']) });
  const heard = [await ears.next(), await ears.next()].map(({ type, data }) => [type, (data['line'] as { who: { kind: string }; rule: string; n: number })] as const);
  const brief = heard.map(([type, { who, rule, n }]) => `${type} ${who.kind} ${rule} ${n}`).sort();
  assert.deepEqual(brief, ['log anyone wrong_passphrase 1', 'log person no_rule 3']);
});

test('links of one\'s own are told, and nobody else\'s', async (t) => {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const bob = (await ask('/house/join', { body: { invite, person: { handle: 'bob', name: 'Bob', passphrase: 'correct horse' } } })).json as { session: string };
  const [hers, his] = [await listen(t, standing, ada.token), await listen(t, standing, bob.session)];
  const open = async (token: string) => String((await ask('/me/links', { token, body: {} })).json['link']);
  const link = await open(ada.token);
  const { ask: asked } = askOf(new Uint8Array(16), newKeys(), 'Phone');
  await ask(`/links/${link}`, { body: asked });
  assert.deepEqual(await hers.next(), { type: 'link', data: { link, state: 'asked', device: asked.device, label: 'Phone', mac: asked.mac } });
  const own = await open(bob.session);
  await ask(`/me/links/${own}`, { method: 'DELETE', token: bob.session });
  assert.deepEqual(await his.next(), { type: 'link', data: { link: own, state: 'ended' } }, 'the first that he hears');
});
