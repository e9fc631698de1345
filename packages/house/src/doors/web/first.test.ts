import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stand } from './fixture.ts';

const HTML = { accept: 'text/html,*/*' };
const answersIn = (page: string): Map<string, unknown> => new Map([...page.matchAll(/<script type="application\/json" data-answer="([^"]+)">(.*?)<\/script>/g)].map(([, address, json]) => [address!, JSON.parse(json!) as unknown]));

test('a page brings along what the app is about to ask, for who opens it and for nobody else', async (t) => {
  const { ask, found, house } = await stand(t);
  const { token, persona } = await found();
  const evil = '</script><script>alert(1)</script>';
  await house.microblog.post({ kind: 'person', persona, session: 'x' }, { text: evil, audience: 'house' });
  const cookie = `commonhold=${token}`;
  const page = await ask('/', { headers: HTML, cookie });
  assert.deepEqual([page.status, page.headers['cache-control'], page.headers.etag, page.headers['content-type']], [200, 'no-store', undefined, 'text/html; charset=utf-8']);
  assert.match(page.text, /<link rel="modulepreload" crossorigin href="\/assets\/main-abc\.js"><link rel="stylesheet" crossorigin href="\/assets\/home\.css"><\/head>/);
  assert.ok(!page.text.includes(evil), 'nothing that a post says ends the data');
  const answers = answersIn(page.text);
  assert.deepEqual([...answers.keys()].sort(), ['/house', '/me', '/microblog/filters', '/microblog/house?first=30', '/microblog/marks', '/news/settings', '/news?first=1', '/people/requests']);
  for (const [address, json] of answers) assert.deepEqual(json, (await ask(address, { cookie })).json, address);
  assert.equal((answers.get('/microblog/house?first=30') as { items: { body: { text: string } }[] }).items[0]!.body.text, evil);
  assert.deepEqual([...answersIn((await ask('/settings', { headers: HTML, cookie })).text).keys()].sort(), ['/house', '/me', '/news/settings', '/news?first=1', '/people/requests']);
});

test('nothing of anybody\'s is in a page that is kept, or for whom the house does not know', async (t) => {
  const { ask, found } = await stand(t);
  const { token, persona } = await found();
  const cookie = `commonhold=${token}`;
  const pages = {
    'a stranger': await ask('/', { headers: HTML }), 'a stale cookie': await ask('/', { headers: HTML, cookie: 'commonhold=gone' }),
    'a service worker': await ask('/', { headers: { ...HTML, 'sec-fetch-mode': 'cors' }, cookie }), 'a token': await ask('/', { headers: HTML, token }),
    // What a page elsewhere makes a browser open again and again must not be of a length that tells what is in it (BREACH).
    'somebody led here by another site': await ask('/', { headers: { ...HTML, 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' }, cookie }),
    'a head': await ask('/', { method: 'HEAD', headers: HTML, cookie }),
  };
  for (const [who, { status, text, headers }] of Object.entries(pages)) assert.deepEqual([status, answersIn(text).size, headers['cache-control'], text.includes(persona)], [200, 0, 'no-cache', false], who);
  assert.equal((await ask('/screens.json')).status, 404);
});

test('who asks too much gets the page alone', async (t) => {
  const { ask, found } = await stand(t, { limits: { read: { burst: 1, perSecond: 0.001 }, page: { burst: 1, perSecond: 0.001 } } });
  const { token } = await found();
  const cookie = `commonhold=${token}`;
  await ask('/', { headers: HTML, cookie });
  const page = await ask('/', { headers: HTML, cookie });
  assert.deepEqual([page.status, answersIn(page.text).size], [200, 0]);
});

test('what is a file is no page of the app, also for a browser that goes there, or through the app’s worker', async (t) => {
  const { ask, found, door } = await stand(t);
  const { token } = await found();
  const worker = readFileSync(new URL('../../../../web/src/app/sw.js', import.meta.url), 'utf8');
  const leaves = new RegExp(/const MACHINE = \/(.+)\/;/.exec(worker)![1]!);
  const files = door.routes.filter(({ method, bytes }) => method === 'GET' && bytes?.way === 'out').map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x'));
  assert.ok(files.length >= 3);
  for (const path of files) {
    assert.doesNotMatch((await ask(path, { headers: HTML, cookie: `commonhold=${token}` })).headers['content-type'] ?? '', /html/, path);
    assert.match(path, leaves);
  }
});
