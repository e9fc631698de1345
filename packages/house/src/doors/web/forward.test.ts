import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stand } from './fixture.ts';

const HOST = 'choir.example';
const told = (more: Record<string, string> = {}) => ({ headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': HOST, 'x-forwarded-proto': 'https', ...more } });

test('what a trusted proxy tells is taken: the host, and that it came by https', async (t) => {
  const { ask } = await stand(t, { origin: `https://${HOST}` });
  assert.equal((await ask('/house', told())).json['passkeys'], true);
  assert.equal((await ask('/house')).json['passkeys'], true, 'localhost, as such');
  assert.equal((await ask('/house', told({ host: '127.0.0.1' }))).json['passkeys'], true, 'a proxy that does not pass the host on');
  const led = await ask('/people?x=1', told({ 'x-forwarded-proto': 'http' }));
  assert.deepEqual([led.status, led.headers.location], [308, `https://${HOST}/people?x=1`]);
  const refused = await ask('/sessions', { ...told({ 'x-forwarded-proto': 'http' }), body: { handle: 'ada', passphrase: 'correct horse' } });
  assert.deepEqual([refused.status, refused.json['code']], [403, 'https_only']);
  const other = await ask('/house', { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } });
  assert.deepEqual([other.status, other.json['code']], [421, 'wrong_host']);
});

test('without a proxy its headers are whatever somebody sent along', async (t) => {
  const { ask } = await stand(t);
  assert.equal((await ask('/house', told({ 'x-forwarded-proto': 'http' }))).status, 200);
  assert.equal((await ask('/house', { headers: { host: HOST, 'x-forwarded-host': 'localhost' } })).status, 421);
});
