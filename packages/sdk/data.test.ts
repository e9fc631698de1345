import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, createClient, type DataEvent } from './index.ts';

const POSTS = { persona: 'c/a', service: 'microblog', collection: 'posts' };

const said = (text: string): unknown => { try { return JSON.parse(text); } catch { return text; } };

test('each verb has its address, body and key', async () => {
  const calls: [string | undefined, string, unknown, string | null][] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    calls.push([init?.method, String(url), init?.body === undefined ? null : said(String(init.body)), new Headers(init?.headers).get('idempotency-key')]);
    return new Response('{}');
  };
  const { data } = createClient({ fetch });
  await data.get(POSTS, 'k');
  await data.query(POSTS, { where: { all: [{ text: { prefix: 'a' } }, { not: { $author: { eq: 'x' } } }] }, order: ['-createdAt'], first: 5 });
  await data.count(POSTS);
  await data.put(POSTS, [{ body: { text: 'x' }, ifVersion: null }], 'once');
  await data.patch(POSTS, { lang: { eq: 'en' } }, { lang: null });
  await data.remove(POSTS, { $key: { in: ['a'] } }, 'twice');
  await data.uploadBlob(POSTS, new TextEncoder().encode('{}'));
  assert.equal(createClient({ base: 'http://h' }).data.blobUrl(POSTS, 'k/', 'b'), 'http://h/pods/c%2Fa/microblog/posts/k%2F/blobs/b');
  await data.receive('c/a', '{}\n{}\n');
  assert.deepEqual(calls, [
    ['GET', '/pods/c%2Fa/microblog/posts/k', null, null],
    ['POST', '/pods/c%2Fa/microblog/posts/query', { where: { all: [{ text: { prefix: 'a' } }, { not: { $author: { eq: 'x' } } }] }, order: ['-createdAt'], first: 5 }, null],
    ['POST', '/pods/c%2Fa/microblog/posts/count', {}, null],
    ['POST', '/pods/c%2Fa/microblog/posts/put', { items: [{ body: { text: 'x' }, ifVersion: null }] }, 'once'],
    ['POST', '/pods/c%2Fa/microblog/posts/patch', { where: { lang: { eq: 'en' } }, set: { lang: null } }, null],
    ['POST', '/pods/c%2Fa/microblog/posts/remove', { where: { $key: { in: ['a'] } } }, 'twice'],
    ['POST', '/pods/c%2Fa/microblog/blobs', '123,125', null],
    ['POST', '/pods/c%2Fa/records', '{}\n{}\n', null],
  ]);
});

test('a watch is read event by event, however it is cut', async () => {
  const text = 'retry: 2000\n: hello\n\nid: 1\nevent: put\ndata: {"collection":"posts","key":"k","body":{"text":"é: x"}}\n\n: ping\n\nid: 2\nevent: remove\ndata: {"collection":"posts","key":"k"}\n\nid: 3\nevent: ready\ndata: {}\n\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 7, bytes.length]) {
    let asked = '';
    const fetch: typeof globalThis.fetch = async (url) => {
      asked = String(url);
      return new Response(new ReadableStream({ start: (out) => { for (let i = 0; i < bytes.length; i += size) out.enqueue(bytes.slice(i, i + size)); out.close(); } }));
    };
    const events: DataEvent[] = [];
    for await (const event of createClient({ fetch }).data.watch({ persona: 'ca', service: 'microblog', collections: ['posts', 'likes'], since: 'now' })) events.push(event);
    assert.equal(asked, '/pods/ca/microblog/watch?collections=posts%2Clikes&since=now');
    assert.deepEqual(events.map(({ type, id, data }) => [type, id, 'key' in data ? data.key : '']), [['put', '1', 'k'], ['remove', '2', 'k'], ['ready', '3', '']]);
    assert.deepEqual(events[0]?.type === 'put' && events[0].data.body, { text: 'é: x' });
  }
  let asked = '';
  const fetch: typeof globalThis.fetch = async (url) => { asked = String(url); return new Response(''); };
  await createClient({ fetch }).data.watch({ persona: 'ca', service: 'x', collections: [], counts: ['y'], where: { diet: { in: ['vegan', 'ä&='] } } }).next();
  assert.deepEqual(JSON.parse(new URL(asked, 'http://h.example').searchParams.get('where')!), { diet: { in: ['vegan', 'ä&='] } });
  const refusing: typeof globalThis.fetch = async () => new Response('{"code":"not_found","detail":"…"}', { status: 404 });
  await assert.rejects(createClient({ fetch: refusing }).data.watch({ persona: 'ca', service: 'x', collections: ['y'] }).next(), (error) => error instanceof ApiError && error.code === 'not_found');
});
