import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { photo } from '../../testing/pictures.ts';
import { stand } from './fixture.ts';

interface Sent { image: { full: string; small: string; width: number; height: number } }

test('a picture is sent, named by a record, and read by whoever may read that', async (t) => {
  const { ask, found, house } = await stand(t);
  const { token, persona } = await found();
  const bytes = await photo({ turned: true });
  const send = (to: string, headers: Record<string, string> = {}) => ask(to, { raw: bytes, token, headers: { 'content-type': 'text/html', ...headers } });
  const [post, face] = [await send('/microblog/images'), await send('/people/images')];
  assert.deepEqual([post.status, face.status], [201, 201], post.text);
  const { image } = post.json as unknown as Sent;
  assert.deepEqual([image.width, image.height, Object.keys(image).sort()], [600, 900, ['full', 'height', 'small', 'thumb', 'width']]);
  const put = await ask(`/pods/${persona}/microblog/posts/put`, { token, body: { items: [{ audience: 'everyone', body: { text: '', createdAt: 1, images: [{ ...image, alt: 'The sea' }] } }] } });
  assert.equal(put.status, 200, put.text);
  const [{ key }] = (put.json as unknown as { items: [{ key: string }] }).items;
  for (const blob of [image.full, image.small]) {
    const got = await ask(`/pods/${persona}/microblog/posts/${key}/blobs/${blob}`);
    assert.deepEqual([got.status, got.headers['content-type'], got.headers['content-disposition']], [200, 'image/webp', 'inline']);
    assert.doesNotMatch(got.text, /SecretCam|Mill Street|EXIF/);
  }
  const taken = await ask(`/pods/${persona}/microblog/posts/put`, { token, body: { items: [{ body: { text: '', createdAt: 1, images: [(face.json as unknown as Sent).image, { full: 'A'.repeat(43), width: 1, height: 1 }] } }] } });
  assert.equal(taken.json['code'], 'blob_unknown', 'what was sent for a profile is not there for a post, unless it is the same');
  assert.deepEqual(readdirSync(join(house.config.data, 'incoming')), []);
});

test('whoever is not signed in, sends too much, or breaks off leaves nothing', async (t) => {
  const { ask, found, house, port } = await stand(t);
  const { token } = await found();
  const incoming = join(house.config.data, 'incoming');
  assert.equal((await ask('/microblog/images', { raw: await photo() })).json['code'], 'sign_in_first');
  assert.equal((await ask('/microblog/images', { raw: Buffer.from('words, words'), token })).json['code'], 'image_kind');
  const begin = (length: number, from: Buffer | string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /microblog/images HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\ncontent-length: ${length}\r\n\r\n`);
    socket.write(from);
    return socket;
  };
  const much = begin(20_000_001, 'x');
  assert.match(String((await once(much, 'data'))[0]), /^HTTP\/1.1 413 [^]*image_too_big/);
  much.destroy();
  const cut = begin(5000, (await photo()).subarray(0, 1000));
  while (readdirSync(incoming).length === 0) await new Promise(setImmediate);
  cut.destroy();
  while (readdirSync(incoming).length > 0) await new Promise(setImmediate);
});
