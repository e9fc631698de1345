import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, forgive, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; data: string }

test('without the house: what was read opens, what is written waits and goes out once', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const data = tempFolder(t, 'offline');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  await bob.client.microblog.post({ text: 'The stove is lit.', audience: 'house' }, randomUUID());
  for (const [name, part] of PARTS) await t.test(name, () => part({ browser, house, ada, bob, data }));
});

/** A page whose app is kept in the browser, with Home on it. */
async function settled({ browser, house }: Scene, who: Member): Promise<WatchedPage> {
  const watched = await openPage(browser, { serviceWorkers: 'allow' });
  await enter(watched, house, who);
  await watched.page.goto(house.url);
  await postWith(watched.page, 'The stove is lit.').waitFor();
  await watched.page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== 'activated') await new Promise((resolve) => { active?.addEventListener('statechange', resolve, { once: true }); });
  });
  return watched;
}

const unsent = (page: Page) => page.getByRole('region', { name: 'Not sent yet' });
const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'Write a post' }).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
};
const said = async (who: Member, text: string): Promise<number> => (await who.client.microblog.house({ first: 50 })).items.filter(({ body }) => body.text === text).length;
const keptOf = (page: Page): Promise<number> => page.evaluate(async () => {
  const db = await new Promise<IDBDatabase>((resolve) => { const asking = indexedDB.open('commonhold-kept'); asking.onsuccess = () => resolve(asking.result); });
  const counts = await Promise.all(['answers', 'posts', 'writes'].map((name) => new Promise<number>((resolve) => {
    const asked = db.transaction(name).objectStore(name).getAllKeys();
    // What the house says of itself to anybody is not of the reader.
    asked.onsuccess = () => resolve(asked.result.filter((key) => (key as string[])[0] !== '*').length);
  })));
  db.close();
  return counts.reduce((a, b) => a + b);
});

/** Until this browser keeps a post with these words: they are read before they are kept. */
const untilKept = (page: Page, words: string) => page.waitForFunction(async (sought) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'commonhold-kept')) return false;
  const db = await new Promise<IDBDatabase>((resolve) => { const asking = indexedDB.open('commonhold-kept'); asking.onsuccess = () => resolve(asking.result); });
  const rows = await new Promise<unknown[]>((resolve) => { const asked = db.transaction('posts').objectStore('posts').getAll(); asked.onsuccess = () => resolve(asked.result); });
  db.close();
  return JSON.stringify(rows).includes(sought);
}, words);

/** Stands before a house and hands everything on, each answer as `change` would have it. */
async function standBefore(house: string, change: (answer: { path: string; body: Buffer }) => Buffer): Promise<{ url: string; close(): void }> {
  const { host, port } = new URL(house);
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const asked = request({ port, path, method: incoming.method, headers: { ...incoming.headers, host, ...(incoming.headers.origin ? { origin: house } : {}) } }, (answer) => {
      const { 'content-length': _, 'content-encoding': __, ...headers } = answer.headers;
      if (path !== '/sw.js') { outgoing.writeHead(answer.statusCode!, answer.headers); answer.pipe(outgoing); return; }
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => { outgoing.writeHead(answer.statusCode!, headers); outgoing.end(change({ path, body: Buffer.concat(pieces) })); });
    });
    // What is changed must not come packed, nor as "not modified".
    if (path === '/sw.js') for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since']) asked.removeHeader(name);
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((done) => { server.listen(0, () => done()); });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['the app, the last posts and a conversation open without the house; a post waits, survives a reload, and goes out once', async (scene) => {
    const watched = await settled(scene, scene.ada);
    const { page, context } = watched;
    await postWith(page, 'The stove is lit.').locator('a.when').click();
    // The title is there before the conversation, which alone can be kept.
    await page.locator('article.focus').waitFor();
    await page.goBack();
    await context.setOffline(true);
    await page.reload();
    await postWith(page, 'The stove is lit.').waitFor();
    await page.getByText('You are offline.').waitFor();
    await postWith(page, 'The stove is lit.').locator('a.when').click();
    await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
    await page.goBack();
    await write(page, 'Written on the ferry.');
    await unsent(page).getByText('It will go when you are back online.').waitFor();
    await page.reload();
    await unsent(page).getByText('Written on the ferry.').waitFor();
    await context.setOffline(false);
    await unsent(page).waitFor({ state: 'detached' });
    await postWith(page, 'Written on the ferry.').waitFor();
    assert.equal(await said(scene.ada, 'Written on the ferry.'), 1);
    forgive(watched, /ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    assertCalm(watched, scene.house.url);
    await context.close();
  }],

  ['two tabs: what waits goes out once, and both say so', async (scene) => {
    const watched = await settled(scene, scene.ada);
    const { page, context } = watched;
    const other = await context.newPage();
    await other.goto(scene.house.url);
    await postWith(other, 'The stove is lit.').waitFor();
    await context.setOffline(true);
    await write(page, 'From the first tab.');
    await write(other, 'From the second tab.');
    for (const tab of [page, other]) for (const text of ['From the first tab.', 'From the second tab.']) await unsent(tab).getByText(text).waitFor();
    await context.setOffline(false);
    for (const tab of [page, other]) await unsent(tab).waitFor({ state: 'detached' });
    for (const text of ['From the first tab.', 'From the second tab.']) {
      // What goes out at once has no line that could be waited for.
      await page.waitForFunction(async (words) => ((await (await fetch('/microblog/house?first=50')).json()) as { items: { body: { text: string } }[] }).items.some(({ body }) => body.text === words), text);
      assert.equal(await said(scene.ada, text), 1);
    }
    await context.close();
  }],

  ['without the house, what is kept can be searched; a vote waits, and is one vote', async (scene) => {
    const asked = await scene.bob.client.microblog.post({ text: 'Which lighthouse?', audience: 'house', poll: { options: ['North', 'South'], minutes: 60, multiple: false } }, randomUUID());
    const watched = await settled(scene, scene.ada);
    const { page, context } = watched;
    await untilKept(page, 'Which lighthouse?');
    await page.goto(`${scene.house.url}/search`);
    await page.getByRole('searchbox').waitFor();
    await context.setOffline(true);
    await page.getByRole('searchbox').fill('lighth');
    await page.keyboard.press('Enter');
    await page.getByText('This is from the last posts that this browser keeps.').waitFor();
    const post = postWith(page, 'Which lighthouse?');
    await post.getByRole('radio', { name: 'South' }).check();
    await post.getByRole('button', { name: 'Vote' }).click();
    await post.getByText('your vote is not sent yet').waitFor();
    await page.reload();
    await post.getByText('your vote is not sent yet').waitFor();
    assert.equal(await post.locator('.who').innerText(), 'Bob', 'who wrote it is kept with it');
    // What was never opened is not said to be gone.
    await page.goto(`${scene.house.url}/@somebody/${asked.key}`);
    await page.getByRole('heading', { name: 'This conversation did not load' }).waitFor();
    await context.setOffline(false);
    await unsent(page).waitFor({ state: 'detached' });
    const { poll } = (await scene.ada.client.microblog.house({ first: 20 })).items.find(({ key }) => key === asked.key)!.body;
    assert.deepEqual([poll!.counts, poll!.voters], [[0, 1], 1]);
    await context.close();
  }],

  ['what the house turns down waits with its sentence, and can be edited or dropped', async (scene) => {
    const passing = await scene.bob.client.microblog.post({ text: 'Only for a moment.', audience: 'house' }, randomUUID());
    const { page, context } = await settled(scene, scene.ada);
    await page.goto(`${scene.house.url}/@bob/${passing.key}`);
    const box = page.getByRole('textbox', { name: 'Reply to Bob' });
    await box.waitFor();
    await context.setOffline(true);
    await box.fill('A reply to nothing.');
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await unsent(page).getByText('A reply to nothing.').waitFor();
    await scene.bob.client.microblog.remove(passing.key);
    await page.goto(scene.house.url);
    await unsent(page).getByText('A reply to nothing.').waitFor();
    await context.setOffline(false);
    await unsent(page).getByText('Not sent. The post that this answers is not there.').waitFor();
    await unsent(page).getByRole('button', { name: 'Do not send: A reply to nothing.' }).click();
    await unsent(page).waitFor({ state: 'detached' });
    await page.reload();
    await postWith(page, 'The stove is lit.').waitFor();
    assert.equal(await unsent(page).count(), 0);
    await context.close();
  }],

  ['logging out leaves nothing of the reader in the browser', async (scene) => {
    const { page, context } = await settled(scene, scene.bob);
    await page.waitForFunction(() => localStorage.getItem('commonhold.me') !== null);
    assert.ok(await keptOf(page) > 0);
    await page.goto(`${scene.house.url}/settings/you`);
    // It ends on a page loaded anew.
    const anew = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Log out' }).click();
    await anew;
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    assert.equal(await keptOf(page), 0);
    await context.setOffline(true);
    await page.goto(scene.house.url).catch(() => undefined);
    await page.getByText('This house did not open').waitFor();
    assert.equal(await page.getByText('The stove is lit.').count(), 0);
    await context.close();
  }],

  ['a newer app says so, waits until it is opened, and is then the one that runs', async (scene) => {
    const newer = { is: false };
    const beside = await standBefore(scene.house.url, ({ path, body }) => (path === '/sw.js' && newer.is ? Buffer.concat([body, Buffer.from('\n// of a later build')]) : body));
    const watched = await settled({ ...scene, house: { ...scene.house, url: beside.url } as HouseProcess }, scene.ada);
    const { page, context } = watched;
    await page.reload();
    await postWith(page, 'The stove is lit.').waitFor();
    assert.equal(await page.getByText('A newer app is here.').count(), 0);
    newer.is = true;
    const before = await page.evaluate(async () => { const found = await navigator.serviceWorker.ready; await found.update(); return performance.timeOrigin; });
    await page.getByText('A newer app is here.').waitFor();
    assert.equal(await page.evaluate(() => performance.timeOrigin), before, 'the page was not asked');
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.waitForFunction((old) => performance.timeOrigin !== old, before);
    await postWith(page, 'The stove is lit.').waitFor();
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting), null);
    await context.close();
    beside.close();
  }],

  ['it can be installed; what another app shares lands in the composer', async (scene) => {
    const { page, context } = await settled(scene, scene.ada);
    const cdp = await context.newCDPSession(page);
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors') as { installabilityErrors: { errorId: string }[] };
    // A test's window is a private one, which is no fault of the app.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
    const manifest = await page.evaluate(async () => (await (await fetch('/manifest.webmanifest')).json()) as { shortcuts: { url: string }[]; icons: { src: string }[] });
    assert.deepEqual(manifest.shortcuts.map(({ url }) => url), ['/?write', '/', '/news']);
    for (const { src } of manifest.icons) assert.equal((await page.request.get(scene.house.url + src)).headers()['content-type'], 'image/png');
    await page.evaluate(() => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: '/share', enctype: 'multipart/form-data' });
      for (const [name, value] of [['title', 'A timetable'], ['text', 'The last tram is at ten.']] as const) form.append(Object.assign(document.createElement('input'), { name, value }));
      document.body.append(form);
      form.submit();
    });
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'A timetable\nThe last tram is at ten.');
    await page.evaluate(() => {
      const picture = new DataTransfer();
      const bytes = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), (one) => one.charCodeAt(0));
      picture.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: '/share', enctype: 'multipart/form-data' });
      form.append(Object.assign(document.createElement('input'), { name: 'text', value: 'And a picture.' }), Object.assign(document.createElement('input'), { type: 'file', name: 'pictures', files: picture.files }));
      document.body.append(form);
      form.submit();
    });
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'And a picture.' && document.querySelectorAll('.picked').length === 1);
    await page.goto(`${scene.house.url}/?write`);
    // On the page or over it, whichever is there first.
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await context.close();
  }],
];
