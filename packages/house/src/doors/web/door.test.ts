import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { stand, TIGHT } from './fixture.ts';

const person = (handle: string) => ({ handle, name: handle, passphrase: 'correct horse' });

test('founding by the two calls, the cookie, me, logging out', async (t) => {
  const { ask, house, origin } = await stand(t);
  assert.deepEqual((await ask('/house')).json['founded'], false);
  const code = house.household.setupCode();
  const prepared = await ask('/house/prepare', { body: { code } });
  assert.equal(prepared.status, 200);
  const founded = await ask('/house/setup', { body: { code, house: { title: 'Choir', note: 'Hi', rules: ['Be kind'] }, person: person('ada'), label: 'Phone' } });
  assert.equal(founded.status, 201);
  const cookie = String(founded.headers['set-cookie']);
  assert.match(cookie, /^commonhold=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  const mine = cookie.split(';')[0]!;
  const me = await ask('/me', { cookie: mine });
  assert.deepEqual([me.json['handle'], me.json['role'], me.json['recovery'], me.json['wordsWritten'], me.json['postLimit']], ['ada', 'steward', 'house', false, 500]);
  assert.equal((await ask('/me/words', { method: 'PUT', body: { written: true }, cookie: mine, headers: { origin } })).status, 204);
  assert.equal((await ask('/me', { cookie: `a=b; ${mine}; c=d` })).json['wordsWritten'], true);
  const card = (await ask('/house')).json;
  assert.deepEqual([card['founded'], card['title'], card['note'], card['rules'], card['people'], card['reach']], [true, 'Choir', 'Hi', ['Be kind'], 1, 'this-machine']);
  const devices = (await ask('/me/devices', { cookie: mine })).json as { devices: { kind: string }[]; sessions: { current: boolean; label: string }[] };
  assert.deepEqual(devices.devices.map((one) => one.kind).sort(), ['device', 'house']);
  assert.deepEqual(devices.sessions.map((one) => [one.current, one.label]), [[true, 'Phone']]);
  assert.equal(((await ask('/me/keylog', { cookie: mine })).json['statements'] as unknown[]).length, 3);
  const out = await ask('/sessions/current', { method: 'DELETE', cookie: mine, headers: { origin } });
  assert.match(String(out.headers['set-cookie']), /^commonhold=; .*Max-Age=0/);
  const after = await ask('/me', { cookie: mine });
  assert.deepEqual([after.status, after.json['code'], after.headers['www-authenticate']], [401, 'sign_in_first', 'Bearer']);
});

test('inviting, looking, joining, a full conversation, and leaving no trace of what is not for you', async (t) => {
  const { ask, found } = await stand(t);
  const ada = await found();
  const made = await ask('/house/invites', { token: ada.token, body: {} });
  assert.deepEqual([made.status, made.json['uses'], made.json['left'], made.json['reach']], [201, 10, 10, 'this-machine']);
  const invite = String(made.json['invite']);
  assert.match(String(made.json['url']), new RegExp(`^http://localhost:\\d+/join/${invite}$`));
  const look = await ask(`/house/invites/${invite}`);
  assert.deepEqual([look.json['by'] && (look.json['by'] as { name: string }).name, look.json['left'], (look.json['faces'] as unknown[]).length], ['Ada', 10, 1]);
  const bob = (await ask('/house/join', { body: { invite, person: person('bob') } })).json;
  const token = String(bob['session']);
  assert.equal((await ask(`/people/${ada.persona}/follow`, { method: 'PUT', token })).json['follows'], true);
  const post = await ask('/microblog/posts', { token: ada.token, body: { text: 'First!', audience: 'house' }, headers: { 'idempotency-key': 'k1' } });
  const again = await ask('/microblog/posts', { token: ada.token, body: { text: 'First!', audience: 'house' }, headers: { 'idempotency-key': 'k1' } });
  assert.deepEqual([post.status, again.json['key']], [201, post.json['key']]);
  const home = (await ask('/microblog/home?first=5', { token })).json as { items: { key: string }[] };
  assert.deepEqual(home.items.map((item) => item.key), [post.json['key']]);
  const path = `/pods/${ada.persona}/microblog/posts/${String(post.json['key'])}`;
  const seen = await ask(`${path}?x=1`, { token });
  assert.deepEqual([seen.status, (seen.json['body'] as { text: string }).text], [200, 'First!']);
  assert.deepEqual((await ask(path, { method: 'HEAD', token })).status, 200);

  const timeless = ({ status, headers: { date: _, ...headers }, text }: Awaited<ReturnType<typeof ask>>) => ({ status, headers, text });
  const denied = timeless(await ask(path));
  assert.equal(denied.status, 404);
  for (const other of [`/pods/${ada.persona}/microblog/posts/AAAAAAAAAAAAAAAAAAAAAA`, `/pods/${'c'.padEnd(53, 'a')}/microblog/posts/x`, `/pods/${ada.persona}/nothing/posts/x`,
    `/pods/${ada.persona}/microblog/nothing/x`, '/pods/x', '/pods/a/b/c/d/e', '/pods/a/b/c/%zz', `/pods/${ada.persona}/people/links/x`]) {
    assert.deepEqual(timeless(await ask(other)), denied, other);
  }
  assert.equal((await ask(`/microblog/posts/${String(post.json['key'])}`, { method: 'DELETE', token: ada.token })).status, 204);
  assert.deepEqual(timeless(await ask(path, { token })), denied);
});

test('only names of the house are answered, on every route', async (t) => {
  const { ask, port, door } = await stand(t);
  for (const route of [...door.routes.map((one) => one.path), '/', '/pods/a/b/c/d', '/nothing']) {
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost', 'localhost:1']) {
      const { status, json } = await ask(route, { headers: { host } });
      assert.deepEqual([status, json['code']], [421, 'wrong_host'], `${host}${route}`);
    }
  }
  for (const host of [`LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) assert.equal((await ask('/healthz', { headers: { host } })).status, 200);
});

test('no other site can write in a person\'s name', async (t) => {
  const { ask, found, origin, house } = await stand(t);
  const stray = await ask('/house/setup', { body: { code: house.household.setupCode(), house: { title: 'x' }, person: person('eve') }, headers: { origin: 'http://evil.example' } });
  assert.deepEqual([stray.status, stray.json['code']], [403, 'wrong_origin']);
  const { token } = await found();
  const body = { text: 'hello', audience: 'house' };
  const cookie = `commonhold=${token}`;
  for (const headers of [{}, { origin: 'http://evil.example' }, { origin: 'null' }, { origin: 'https://localhost' }]) {
    assert.equal((await ask('/microblog/posts', { cookie, body, headers })).json['code'], 'wrong_origin');
  }
  assert.equal((await ask('/microblog/posts', { token, body, headers: { origin: 'http://evil.example' } })).status, 403);
  assert.equal((await ask('/microblog/posts', { cookie, body, headers: { origin } })).status, 201);
  assert.equal((await ask('/microblog/posts', { token, body })).status, 201);
  assert.equal((await ask('/healthz', { headers: { origin: 'http://evil.example' } })).headers['access-control-allow-origin'], undefined);
});

test('sessions: never taken over, bearer before cookie, https has a cookie of its own', async (t) => {
  const { ask, found, house } = await stand(t, { origin: 'https://choir.example' });
  const { token } = await found();
  const chosen = 'A'.repeat(43);
  const login = await ask('/sessions', { body: { handle: 'ada', passphrase: 'correct horse' }, cookie: `commonhold=${chosen}` });
  assert.equal(login.status, 201);
  assert.notEqual(login.json['session'], chosen);
  assert.notEqual(login.json['session'], token);
  assert.equal((await ask('/me', { token: 'nonsense', cookie: `commonhold=${token}` })).json['code'], 'session_unknown');
  assert.equal((await ask('/healthz', { cookie: 'commonhold=stale' })).status, 200);
  const secure = await ask('/sessions', { body: { handle: 'ada', passphrase: 'correct horse' }, headers: { host: 'choir.example' } });
  assert.match(String(secure.headers['set-cookie']), /^__Host-commonhold=.*; Secure$/);
  assert.equal((await ask('/me', { cookie: `commonhold=${token}`, headers: { host: 'choir.example' } })).status, 401, 'a cookie that a neighbouring name could have set');
  assert.equal((await ask('/me', { cookie: `__Host-commonhold=${token}`, headers: { host: 'choir.example' } })).status, 200);
  const other = (await ask('/me/devices', { token })).json as { sessions: { id: string; current: boolean }[] };
  const victim = other.sessions.find((one) => !one.current)!;
  assert.equal((await ask(`/sessions/${victim.id}`, { method: 'DELETE', token })).status, 204);
  assert.equal((await ask(`/sessions/${victim.id}`, { method: 'DELETE', token })).status, 404);
  assert.equal(house.household.sessions(house.household.people()[0]!.persona).length, 2);
});

test('bodies: too big, not JSON, two-faced, out of shape', async (t) => {
  const { ask, port, found } = await stand(t);
  const { token } = await found();
  const post = async (raw: string | Buffer, headers = {}) => { const { status, json } = await ask('/microblog/posts', { token, raw, headers }); return [status, json['code'], json['field']]; };
  const good = '{"text":"x","audience":"house"}';
  assert.deepEqual(await post(good, { 'content-type': 'text/plain' }), [400, 'not_json', undefined]);
  assert.equal((await post(good, { 'content-type': 'application/json; charset=utf-8' }))[0], 201);
  assert.deepEqual(await post('{"text":'), [400, 'bad_json', undefined]);
  assert.deepEqual(await post(Buffer.from([0x22, 0xff, 0x22])), [400, 'bad_utf8', undefined]);
  assert.deepEqual(await post('{"text":"x","t\\u0065xt":"y","audience":"house"}'), [400, 'duplicate_name', undefined]);
  assert.deepEqual(await post('{"__proto__":{"text":"x"},"text":"a","audience":"house"}'), [400, 'reserved_name', undefined]);
  assert.deepEqual(await post('['.repeat(33) + ']'.repeat(33)), [400, 'too_deep', undefined]);
  assert.deepEqual(await post('{"text":"x","audience":"house","extra":1}'), [400, 'unknown_field', 'extra']);
  assert.deepEqual(await post('{"text":7,"audience":"house"}'), [400, 'type', 'text']);
  assert.deepEqual(await post('{"text":"\\ud800","audience":"house"}'), [400, 'not_unicode', 'text']);
  assert.deepEqual(await post('{"text":"x","audience":"house","replyTo":{"persona":"x","key":"y"}}'), [400, 'too_short', 'replyTo.persona']);
  assert.deepEqual(await post(''), [400, 'required', 'text']);
  assert.deepEqual(await post(`{"text":"${'x'.repeat(66_000)}","audience":"house"}`), [413, 'body_too_big', undefined]);
  assert.deepEqual((await ask('/microblog/home?first=1000', { token })).json['field'], 'first');
  assert.deepEqual((await ask('/microblog/home?first=1&first=2', { token })).json['code'], 'duplicate_name');
  assert.deepEqual((await ask('/microblog/home?before=a&after=b', { token })).json['code'], 'before_or_after');

  const endless = connect(port, '127.0.0.1');
  endless.on('error', () => {});
  endless.write(`POST /microblog/posts HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
  for (let i = 0; i < 4; i++) endless.write(chunk);
  const [reply] = await once(endless, 'data') as [Buffer];
  assert.match(reply.toString(), /^HTTP\/1\.1 413[^]*connection: close/i);
  await once(endless, 'close');
});

test('rates are limited per caller, each alone, and come back', async (t) => {
  const { ask, found, now } = await stand(t, { limits: { read: { burst: 3, perSecond: 1 } } });
  const { token } = await found();
  for (let i = 0; i < 3; i++) assert.equal((await ask('/pods/a/b/c/d', { token })).status, 404);
  const over = await ask('/me', { token });
  assert.deepEqual([over.status, over.json['code'], over.headers['retry-after']], [429, 'too_many_requests', '1']);
  assert.equal((await ask('/pods/a/b/c/d', { token })).status, 429);
  assert.equal((await ask('/healthz')).status, 200, 'somebody else');
  now.ms += 1000;
  assert.equal((await ask('/me', { token })).status, 200);
});

test('wrong passphrases, codes and invites are slowed over HTTP', async (t) => {
  const { ask, found, now } = await stand(t);
  await found();
  const wrong = () => ask('/house/prepare', { body: { invite: 'no-such-in-vite' } });
  const answers = await Promise.all(Array.from({ length: 25 }, wrong));
  assert.deepEqual([answers.filter(({ status }) => status === 404).length, answers.filter(({ status }) => status === 429).length], [20, 5]);
  const login = await ask('/sessions', { body: { handle: 'ada', passphrase: 'correct horse' } });
  assert.deepEqual([login.status, login.json['code']], [429, 'slow_down']);
  assert.ok(Number(login.headers['retry-after']) > 0);
  now.ms += 30_000;
  assert.equal((await ask('/sessions', { body: { handle: 'ada', passphrase: 'wrong' } })).json['code'], 'wrong_passphrase');
});

test('what only the steward may do', async (t) => {
  const { ask, found, network } = await stand(t);
  const { token } = await found();
  const { json: { invite } } = await ask('/house/invites', { token, body: { uses: 1, note: 'Altos' } });
  const bob = String((await ask('/house/join', { body: { invite, person: person('bob') } })).json['session']);
  for (const [method, path, body] of [['PUT', '/house/network', { lan: true }], ['PUT', '/house/settings', { title: 'Mine' }], ['GET', '/house/kit', undefined], ['DELETE', '/house/kit', undefined]] as const) {
    assert.equal((await ask(path, { method, body, token: bob })).json['code'], 'steward_only');
    assert.equal((await ask(path, { method, body })).json['code'], 'sign_in_first');
  }
  const open = await ask('/house/network', { method: 'PUT', body: { lan: true }, token });
  assert.deepEqual([open.json['lan'], open.json['reach'], (open.json['urls'] as string[])[0]], [true, 'network', `http://127.0.0.21:${network.port}`]);
  assert.match(String((await ask('/house/invites', { token: bob, body: {} })).json['url']), /^http:\/\/127\.0\.0\.21:/);
  assert.equal((await ask('/house/settings', { method: 'PUT', body: { title: 'Our choir', rules: [] }, token })).json['title'], 'Our choir');
  const refused = await ask('/house/settings', { method: 'PUT', body: { title: ' ', front: true }, token });
  assert.deepEqual([refused.json['code'], (await ask('/house', {})).json['front']], ['bad_text', false]);
  assert.equal(((await ask('/house/kit', { token })).json['words'] as string[]).length, 24);
  assert.equal((await ask('/house/kit', { method: 'DELETE', token })).status, 204);
  assert.equal((await ask('/house/kit', { token })).json['code'], 'kit_gone');
});

test('the app: pages, hashed files, packing, and machine paths apart', async (t) => {
  const { ask, port } = await stand(t);
  const html = { accept: 'text/html,*/*' };
  for (const path of ['/', '/people', '/@ada', '/@ada/key', '/join/a-b-c-d', '/settings/devices', '/found', '/house']) {
    const page = await ask(path, { headers: html });
    assert.deepEqual([page.status, page.headers['content-type'], page.headers['cache-control']], [200, 'text/html; charset=utf-8', 'no-cache'], path);
    assert.match(String(page.headers['content-security-policy']), /^default-src 'none'; script-src 'self';/);
  }
  assert.equal((await ask('/people')).status, 401, 'a program gets the API');
  assert.equal((await ask('/healthz', { headers: html })).json['status'], 'ok');
  assert.equal((await ask('/assets/none.js', { headers: html })).status, 404);
  assert.equal((await ask('/no/such/thing')).status, 404);
  assert.equal((await ask('/assets/../index.html')).status, 404);
  for (const coding of ['br', 'gzip']) {
    const answer = await fetch(`http://127.0.0.1:${port}/assets/main-abc.js`, { headers: { 'accept-encoding': coding } });
    assert.equal(answer.headers.get('content-encoding'), coding);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.ok(Number(answer.headers.get('content-length')) < 500);
    assert.match(await answer.text(), /^export const words/);
  }
  const plain = await ask('/assets/main-abc.js');
  assert.deepEqual([plain.headers['content-encoding'], plain.headers['content-type']], [undefined, 'text/javascript; charset=utf-8']);
  assert.equal((await ask('/assets/main-abc.js', { headers: { 'if-none-match': plain.headers.etag } })).status, 304);
});

test('what the build packed goes out as it packed it, and is no file of its own', async (t) => {
  const { ask, port } = await stand(t);
  const answer = await fetch(`http://127.0.0.1:${port}/assets/tight-abc.js`, { headers: { 'accept-encoding': 'br' } });
  assert.deepEqual([answer.headers.get('content-encoding'), answer.headers.get('content-length'), await answer.text()], ['br', String(TIGHT.length), 'tight();']);
  assert.equal((await ask('/assets/tight-abc.js')).text, 'tight();');
  assert.equal((await ask('/assets/tight-abc.js.br')).status, 404);
});

test('what breaks is answered without its words, and logged without them', async (t) => {
  const { ask, house, log, found } = await stand(t);
  const { token } = await found();
  house.gate.get = () => { throw new RangeError('SECRET words of a post'); };
  house.gate.keyLog = house.gate.get as unknown as typeof house.gate.keyLog;
  for (const path of ['/pods/a/b/c/d', '/me/keylog']) {
    const answer = await ask(path, { token });
    assert.deepEqual([answer.status, answer.json['code']], [500, 'fault']);
    const line = log.pop()!;
    assert.ok(answer.text.includes(String(line.facts['id'])));
    assert.equal(line.facts['error'], 'RangeError');
    assert.doesNotMatch(answer.text + JSON.stringify(line), /SECRET/);
  }
});
