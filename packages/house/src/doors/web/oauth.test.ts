import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { test, type TestContext } from 'node:test';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { MEALS_ORIGIN, mealsContract, mealsContracts } from '../../testing/meals.ts';
import { stand, type Got, type Standing } from './fixture.ts';

const meals = mealsContract(suite).service.id;
const other = mealsContract(suite, 'other').service.id;
const BACK = `${MEALS_ORIGIN}/back`;
const VERIFIER = 'a-verifier-of-the-app-that-nobody-else-knows-1234';
const ASK = {
  clientId: meals, redirectUri: BACK, scope: 'basics', responseType: 'code', state: 'mine', codeChallengeMethod: 'S256', codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'),
};
const code = ({ status, json }: Got): unknown[] => [status, json['code'] ?? json['error']];

async function settle(t: TestContext) {
  const standing = await stand(t, { contracts: mealsContracts(suite, 'meals', 'other') });
  const { ask, found } = standing;
  const ada = await found();
  const form = (path: string, fields: Record<string, string>, origin: string | null = MEALS_ORIGIN): Promise<Got> =>
    ask(path, { raw: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...(origin !== null && { origin }) } });
  const allow = async (wish: object = {}): Promise<string> => {
    const { json } = await ask('/oauth/authorize', { token: ada.token, body: { ...ASK, ...wish, allow: true } });
    return new URL(String(json['redirect'])).searchParams.get('code')!;
  };
  const exchange = (given: string, more: Record<string, string> = {}) => form('/oauth/token', { grant_type: 'authorization_code', code: given, client_id: meals, redirect_uri: BACK, code_verifier: VERIFIER, ...more });
  const letIn = async (wish: object = {}): Promise<{ access: string; refresh: string }> => {
    const { json } = await exchange(await allow(wish));
    return { access: String(json['access_token']), refresh: String(json['refresh_token']) };
  };
  const place = `/pods/${ada.persona}/${meals}`;
  const query = (token: string, collection = 'dishes', origin: string | null = MEALS_ORIGIN) => ask(`${place}/${collection}/query`, { token, body: {}, headers: origin === null ? {} : { origin } });
  return { ...standing, ada, form, allow, exchange, letIn, place, query };
}

test('an app is let in by its person, with what they agreed to and no more; everything else stays shut', async (t) => {
  const { ask, ada, door, allow, exchange, query, place } = await settle(t);
  assert.deepEqual((await ask('/oauth/request', { token: ada.token, body: ASK })).json, {
    service: meals, title: 'Meals', publisher: 'The meal makers', origin: MEALS_ORIGIN, joined: { persona: ada.persona, as: 'self' }, known: false,
    bundles: [{ name: 'basics', collections: ['dishes'], asked: true }, { name: 'words', collections: ['notes'], asked: false }], collections: ['dishes'],
  });
  const back = new URL(String((await ask('/oauth/authorize', { token: ada.token, body: { ...ASK, allow: false } })).json['redirect']));
  assert.deepEqual([back.origin + back.pathname, back.searchParams.get('error'), back.searchParams.get('state')], [BACK, 'access_denied', 'mine']);
  const { status, json } = await exchange(await allow());
  assert.deepEqual([status, json['token_type'], json['expires_in'], json['scope'], json['persona'], json['service']], [200, 'Bearer', 3600, 'basics', ada.persona, meals]);
  const token = String(json['access_token']);
  const put = await ask(`${place}/dishes/put`, { token, body: { items: [{ body: { title: 'Soup' } }] }, headers: { origin: MEALS_ORIGIN } });
  assert.deepEqual([put.status, put.headers['access-control-allow-origin']], [200, MEALS_ORIGIN]);
  assert.equal(((await query(token)).json['items'] as object[]).length, 1);
  assert.deepEqual(code(await query(token, 'notes')), [404, 'not_found']);
  assert.deepEqual(code(await ask(`/pods/${ada.persona}/${other}/dishes/query`, { token, body: {} })), [403, 'token_services']);
  assert.deepEqual(code(await ask(`/pods/${ada.persona}/people/profile/self`, { token })), [403, 'token_services']);
  for (const { method, path } of door.routes) {
    if (path.startsWith('/pods/{persona}/{service}')) continue;
    assert.deepEqual(code(await ask(path.replaceAll(/\{\w+\}/g, 'x'), { method, token, ...(method !== 'GET' && { body: {} }) })), [403, 'token_not_here'], `${method} ${path}`);
  }
  const lines = ((await ask('/me/log', { token: ada.token })).json['days'] as { lines: { who: { kind: string; label?: string }; verb: string; rule: string | null }[] }[]).flatMap((day) => day.lines);
  assert.deepEqual(lines.filter(({ who }) => who.kind === 'app').map(({ who, verb, rule }) => `${who.label} ${verb} ${rule ?? ''}`).toSorted(), ['Meals add ', 'Meals read ', 'Meals read not_granted', 'Meals read token_services', 'Meals read token_services']);
  const [app] = (await ask('/me/apps', { token: ada.token })).json['apps'] as { origin: string; collections: string[] }[];
  assert.deepEqual([app!.origin, app!.collections], [MEALS_ORIGIN, ['dishes']]);
});

test('what is asked for wrongly leads nowhere', async (t) => {
  const { ask, ada } = await settle(t);
  for (const [wish, is] of [
    [{ redirectUri: 'https://evil.example/back' }, 'bad_redirect'], [{ redirectUri: `${BACK}#x` }, 'bad_redirect'], [{ redirectUri: `${BACK}?to=https://evil.example` }, 'bad_redirect'], [{ redirectUri: `${BACK}?` }, 'bad_redirect'], [{ redirectUri: 'javascript:alert(1)' }, 'bad_redirect'], [{ redirectUri: 'https://x@meals.example/' }, 'bad_redirect'],
    [{ scope: 'basics constructor' }, 'bad_scope'], [{ codeChallengeMethod: 'plain' }, 'bad_challenge'], [{ codeChallenge: 'short' }, 'bad_challenge'], [{ responseType: 'token' }, 'bad_response_type'], [{ clientId: 'microblog' }, 'bad_client'],
  ] as const) {
    for (const path of ['/oauth/request', '/oauth/authorize']) {
      assert.deepEqual(code(await ask(path, { token: ada.token, body: { ...ASK, ...wish, ...(path === '/oauth/authorize' && { allow: true }) } })), [400, is], JSON.stringify(wish));
    }
  }
  const unknown = { ...ASK, clientId: Buffer.alloc(32, 7).toString('base64url') };
  assert.equal((await ask('/oauth/request', { token: ada.token, body: unknown })).json['joined'], null);
  assert.deepEqual(code(await ask('/oauth/authorize', { token: ada.token, body: { ...unknown, allow: true } })), [409, 'not_joined']);
  assert.deepEqual(code(await ask('/oauth/authorize', { token: ada.token, body: { ...ASK, allow: true }, headers: { origin: MEALS_ORIGIN } })), [403, 'wrong_origin'], 'no page agrees for its visitor');
  assert.equal((await ask('/oauth/request', { body: ASK })).status, 401);
});

test('a code is for one app, once, within a minute, and for whoever began', async (t) => {
  const { allow, exchange, query, form, now } = await settle(t);
  assert.deepEqual(code(await exchange(await allow(), { code_verifier: `${VERIFIER}x` })), [400, 'invalid_grant']);
  assert.deepEqual(code(await exchange(await allow(), { client_id: other })), [400, 'invalid_grant']);
  assert.deepEqual(code(await exchange(await allow(), { redirect_uri: `${BACK}/else` })), [400, 'invalid_grant']);
  const given = await allow();
  now.ms += 61_000;
  assert.deepEqual(code(await exchange(given)), [400, 'invalid_grant']);
  const twice = await allow();
  const token = String((await exchange(twice)).json['access_token']);
  assert.equal((await query(token)).status, 200);
  assert.deepEqual(code(await exchange(twice)), [400, 'invalid_grant']);
  assert.equal((await query(token)).status, 401, 'a code that is used twice ends what came of it');
  assert.deepEqual(code(await form('/oauth/token', { grant_type: 'password', client_id: meals })), [400, 'unsupported_grant_type']);
  assert.equal((await form('/oauth/token?x=1', {})).status, 400);
});

test('tokens run out, are renewed once each, and a refresh token that comes twice ends the consent', async (t) => {
  const { letIn, query, form, now } = await settle(t);
  const first = await letIn();
  now.ms += 3_600_000;
  assert.equal((await query(first.access)).status, 401);
  const renew = async (token: string, client = meals) => form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: client });
  assert.deepEqual(code(await renew(first.refresh, other)), [400, 'invalid_grant']);
  const { json } = await renew(first.refresh);
  assert.equal((await query(String(json['access_token']))).status, 200);
  assert.equal((await query(String(json['refresh_token']))).status, 401, 'it opens nothing by itself');
  assert.deepEqual(code(await renew(first.refresh)), [400, 'invalid_grant']);
  assert.equal((await query(String(json['access_token']))).status, 401);
  assert.deepEqual(code(await renew(String(json['refresh_token']))), [400, 'invalid_grant']);
});

async function watch(t: TestContext, { port }: Pick<Standing, 'port'>, path: string, token: string): Promise<{ until(part: string): Promise<void>; said(): string; ended: Promise<void> }> {
  const sent = request({ port, host: '127.0.0.1', path, agent: false, headers: { host: `localhost:${port}`, authorization: `Bearer ${token}`, origin: MEALS_ORIGIN } });
  t.after(() => { sent.destroy(); });
  sent.end();
  const [answer] = await once(sent, 'response') as [IncomingMessage];
  assert.deepEqual([answer.statusCode, answer.headers['access-control-allow-origin']], [200, MEALS_ORIGIN]);
  let text = '';
  let wake = (): void => {};
  answer.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => { text += chunk; wake(); });
  return { said: () => text, until: async (part) => { while (!text.includes(part)) await new Promise<void>((resolve) => { wake = resolve; }); }, ended: new Promise((resolve) => { answer.once('close', () => resolve()); }) };
}

test('whoever ends an app ends its very next request and what it has open; the others go on', async (t) => {
  const { ask, ada, letIn, query, place, port, form } = await settle(t);
  const [one, two] = [await letIn(), await letIn()];
  const stream = await watch(t, { port }, `${place}/watch?collections=dishes`, two.access);
  await stream.until('event: ready');
  const apps = (await ask('/me/apps', { token: ada.token })).json['apps'] as { id: string }[];
  assert.equal(apps.length, 2);
  const before = await Promise.all([one, two].map(({ access }) => query(access)));
  assert.deepEqual(before.map(({ status }) => status), [200, 200]);
  for (const { id } of apps) {
    assert.equal((await ask(`/me/apps/${id}`, { method: 'DELETE', token: ada.token })).status, 204);
    assert.deepEqual(code(await ask(`/me/apps/${id}`, { method: 'DELETE', token: ada.token })), [404, 'app_unknown']);
  }
  await stream.ended;
  assert.deepEqual((await Promise.all([one, two].map(({ access }) => query(access)))).map(({ status }) => status), [401, 401]);
  const three = await letIn();
  assert.equal((await form('/oauth/revoke', { token: three.access, client_id: other })).status, 200);
  assert.equal((await query(three.access)).status, 200, 'not another app’s to let go of');
  assert.equal((await form('/oauth/revoke', { token: three.access, client_id: meals })).status, 200);
  assert.equal((await query(three.access)).status, 401);
});

test('what is open ends with the token by which it was opened: nothing more is told after its hour', async (t) => {
  const { ask, ada, letIn, place, port, now, query, form } = await settle(t);
  const { access, refresh } = await letIn();
  const put = (title: string) => ask(`${place}/dishes/put`, { token: ada.token, body: { items: [{ body: { title } }] } });
  const stream = await watch(t, { port }, `${place}/watch?collections=dishes`, access);
  await stream.until('event: ready');
  await put('Soup');
  await stream.until('Soup');
  now.ms += 3_600_000;
  assert.equal((await query(access)).status, 401);
  await put('Secret');
  await stream.ended;
  assert.ok(!stream.said().includes('Secret'));
  const { json } = await form('/oauth/token', { grant_type: 'refresh_token', refresh_token: refresh, client_id: meals });
  assert.equal((await query(String(json['access_token']))).status, 200, 'the consent goes on');
});

test('browsers are told of it for the origins that were let in, and for no other', async (t) => {
  const { ask, letIn, place, query, form } = await settle(t);
  const preflight = async (origin: string, path = `${place}/dishes/query`): Promise<unknown[]> => {
    const { status, headers } = await ask(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' } });
    return [status, headers['access-control-allow-origin'], headers['access-control-allow-credentials']];
  };
  assert.deepEqual(await preflight(MEALS_ORIGIN), [404, undefined, undefined], 'nobody let it in yet');
  const { access } = await letIn();
  assert.deepEqual(await preflight(MEALS_ORIGIN), [204, MEALS_ORIGIN, undefined]);
  assert.deepEqual(await preflight(MEALS_ORIGIN, '/me'), [404, undefined, undefined]);
  assert.deepEqual(await preflight('https://evil.example'), [404, undefined, undefined]);
  assert.deepEqual(await preflight(MEALS_ORIGIN, '/oauth/token'), [204, MEALS_ORIGIN, undefined]);
  assert.deepEqual(code(await query(access, 'dishes', 'https://evil.example')), [403, 'wrong_origin'], 'its token is of no use to another site');
  assert.deepEqual(code(await ask(`${place}/dishes/AAAAAAAAAAAAAAAAAAAAAA`, { token: access, headers: { origin: 'https://evil.example' } })), [403, 'wrong_origin']);
  assert.equal((await query(access, 'dishes', null)).status, 200);
  assert.equal((await form('/oauth/token', {}, 'https://evil.example')).headers['access-control-allow-origin'], undefined);
  const said = await ask('/.well-known/oauth-authorization-server', { headers: { origin: 'https://any.example', accept: 'text/html' } });
  assert.deepEqual([said.json['code_challenge_methods_supported'], said.headers['access-control-allow-origin']], [['S256'], '*']);
});
