import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, createClient } from './index.ts';

/** A fetch that keeps what it was asked and answers the same always. */
function recorder(status: number, body: unknown) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    calls.push({ url: String(url), init: init ?? {} });
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json', 'retry-after': '7' } });
  };
  return { calls, fetch };
}

test('a post carries its idempotency key, session and JSON body', async () => {
  const { calls, fetch } = recorder(201, { key: 'k' });
  const client = createClient({ base: 'http://house.test', fetch, session: 's' });
  await client.microblog.post({ text: 'hello', audience: 'house' }, 'once');
  const headers = new Headers(calls[0]?.init.headers);
  assert.equal(calls[0]?.url, 'http://house.test/microblog/posts');
  assert.deepEqual([headers.get('idempotency-key'), headers.get('authorization'), headers.get('content-type')], ['once', 'Bearer s', 'application/json']);
  assert.deepEqual(JSON.parse(String(calls[0]?.init.body)), { text: 'hello', audience: 'house' });
});

test('no id can reach another route', async () => {
  const { calls, fetch } = recorder(204, null);
  await createClient({ fetch }).microblog.remove('../../me');
  assert.equal(calls[0]?.url, '/microblog/posts/..%2F..%2Fme');
});

test('cursors are sent only when set', async () => {
  const { calls, fetch } = recorder(200, {});
  const client = createClient({ fetch });
  await client.microblog.home();
  await client.microblog.by('cabc', { before: 'a b', replies: true });
  assert.deepEqual(calls.map((call) => call.url), ['/microblog/home', '/microblog/by/cabc?before=a+b&replies=1']);
});

test('likes name the post, kinds of news are one list, a mute without a time has none', async () => {
  const { calls, fetch } = recorder(200, {});
  const client = createClient({ fetch });
  await client.microblog.like({ persona: 'cabc', key: 'k/1' });
  await client.news.list({ kinds: ['reply', 'like'], first: 5 });
  await client.people.mute('cabc');
  await client.people.mute('cabc', 7);
  assert.deepEqual(calls.map(({ url }) => decodeURIComponent(url)), ['/microblog/posts/cabc/k/1/like', '/news?first=5&kinds=reply,like', '/people/cabc/mute', '/people/cabc/mute']);
  assert.deepEqual(calls.map(({ init }) => [init.method ?? 'GET', init.body]), [['PUT', undefined], ['GET', undefined], ['PUT', '{}'], ['PUT', '{"until":7}']]);
});

test('a problem becomes an ApiError with its field', async () => {
  const { fetch } = recorder(409, { code: 'handle_taken', detail: 'That name is taken.', field: 'person.handle' });
  await assert.rejects(createClient({ fetch }).me.get(), (error) => error instanceof ApiError
    && error.status === 409 && error.code === 'handle_taken' && error.field === 'person.handle' && error.retryAfter === 7);
});

test('an answer that is no problem document still has a code', async () => {
  const fetch: typeof globalThis.fetch = async () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' });
  await assert.rejects(createClient({ fetch }).house.get(), { name: 'ApiError', status: 502, code: 'http_502' });
});

test('no answer is an ApiError of status 0', async () => {
  const fetch: typeof globalThis.fetch = async () => { throw new TypeError('failed'); };
  await assert.rejects(createClient({ fetch }).house.get(), { name: 'ApiError', status: 0, code: 'unreachable' });
});

test('an answer that breaks off is none', async () => {
  const fetch: typeof globalThis.fetch = async () => new Response('{"key":"k', { status: 201 });
  await assert.rejects(createClient({ fetch }).me.get(), { name: 'ApiError', status: 0, code: 'unreachable' });
});

test('a call that its caller ended stays an AbortError', async () => {
  const ended = AbortSignal.abort();
  const fetch: typeof globalThis.fetch = async (_, init) => { init?.signal?.throwIfAborted(); return new Response('{}'); };
  await assert.rejects(createClient({ fetch }).house.get({ signal: ended }), { name: 'AbortError' });
});
