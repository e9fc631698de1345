import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { stand, type Standing } from '../fixture.ts';

interface Person { token: string; persona: string }
type Post = { persona: string; key: string };

const HTML = { accept: 'text/html,*/*;q=0.8' };
const OPEN = { open: true, listed: false, front: false };

/** A house of three: Ada, whose page is open, Bob and Eve, whose pages are closed. */
async function choir(t: TestContext) {
  const standing = await stand(t);
  const { ask, found } = standing;
  const ada = await found();
  const { json: { invite } } = await ask('/house/invites', { token: ada.token, body: {} });
  const join = async (handle: string): Promise<Person> => {
    const { json } = await ask('/house/join', { body: { invite, person: { handle, name: `${handle} <b>&`, passphrase: 'correct horse' } } });
    return { token: String(json['session']), persona: String(json['persona']) };
  };
  const [bob, eve] = [await join('bob'), await join('eve')];
  const open = (who: Person, choice: object = OPEN) => ask('/me/public', { method: 'PUT', token: who.token, body: choice });
  const post = async (who: Person, body: object): Promise<Post> => {
    const answer = await ask('/microblog/posts', { token: who.token, body: { audience: 'everyone', ...body } });
    assert.equal(answer.status, 201, answer.text);
    return { persona: String(answer.json['persona']), key: String(answer.json['key']) };
  };
  assert.deepEqual((await open(ada)).json, OPEN);
  return { ...standing, ada, bob, eve, open, post };
}

const page = ({ ask }: Standing, path: string, headers: Record<string, string> = {}) => ask(path, { headers: { ...HTML, ...headers } });

test('an open page shows what is for everyone, escaped, with previews and feeds, and no script', async (t) => {
  const all = await choir(t);
  const { ada, ask, post, port } = all;
  await ask('/people/profile', { method: 'PUT', token: ada.token, body: { name: 'Ada <i>', bio: 'Sings & "hums"', fields: [{ name: 'Site', value: 'https://ada.example/me' }] } });
  const said = await post(ada, { text: 'Hello <script>alert(1)</script> https://sea.example/?a=1&b=2 @bob', lang: 'en' });
  await post(ada, { text: 'for the house', audience: 'house' });
  const { status, text, headers } = await page(all, '/@ada');
  assert.equal(status, 200);
  assert.match(text, /Hello &lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  assert.match(text, /<h1 dir="auto">Ada &lt;i&gt;<\/h1>/);
  assert.match(text, /<a href="https:\/\/ada.example\/me" rel="me nofollow noopener">ada.example\/me<\/a>/);
  assert.match(text, /lang="en"/);
  assert.doesNotMatch(text, /<script|for the house|href="\/@bob"/);
  assert.match(String(headers['content-security-policy']), /default-src 'none'; style-src 'self'/);
  assert.equal(headers['cache-control'], 'public, no-cache');
  assert.match(String(headers['vary']), /cookie/);
  assert.equal(headers['x-robots-tag'], 'noindex, nofollow, noarchive');
  assert.match(text, new RegExp(`<meta property="og:url" content="http://localhost:${port}/@ada">`));
  assert.match(text, /type="application\/atom\+xml"/);
  const one = await page(all, `/@ada/${said.key}`);
  assert.match(one.text, /<meta property="og:description" content="Hello &lt;script/);
  const style = /<link rel="stylesheet" href="([^"]+)">/.exec(text)![1]!;
  assert.equal((await ask(style)).headers['content-type'], 'text/css; charset=utf-8');
});

test('what is closed, for others, blocked off, or never was, is one and the same answer', async (t) => {
  const all = await choir(t);
  const { ada, bob, post, open, house, ask, now } = all;
  const closed = await post(bob, { text: 'Bob for everyone, page closed' });
  const narrow = await post(ada, { text: 'Ada for the house', audience: 'house' });
  const hidden = await post(ada, { text: 'Ada hidden' });
  house.household.care.hidden.hide(null, hidden.persona, hidden.key);
  const gone = await post(ada, { text: 'Ada gone' });
  await ask(`/microblog/posts/${gone.key}`, { method: 'DELETE', token: ada.token });
  const paths = ['/@nobody', '/@bob', `/@bob/${closed.key}`, `/@ada/${narrow.key}`, `/@ada/${hidden.key}`, `/@ada/${gone.key}`, '/@ada/AAAAAAAAAAAAAAAAAAAAAA', '/@ada/x', '/@ada/__proto__', '/@bob/feed.atom', '/@nobody/feed.rss', '/@ada?before=nonsense', '/@%ff', '/@', '/@ada/a/b'];
  const answers = await Promise.all(paths.map((path) => page(all, path)));
  const [first] = answers;
  for (const [i, { status, text, headers: { date: _date, ...headers } }] of answers.entries()) {
    assert.deepEqual([status, text, headers], [404, first!.text, (({ date: _d, ...rest }) => rest)(first!.headers)], paths[i]);
  }
  await open(bob);
  assert.equal((await page(all, `/@bob/${closed.key}`)).status, 200);
  house.household.care.standings.suspend(null, bob.persona, now.ms + 86_400_000, 'noise');
  assert.equal((await page(all, '/@bob')).text, first!.text);
});

test('what is taken back or narrowed is gone at the next request; until then a copy may be asked about', async (t) => {
  const all = await choir(t);
  const { ada, post, ask, now } = all;
  const one = await post(ada, { text: 'A first thing' });
  const two = await post(ada, { text: 'A second thing' });
  const first = await page(all, '/@ada');
  const etag = String(first.headers.etag);
  assert.equal(first.headers['last-modified'], undefined);
  assert.equal((await page(all, '/@ada', { 'if-none-match': etag })).status, 304);
  now.ms += 2000;
  const later = await page(all, '/@ada');
  const since = String(later.headers['last-modified']);
  assert.equal((await page(all, '/@ada', { 'if-modified-since': since })).status, 304);
  await ask(`/microblog/posts/${one.key}`, { method: 'DELETE', token: ada.token });
  const after = await page(all, '/@ada', { 'if-none-match': etag });
  assert.equal(after.status, 200);
  assert.equal((await page(all, '/@ada', { 'if-modified-since': since })).status, 200);
  assert.doesNotMatch(after.text, /A first thing/);
  await ask(`/microblog/posts/${two.key}/audience`, { method: 'PUT', token: ada.token, body: { audience: 'house' } });
  for (const path of ['/@ada', '/@ada/feed.atom', '/@ada/feed.rss']) assert.doesNotMatch((await page(all, path)).text, /A second thing/);
});

test('a conversation shows the answers for everyone of those whose pages are open; a quote needs its consent', async (t) => {
  const all = await choir(t);
  const { ada, bob, eve, post, open, ask } = all;
  await open(bob);
  const root = await post(ada, { text: 'Where do we sing?', warning: 'Plans <&>' });
  const answer = await post(bob, { text: 'In the hall.', replyTo: root });
  await post(bob, { text: 'Key under the pot.', replyTo: root, audience: 'house' });
  await post(eve, { text: 'Eve answers with her page closed.', replyTo: root });
  const quoting = await post(bob, { text: 'As Ada asked:', quote: root });
  const closed = await post(eve, { text: 'Quote of the closed' });
  const other = await post(ada, { text: 'She said:', quote: closed });
  const { text } = await page(all, `/@bob/${answer.key}`);
  assert.match(text, /<details class="warn"><summary><b dir="auto">Plans &lt;&amp;&gt;<\/b>/);
  assert.match(text, /In the hall\./);
  assert.doesNotMatch(text, /under the pot|page closed/);
  assert.match((await page(all, `/@bob/${quoting.key}`)).text, /<blockquote[^]*Where do we sing/);
  assert.doesNotMatch((await page(all, `/@ada/${other.key}`)).text, /Quote of the closed/);
  await ask(`/microblog/posts/${root.key}/quotes/${bob.persona}/${quoting.key}`, { method: 'DELETE', token: ada.token });
  assert.doesNotMatch((await page(all, `/@bob/${quoting.key}`)).text, /Where do we sing/);
});

test('whoever is signed in gets the app at the same address, and a petname is nobody else\'s', async (t) => {
  const all = await choir(t);
  const { ada, bob, ask, post } = all;
  await post(ada, { text: 'hello' });
  await ask(`/people/${ada.persona}/petname`, { method: 'PUT', token: bob.token, body: { petname: 'Captain' } });
  const app = await ask('/@ada', { headers: HTML, cookie: `commonhold=${bob.token}` });
  assert.match(app.text, /<title>app<\/title>/);
  assert.match(String(app.headers.vary), /cookie/);
  const open = await ask('/@ada', { headers: HTML, cookie: 'commonhold=stale' });
  assert.match(open.text, /hello/);
  assert.doesNotMatch(open.text, /Captain/);
  const login = await ask('/@ada?login', { headers: HTML });
  assert.deepEqual([login.status, login.headers.location], [303, '/login?next=%2F%40ada']);
});

test('search engines and the front page name who wants that, and both stewards and people have to want it', async (t) => {
  const all = await choir(t);
  const { ada, bob, eve, open, post, ask } = all;
  await post(ada, { text: 'Ada in front' });
  await post(bob, { text: 'Bob beside' });
  await post(eve, { text: 'Eve closed' });
  assert.equal((await ask('/robots.txt')).text, 'User-agent: *\nDisallow: /\n');
  assert.match((await page(all, '/')).text, /<title>app<\/title>/);
  await ask('/house/settings', { method: 'PUT', token: ada.token, body: { front: true, note: 'We sing.' } });
  assert.doesNotMatch((await page(all, '/')).text, /Ada in front/);
  await open(ada, { open: true, listed: true, front: true });
  await open(bob);
  await open(eve, { open: false, listed: true, front: true });
  const front = await page(all, '/');
  assert.match(front.text, /Ada in front/);
  assert.match(front.text, /We sing\./);
  assert.doesNotMatch(front.text, /Bob beside|Eve closed|@eve/);
  assert.match((await page(all, '/?app')).text, /<title>app<\/title>/);
  assert.equal((await page(all, '/@ada')).headers['x-robots-tag'], 'noarchive');
  assert.equal((await page(all, '/@bob')).headers['x-robots-tag'], 'noindex, nofollow, noarchive');
  const robots = (await ask('/robots.txt')).text;
  assert.match(robots, /^Allow: \/@ada\$$/m);
  assert.doesNotMatch(robots, /bob|eve/);
  const reply = await post(bob, { text: 'unlisted answer', replyTo: await post(ada, { text: 'listed root' }) });
  assert.match(String((await page(all, `/@bob/${reply.key}`)).headers['x-robots-tag']), /noindex/);
});

test('pages of twenty lead to older ones, each post once', async (t) => {
  const all = await choir(t);
  const { ada, post, now } = all;
  for (let n = 0; n < 45; n++) { now.ms += 1000; await post(ada, { text: `post number ${n}.` }); }
  const found: string[] = [];
  for (let path: string | undefined = '/@ada', n = 0; path !== undefined && n < 5; n++) {
    const { text } = await page(all, path);
    found.push(...[...text.matchAll(/post number (\d+)\./g)].map(([, one]) => one!));
    path = /rel="next nofollow" href="([^"]+)"/.exec(text)?.[1];
  }
  assert.deepEqual(found, Array.from({ length: 45 }, (_, n) => String(44 - n)));
});

test('pages come in German where that is wanted; whoever floods them is slowed like at any other door', async (t) => {
  const all = await choir(t);
  assert.match((await page(all, '/@ada', { 'accept-language': 'fr;q=0.9, de-AT;q=0.8, en;q=0.5' })).text, /<html lang="de"[^]*Anmelden/);
  const answers = await Promise.all(Array.from({ length: 200 }, () => page(all, '/@ada')));
  assert.ok(answers.some(({ status }) => status === 429));
});
