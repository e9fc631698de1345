import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nobleSuite } from '@commonhold/core/noble';
import { ALBUM, contractsWith } from '../../testing/album.ts';
import { BLOB_BUDGET } from '../../firewall/index.ts';
import { stand, type Got, type Standing } from './fixture.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('0123456789'.repeat(10))]);

interface Album extends Standing { token: string; persona: string; folder: string; send(bytes: Buffer, options?: { token?: string; headers?: Record<string, string> }): Promise<Got>; put(body: object, more?: object): Promise<string> }

async function album(t: TestContext): Promise<Album> {
  const standing = await stand(t, { contracts: contractsWith(nobleSuite, ALBUM) });
  const { token, persona } = await standing.found();
  const { pod } = standing.house.household.personOf(persona)!;
  return {
    ...standing, token, persona, folder: join(standing.house.config.data, 'pods', `${pod}.blobs`),
    send: (raw, { token: other = token, headers = {} } = {}) => standing.ask(`/pods/${persona}/album/blobs`, { raw, token: other, headers: { 'content-type': 'image/png', ...headers } }),
    put: async (body, more = {}) => {
      const got = await standing.ask(`/pods/${persona}/album/pages/put`, { token, body: { items: [{ body, ...more }] } });
      assert.equal(got.status, 200, got.text);
      return (got.json as unknown as { items: { key: string }[] }).items[0]!.key;
    },
  };
}

const files = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name) : []);

test('bytes are sent first, then named, then read by the record that names them', async (t) => {
  const { ask, send, put, token, persona, folder } = await album(t);
  const sent = await send(PNG);
  const blob = hashOf(PNG);
  assert.deepEqual([sent.status, sent.json], [201, { blob, bytes: PNG.length }]);
  assert.equal((await send(PNG)).status, 201, 'again is the same');
  const key = await put({ title: 'Sea', front: blob });
  const path = `/pods/${persona}/album/pages/${key}/blobs/${blob}`;
  const got = await ask(path, { token });
  assert.deepEqual([got.status, got.text], [200, PNG.toString()]);
  const { 'content-type': type, 'content-length': length, etag, 'content-security-policy': policy, 'x-content-type-options': sniff, 'cross-origin-resource-policy': corp, 'content-disposition': shown, 'cache-control': cache } = got.headers;
  assert.deepEqual({ type, length, etag, policy, sniff, corp, shown, cache }, {
    type: 'image/png', length: String(PNG.length), etag: `"${blob}"`, policy: "sandbox; default-src 'none'", sniff: 'nosniff', corp: 'same-origin', shown: 'inline', cache: 'private, max-age=600, immutable',
  });
  const head = await ask(path, { token, method: 'HEAD' });
  assert.deepEqual([head.status, head.text, head.headers['content-length'], head.headers['content-type']], [200, '', String(PNG.length), 'image/png']);
  assert.deepEqual(files(folder), [Buffer.from(blob, 'base64url').toString('hex')]);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(folder, files(folder)[0]!.slice(0, 2), files(folder)[0]!)).mode & 0o777, 0o600);
});

test('ranges, tags and what is not there', async (t) => {
  const { ask, send, put, token, persona } = await album(t);
  const blob = hashOf(PNG);
  await send(PNG);
  const key = await put({ front: blob });
  const path = `/pods/${persona}/album/pages/${key}/blobs/${blob}`;
  const get = async (headers: Record<string, string>) => { const { status, text, headers: { 'content-range': range } } = await ask(path, { token, headers }); return [status, text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : text, range]; };
  const whole = PNG.toString(), size = PNG.length;
  assert.deepEqual(await get({ range: 'bytes=8-11' }), [206, '0123', `bytes 8-11/${size}`]);
  assert.deepEqual(await get({ range: 'bytes=-3' }), [206, '789', `bytes ${size - 3}-${size - 1}/${size}`]);
  assert.deepEqual(await get({ range: `bytes=${size - 1}-` }), [206, '9', `bytes ${size - 1}-${size - 1}/${size}`]);
  assert.deepEqual(await get({ range: `bytes=${size}-` }), [416, 'range_unsatisfiable', `bytes */${size}`]);
  assert.deepEqual(await get({ range: 'bytes=0-1,3-4' }), [200, whole, undefined]);
  assert.deepEqual(await get({ range: 'bytes=8-11', 'if-range': `"${blob}"` }), [206, '0123', `bytes 8-11/${size}`]);
  assert.deepEqual(await get({ range: 'bytes=8-11', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' }), [200, whole, undefined]);
  assert.deepEqual(await get({ 'if-none-match': `"x", W/"${blob}"` }), [304, '', undefined]);
  const absent = await ask(`/pods/${persona}/album/pages/${key.slice(1)}A/blobs/${blob}`, { token });
  for (const other of [path.slice(0, -1), `${path.slice(0, -43)}${hashOf(Buffer.of(1))}`, path.replace('/pages/', '/cards/'), path.replace('/album/', '/people/'), path.replace('/album/', '/nothing/')]) {
    const got = await ask(other, { token });
    assert.deepEqual([got.status, got.text], [404, absent.text], other);
  }
  const stranger = await ask(path);
  assert.deepEqual([stranger.status, stranger.text], [404, absent.text]);
});

test('bytes that are not what they were named, or that nobody sent here, are named in vain', async (t) => {
  const { ask, token, persona } = await album(t);
  const got = await ask(`/pods/${persona}/album/pages/put`, { token, body: { items: [{ body: {} }, { body: { shots: [{ alt: 'x' }, { picture: hashOf(PNG) }] } }] } });
  assert.deepEqual([got.status, got.json['code'], got.json['field']], [400, 'blob_unknown', 'items.1.body.shots.1.picture']);
  const none = await ask(`/pods/${persona}/album/pages/count`, { token, body: {} });
  assert.deepEqual(none.json, { count: 0 });
});

test('what may not be sent is refused before it is read, and leaves nothing', async (t) => {
  const { ask, send, folder, token, persona, house, port } = await album(t);
  const codes = async (...asks: Promise<Got>[]) => (await Promise.all(asks)).map(({ status, json }) => [status, json['code']]);
  assert.deepEqual(await codes(
    send(Buffer.alloc(0)), ask(`/pods/${persona}/news/blobs`, { raw: PNG, token }), ask(`/pods/${persona}/nothing/blobs`, { raw: PNG, token }), ask(`/pods/${persona.replace('c', 'd')}/album/blobs`, { raw: PNG, token }),
    ask(`/pods/${persona}/album/blobs`, { raw: PNG }), ask(`/pods/${persona}/album/blobs`, { raw: PNG, cookie: `commonhold=${token}` }),
  ), [[400, 'blob_empty'], [400, 'no_blobs'], [404, 'not_found'], [404, 'not_found'], [401, 'sign_in_first'], [403, 'wrong_origin']]);
  assert.equal((await ask('/house/settings', { method: 'PUT', token, body: { blobBytes: 1000 } })).status, 200);
  assert.deepEqual(await codes(send(Buffer.alloc(1001))), [[409, 'pod_full']]);
  assert.deepEqual(await codes(send(Buffer.alloc(600, 1))), [[201, undefined]]);
  assert.deepEqual(await codes(send(Buffer.alloc(600, 2))), [[409, 'pod_full']]);
  house.household.settings.set('blobBytes', BLOB_BUDGET);
  // Announced as too long, and cut off in the middle.
  for (const [length, code] of [[64 * 1024 * 1024 + 1, '413'], [5000, '']] as const) {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /pods/${persona}/album/blobs HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\ncontent-length: ${length}\r\n\r\n${'x'.repeat(1000)}`);
    if (code === '') { while (files(folder).length < 2) await new Promise(setImmediate); socket.destroy(); } else assert.match(String((await once(socket, 'data'))[0]), /^HTTP\/1.1 413/);
    await once(socket, 'close');
  }
  while (files(folder).length > 1) await new Promise(setImmediate);
  assert.deepEqual(files(folder), [createHash('sha256').update(Buffer.alloc(600, 1)).digest('hex')]);
});

test('who is refused while still sending hears why, and the connection goes on', async (t) => {
  const { token, persona, house, port } = await album(t);
  house.household.settings.set('blobBytes', 1000);
  const socket = connect(port, '127.0.0.1');
  t.after(() => socket.destroy());
  const told = async (): Promise<string> => String((await once(socket, 'data'))[0]);
  socket.write(`POST /pods/${persona}/album/blobs HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\ncontent-length: 1001\r\n\r\n${'x'.repeat(500)}`);
  assert.match(await told(), /^HTTP\/1.1 409 [^]*pod_full/);
  socket.write(`${'x'.repeat(501)}GET /healthz HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`);
  assert.match(await told(), /^HTTP\/1.1 200/);
});

test('so many at once and no more; the same bytes twice at once are one', async (t) => {
  const { send, folder, token, persona, port } = await album(t);
  const bytes = randomBytes(300_000);
  const [one, two] = await Promise.all([send(bytes), send(bytes)]);
  assert.deepEqual([one.status, two.status, one.text], [201, 201, two.text]);
  assert.equal(files(folder).length, 1);
  const open = await Promise.all([1, 2, 3].map(async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /pods/${persona}/album/blobs HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\ncontent-length: 5000\r\n\r\nx`);
    return socket;
  }));
  while (files(folder).length < 4) await new Promise(setImmediate);
  const refused = await send(PNG);
  assert.deepEqual([refused.status, refused.json['code']], [429, 'too_many_uploads']);
  for (const socket of open) socket.destroy();
  while (files(folder).length > 1) await new Promise(setImmediate);
  assert.equal((await send(PNG)).status, 201);
});
