import assert from 'node:assert/strict';
import { StatementSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { signRequest, utf8 } from '@commonhold/core';
import { makePotluck } from '../../testing/potluck.ts';
import { saidBy } from '../../testing/said.ts';
import { stand, type Got, type Standing } from './fixture.ts';

/*
 * Denied and absent: the same statements, bytes and headers. Every statement that SQLite runs in this process is heard, whichever
 * file it is for, so nothing of the house has to help.
 */
const heard: string[] = [];
type Run = (this: StatementSync, ...values: unknown[]) => unknown;
for (const method of ['get', 'all', 'run', 'iterate'] as const) {
  const real = Reflect.get(StatementSync.prototype, method) as Run;
  Reflect.set(StatementSync.prototype, method, function listening(this: StatementSync, ...values: unknown[]) {
    heard.push(this.sourceSQL.replaceAll(/\s+/g, ' '));
    return real.apply(this, values);
  });
}

interface Case { method: string; path: string; body?: unknown; /** Made anew for each time. */ headers?(): Record<string, string> }
interface Seen { status: number; headers: object; text: string; statements: string[] }

const NOBODY = `c${'b'.repeat(51)}a`;
const NOTHING = 'AAAAAAAAAAAAAAAAAAAAAA';

async function seen({ ask, house }: Standing, { method, path, body, headers: make }: Case, token: string | undefined): Promise<Seen> {
  const once = async (): Promise<{ got: Got; statements: string[] }> => {
    // What was counted before is not part of this answer.
    house.firewall.log.today(NOBODY);
    heard.length = 0;
    const got = await ask(path, { method, ...(body === undefined ? {} : { body }), ...(token === undefined ? {} : { token }), ...(make && { headers: make() }) });
    return { got, statements: [...heard] };
  };
  // What is read once and then remembered (a pod that is opened, who knows whom) has been by the second time.
  await once();
  await once();
  const { got: { status, headers: { date: _date, ...headers }, text }, statements } = await once();
  return { status, headers, text, statements };
}

async function world(t: TestContext) {
  const many = { burst: 1e6, perSecond: 1e6 };
  const standing = await stand(t, { limits: { read: many, write: many, query: many, live: many } });
  const { ask, found, house } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const join = async (handle: string) => {
    const { json } = await ask('/house/join', { body: { invite, person: { handle, name: handle, passphrase: 'correct horse' } } });
    return { token: String(json['session']), persona: String(json['persona']) };
  };
  const [bob, eve] = [await join('bob'), await join('eve')];
  const post = async (audience: string): Promise<string> => String((await ask('/microblog/posts', { token: ada.token, body: { text: audience, audience } })).json['key']);
  const keys = { house: await post('house'), everyone: await post('everyone') };
  const gate = house.gate;
  const owner = { kind: 'owner', persona: ada.persona } as const;
  const { key: link } = await gate.transact(owner, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: eve.persona, relation: 'block', createdAt: 1 } }));
  await house.views.ask(() => null);
  // In memory, where a denied one might be found without asking the file.
  for (const key of Object.values(keys)) gate.get(owner, ada.persona, 'microblog', 'posts', key);
  gate.get(owner, ada.persona, 'people', 'links', link);
  return { standing, ada, bob, eve, keys, link };
}

const VERBS: Record<string, object> = {
  query: { where: { $key: { eq: NOTHING } } }, count: {}, put: { items: [{ key: NOTHING, body: { persona: NOBODY, relation: 'mute', createdAt: 1 } }] },
  patch: { where: { $key: { eq: NOTHING } }, set: { createdAt: 2 } }, remove: { where: { $key: { eq: NOTHING } } },
};

test('denied and absent run the same statements and give the same bytes and headers, on every route that names somebody', async (t) => {
  const { standing, ada, bob, eve, keys, link } = await world(t);
  const tried = new Set<string>();
  const groups: { route: string; who: string; token: string | undefined; cases: Case[] }[] = [];
  const routes = new Set(standing.door.routes.map(({ method, path }) => `${method} ${path}`));
  const group = (route: string, who: string, token: string | undefined, cases: Case[]) => {
    tried.add(route);
    if (routes.has(route)) groups.push({ route, who, token, cases });
  };
  const gets = (...paths: string[]): Case[] => paths.map((path) => ({ method: 'GET', path }));
  const pod = (of: string, rest: string): string => `/pods/${of}/${rest}`;

  const record = '/pods/{persona}/{service}/{collection}/{key}';
  const absent = [pod(ada.persona, `microblog/posts/${NOTHING}`), pod(ada.persona, `microblog/nothing/${NOTHING}`), pod(ada.persona, `nothing/posts/${NOTHING}`), pod(NOBODY, `microblog/posts/${NOTHING}`)];
  const denied = { house: pod(ada.persona, `microblog/posts/${keys.house}`), everyone: pod(ada.persona, `microblog/posts/${keys.everyone}`), link: pod(ada.persona, `people/links/${link}`) };
  const blob = `/blobs/${'A'.repeat(43)}`;
  for (const [who, token, more] of [['housemate', bob.token, [denied.link]], ['blocked', eve.token, Object.values(denied)], ['anyone', undefined, [denied.house, denied.link]]] as const) {
    group(`GET ${record}`, who, token, gets(...more, ...absent));
    group(`GET ${record}/blobs/{blob}`, who, token, gets(...[...more, ...absent].map((path) => path + blob)));
  }
  for (const [verb, body] of Object.entries(VERBS)) {
    const path = `/pods/{persona}/{service}/{collection}/${verb}`;
    const places = [pod(ada.persona, 'people/links'), pod(ada.persona, 'people/nothing'), pod(ada.persona, 'nothing/links'), pod(NOBODY, 'people/links')];
    const cases = places.map((place): Case => ({ method: 'POST', path: `${place}/${verb}`, body }));
    for (const [who, token] of [['housemate', bob.token], ['blocked', eve.token]] as const) group(`POST ${path}`, who, token, cases);
    if (verb === 'query' || verb === 'count') group(`POST ${path}`, 'anyone', undefined, cases);
  }
  // In a collection that they may ask: a record that is not for them, and none.
  for (const verb of ['query', 'count']) {
    group(`POST /pods/{persona}/{service}/{collection}/${verb}`, 'anyone, of one key', undefined, [keys.house, NOTHING].map((key) => ({ method: 'POST', path: pod(ada.persona, `microblog/posts/${verb}`), body: { where: { $key: { eq: key } } } })));
  }
  for (const [who, token] of [['housemate', bob.token], ['blocked', eve.token]] as const) {
    group('GET /microblog/posts/{key}/reactions', who, token, gets(...[keys.house, keys.everyone, NOTHING].map((key) => `/microblog/posts/${key}/reactions?kind=like`)));
    group('GET /pods/{persona}/{service}/joined', who, token, gets(pod(ada.persona, 'people/joined'), pod(ada.persona, 'nothing/joined'), pod(NOBODY, 'people/joined')));
    group('GET /pods/{persona}/{service}/watch', who, token, gets(pod(ada.persona, 'people/watch?collections=links'), pod(ada.persona, 'people/watch?collections=nothing'), pod(ada.persona, 'nothing/watch?collections=links'), pod(NOBODY, 'people/watch?collections=links')));
  }
  for (const [who, token] of [['blocked', eve.token], ['anyone', undefined]] as const) {
    for (const rest of ['', '/keylog']) group(`GET /people/{who}${rest}`, who, token, gets(`/people/ada${rest}`, `/people/${ada.persona}${rest}`, `/people/nobody${rest}`, `/people/${NOBODY}${rest}`));
    group('GET /microblog/thread/{persona}/{key}', who, token, gets(...[`${ada.persona}/${keys.house}`, `${ada.persona}/${NOTHING}`, `${NOBODY}/${NOTHING}`].map((ref) => `/microblog/thread/${ref}`)));
    group('GET /microblog/posts/{persona}/{key}/versions', who, token, gets(...[`${ada.persona}/${keys.house}`, `${ada.persona}/${NOTHING}`, `${NOBODY}/${NOTHING}`].map((ref) => `/microblog/posts/${ref}/versions`)));
  }
  for (const what of ['quotes', 'votes']) {
    group(`GET /microblog/posts/{persona}/{key}/${what}`, 'blocked', eve.token, gets(...[`${ada.persona}/${keys.house}`, `${ada.persona}/${NOTHING}`, `${NOBODY}/${NOTHING}`].map((ref) => `/microblog/posts/${ref}/${what}`)));
  }
  group('GET /microblog/by/{persona}', 'blocked', eve.token, gets(`/microblog/by/${ada.persona}`, `/microblog/by/${NOBODY}`));

  for (const { route, who, token, cases } of groups) {
    const answers: [string, Seen][] = [];
    for (const one of cases) answers.push([one.path, await seen(standing, one, token)]);
    const [[, first] = ['', null], ...others] = answers;
    for (const [path, answer] of others) assert.deepEqual(answer, first, `${who} ${route}: ${path}`);
    // A trace that heard nothing would be the same always.
    assert.ok(first!.statements.length > 0, `${who} ${route}`);
    assert.ok(first!.status === (route.includes('/by/') || who.includes('one key') ? 200 : 404), `${who} ${route} ${first!.status}`);
  }
  const naming = standing.door.routes.filter(({ method, path, auth }) => (method === 'GET' || path.startsWith('/pods/')) && auth !== 'steward' && /\{(persona|who)\}/.test(path)).map(({ method, path }) => `${method} ${path}`);
  // Only one's own pod takes these, whoever names it, and what has ended is told to everybody: there is nobody to tell apart.
  const own = ['GET /me/services/{persona}/{service}', 'GET /me/services/{persona}/{service}/export', 'GET /me/services/{persona}/{service}/upgrade', 'GET /ended/{persona}', 'POST /pods/{persona}/{service}/blobs', 'POST /pods/{persona}/records'];
  assert.deepEqual(naming.filter((route) => !tried.has(route) && !own.includes(route)), [], 'routes without a case');
});

test('a service learns from no answer, nor from what it takes, who joined it, who paused it, and what there is that is not for it', async (t) => {
  const many = { burst: 1e6, perSecond: 1e6 };
  const standing = await stand(t, { limits: { read: many, write: many, query: many, live: many } });
  const { ask, found, house, origin, now } = standing;
  const { suite } = house;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const join = async (handle: string): Promise<string> => String((await ask('/house/join', { body: { invite, person: { handle, name: handle, passphrase: 'correct horse' } } })).json['persona']);
  const [bob, cy, dee] = [await join('bob'), await join('cy'), await join('dee')];
  const service = makePotluck(suite), joining = await house.joining();
  const owner = (persona: string) => ({ kind: 'owner' as const, persona });
  const { hash } = await joining.preview(owner(ada.persona), { contract: service.contract() }, { local: false });
  for (const persona of [ada.persona, bob, dee]) await joining.join(owner(persona), { hash, as: 'self' });
  await joining.pause(owner(bob), bob, service.id, true);
  const rules = Object.fromEntries([1, 2, 3].map((n) => [`dishes.allow[${n}]`, { off: true }]));
  await joining.narrow(owner(dee), dee, service.id, { rules });
  const put = async (persona: string, audience: string): Promise<string> => (await house.gate.data.put(owner(persona), { persona, service: service.id, collection: 'dishes' }, { items: [{ body: { title: 'Soup', date: 'Friday' }, audience }] })).items[0]!.key;
  const keys = { mine: await put(ada.persona, 'only-me'), bob: await put(bob, 'members'), dee: await put(dee, 'members') };
  const signed = (seed: Uint8Array) => (method: string, path: string, body?: object): Case => ({
    method, path, body, headers: () => signRequest(suite, { method, target: `${origin}${path}`, headers: {} }, { seed }, { body: utf8(body === undefined ? '' : JSON.stringify(body)), now: now.ms }),
  });
  const place = (persona: string, collection = 'dishes'): string => `/pods/${persona}/${service.id}/${collection}`;
  // Who never joined, who paused, who took all back, who is not here; and other collections.
  const nowhere = [place(cy), place(bob), place(dee), place(NOBODY), place(ada.persona, 'nothing'), place(ada.persona, 'friends')];
  const truly = signed(service.seed);
  const groups: Record<string, Case[]> = {
    get: [...nowhere.map((at) => truly('GET', `${at}/${NOTHING}`)), truly('GET', `${place(ada.persona)}/${keys.mine}`), truly('GET', `${place(bob)}/${keys.bob}`), truly('GET', `${place(dee)}/${keys.dee}`)],
    query: nowhere.map((at) => truly('POST', `${at}/query`, { where: { title: { eq: 'Soup' } } })),
    count: nowhere.map((at) => truly('POST', `${at}/count`, {})),
    ...Object.fromEntries((['put', 'patch', 'remove'] as const).map((verb) => [verb, nowhere.map((at) => {
      const [, , persona = '', , collection = ''] = at.split('/');
      return truly('POST', `${at}/${verb}`, saidBy(suite, { seed: service.seed, now: now.ms }, { persona, service: service.id, collection }, verb === 'remove' ? {} : { body: { title: 'x' } }));
    })])),
    watch: [cy, bob, dee, NOBODY].map((persona) => truly('GET', `/pods/${persona}/${service.id}/watch?collections=dishes`)),
    joined: [cy, bob, NOBODY].map((persona) => truly('GET', `/pods/${persona}/${service.id}/joined`)),
    'what is for itself, and what is not there': [keys.mine, NOTHING].map((key) => truly('POST', `${place(ada.persona)}/query`, { where: { $key: { eq: key } } })),
  };
  for (const [name, cases] of Object.entries(groups)) {
    const answers: [string, Seen][] = [];
    for (const one of cases) answers.push([one.path, await seen(standing, one, undefined)]);
    for (const [path, answer] of answers.slice(1)) assert.deepEqual(answer, answers[0]![1], `${name}: ${path}`);
    assert.ok(answers[0]![1].statements.length > 0, name);
  }
});
