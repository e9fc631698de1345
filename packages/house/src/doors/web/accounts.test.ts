import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stand } from './fixture.ts';

const person = (handle: string) => ({ handle, name: handle.toUpperCase(), passphrase: 'correct horse' });
type Accounts = { accounts: { persona: string; handle: string; current: boolean }[] };

async function two(t: Parameters<typeof stand>[0]) {
  const all = await stand(t);
  const { ask, found, origin } = all;
  const ada = await found();
  const invite = String((await ask('/house/invites', { token: ada.token, body: {} })).json['invite']);
  const cookieOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']).split(';')[0]!;
  const alone = `commonhold=${ada.token}`;
  const joined = await ask('/house/join', { body: { invite, person: person('bob') }, cookie: alone, headers: { origin } });
  const bob = { persona: String(joined.json['persona']), token: String(joined.json['session']) };
  const here = async (cookie: string) => ((await ask('/sessions/here', { cookie })).json as unknown as Accounts).accounts.map(({ handle, current }) => `${handle}${current ? '*' : ''}`);
  const goOn = (persona: string, cookie: string, headers: Record<string, string> = { origin }) => ask('/sessions/here', { method: 'PUT', body: { persona }, cookie, headers });
  return { ...all, ada, bob, invite, cookieOf, alone, both: cookieOf(joined), here, goOn };
}

test('whoever comes in beside somebody else acts from then on, and the other stays signed in', async (t) => {
  const { ask, ada, bob, alone, both, here, goOn, cookieOf } = await two(t);
  assert.equal(both, `commonhold=${bob.token}.${ada.token}`);
  assert.deepEqual(await here(both), ['bob*', 'ada']);
  assert.equal((await ask('/me', { cookie: both })).json['handle'], 'bob');
  const back = await goOn(ada.persona, both);
  assert.equal(back.status, 204);
  assert.match(String(back.headers['set-cookie']), /; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  assert.deepEqual(await here(cookieOf(back)), ['ada*', 'bob']);
  assert.deepEqual(await here(alone), ['ada*']);
  assert.deepEqual(await here('commonhold=nonsense'), []);
});

test('only who is signed in at that browser can be gone on as, and only from the house itself', async (t) => {
  const { ada, bob, alone, both, goOn } = await two(t);
  assert.deepEqual([(await goOn(bob.persona, alone)).json['code']], ['session_unknown']);
  for (const headers of [{}, { origin: 'http://elsewhere.example' }] as Record<string, string>[]) assert.equal((await goOn(ada.persona, both, headers)).json['code'], 'wrong_origin');
});

test('a page that shows one person is not answered, and writes nothing, once the browser is another', async (t) => {
  const { ask, ada, bob, both, origin } = await two(t);
  const as = (persona: string) => ({ origin, 'commonhold-persona': persona });
  assert.equal((await ask('/me', { cookie: both, headers: as(bob.persona) })).status, 200);
  for (const [path, body] of [['/me', undefined], ['/microblog/posts', { text: 'Not mine', audience: 'house' }]] as const) {
    const answer = await ask(path, { cookie: both, headers: as(ada.persona), ...(body ? { body } : {}) });
    assert.deepEqual([answer.status, answer.json['code']], [409, 'other_person']);
  }
  assert.deepEqual((await ask('/microblog/house', { token: ada.token })).json['items'], []);
});

test('logging out ends one session; the others of that browser wait, and nobody acts', async (t) => {
  const { ask, ada, bob, both, origin, here, goOn, cookieOf } = await two(t);
  const out = await ask('/sessions/current', { method: 'DELETE', cookie: both, headers: { origin } });
  const left = cookieOf(out);
  assert.equal(left, `commonhold=.${ada.token}`);
  assert.equal((await ask('/me', { cookie: left })).status, 401);
  assert.deepEqual(await here(left), ['ada']);
  assert.deepEqual(await here(cookieOf(await goOn(ada.persona, left))), ['ada*']);
  assert.equal((await ask('/me', { token: bob.token })).status, 401);
});

test('the same person twice is one account; a token for a script is none; five are the most', async (t) => {
  const { ask, ada, both, invite, here, cookieOf, origin } = await two(t);
  const again = await ask('/sessions', { body: { handle: 'bob', passphrase: 'correct horse' }, cookie: both, headers: { origin } });
  assert.deepEqual(await here(cookieOf(again)), ['bob*', 'ada']);
  const script = String((await ask('/me/tokens', { token: ada.token, body: { label: 'Backup', services: null, write: false } })).json['token']);
  assert.deepEqual(await here(`${both}.${script}`), ['bob*', 'ada']);
  let cookie = both;
  for (const handle of ['cleo', 'dora', 'emil', 'fay']) cookie = cookieOf(await ask('/house/join', { body: { invite, person: person(handle) }, cookie, headers: { origin } }));
  assert.deepEqual(await here(cookie), ['fay*', 'emil', 'dora', 'cleo', 'bob']);
});
