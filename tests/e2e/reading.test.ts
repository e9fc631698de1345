import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { tooWide } from './look.ts';
import { assertCalm, enter, forgive, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member }

const FIRST = 40;
const say = (who: Member, text: string) => who.client.microblog.post({ text, audience: 'house' }, randomUUID());
const feeds = (page: Page) => page.getByRole('navigation', { name: 'Feeds' });
const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });

test('reading in a house', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'reading') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (let n = 1; n <= FIRST; n++) await say(bob, `Line ${n} of the long song.`);
  for (const [name, part] of PARTS) await t.test(name, () => onPage({ browser, house, ada, bob }, part));
});

/** Runs a part as Ada in a browser of her own, on the house's feed, and holds its page to calm. */
async function onPage(scene: Scene, part: (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(scene.browser);
  await enter(watched, scene.house, scene.ada);
  await watched.page.goto(scene.house.url);
  await postWith(watched.page, `Line ${FIRST} of`).waitFor();
  await part(scene, watched.page, watched);
  assertCalm(watched, scene.house.url);
  await watched.context.close();
}

/** Where the sheet with these words stands in the window, in px from its top. */
const topOf = (page: Page, text: string): Promise<number> => postWith(page, text).evaluate((post) => post.getBoundingClientRect().top);

const PARTS: [string, (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>][] = [
  ['new posts come as a pill, and nothing moves', async ({ bob }, page) => {
    const before = await topOf(page, `Line ${FIRST} of`);
    await say(bob, 'Breaking: the cake is here.');
    await page.getByRole('button', { name: '1 new post' }).waitFor();
    assert.equal(await topOf(page, `Line ${FIRST} of`), before);
    await postWith(page, 'Line 25 of').scrollIntoViewIfNeeded();
    const [y, at] = [await page.evaluate(() => scrollY), await topOf(page, 'Line 25 of')];
    assert.ok(y > 500, 'the page did not scroll');
    await say(bob, 'Breaking: the cake is gone.');
    await page.getByRole('button', { name: '2 new posts' }).waitFor();
    assert.deepEqual([await page.evaluate(() => scrollY), await topOf(page, 'Line 25 of')], [y, at]);
    assert.equal(await postWith(page, 'Breaking').count(), 0);
    await page.getByRole('button', { name: '2 new posts' }).click();
    await postWith(page, 'the cake is gone').waitFor();
    assert.deepEqual((await postWith(page, 'Breaking').locator('.text').allInnerTexts()).map((text) => text.trim()), ['Breaking: the cake is gone.', 'Breaking: the cake is here.']);
    await page.waitForFunction(() => scrollY === 0);
  }],

  ['Back finds the list, the place and the focus again, without asking the house', async (_, page, { requests }) => {
    await postWith(page, 'Line 15 of').scrollIntoViewIfNeeded();
    await postWith(page, 'Line 1 of').waitFor({ state: 'attached' });
    await postWith(page, 'Line 2 of').scrollIntoViewIfNeeded();
    const link = postWith(page, 'Line 2 of').locator('a.when');
    const [y, count, id] = [await page.evaluate(() => scrollY), await page.getByRole('article').count(), await link.getAttribute('id')];
    assert.ok(count >= FIRST, 'the older posts were not there');
    await link.click();
    await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
    const asked = requests.length;
    await page.goBack();
    await postWith(page, 'Line 2 of').waitFor();
    assert.deepEqual([await page.evaluate(() => scrollY), await page.getByRole('article').count()], [y, count]);
    assert.equal(await page.evaluate(() => document.activeElement?.id), id);
    assert.deepEqual(requests.slice(asked).filter((url) => url.includes('/microblog/house')), []);
  }],

  ['whom one follows fills the second feed, and goes on after a reload', async ({ bob }, page) => {
    const second = feeds(page).getByRole('link', { name: /Following|Newest/ });
    await second.click();
    await page.getByRole('heading', { name: 'From your house' }).waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).locator('visible=true').click();
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/follow') && answer.ok());
    await page.getByRole('button', { name: 'Follow Bob', exact: true }).click();
    await page.getByRole('button', { name: 'Following Bob. Stop following' }).waitFor();
    await saved;
    await page.goBack();
    await postWith(page, `Line ${FIRST} of`).waitFor();
    await page.getByRole('heading', { name: 'From your house' }).waitFor({ state: 'detached' });
    await page.reload();
    await postWith(page, `Line ${FIRST} of`).waitFor();
    await say(bob, 'Only for those who follow me.');
    await page.getByRole('button', { name: '1 new post' }).click();
    await postWith(page, 'Only for those').waitFor();
  }],

  ['Delete waits five seconds for Undo, and then it is done', async ({ ada }, page) => {
    await page.clock.install();
    for (const text of ['To be kept after all.', 'To be gone for good.']) await say(ada, text);
    await page.reload();
    const remove = async (text: string) => {
      await postWith(page, text).getByRole('button', { name: /^More about the post/ }).click();
      const before = await page.evaluate(() => Date.now());
      await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
      await page.getByText('Post deleted').waitFor();
      await postWith(page, text).waitFor({ state: 'detached' });
      return before;
    };
    const asked: string[] = [];
    page.on('request', (request) => { if (request.method() === 'DELETE') asked.push(request.url()); });
    // However long this machine took to get here: half a second is left, and it does not pass.
    await page.clock.pauseAt(await remove('To be kept') + 4500);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.clock.resume();
    await postWith(page, 'To be kept').waitFor();
    await page.clock.runFor(6000);
    assert.deepEqual(asked, []);
    await remove('To be gone');
    const gone = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.status() === 204);
    await page.clock.runFor(5100);
    await gone;
    await page.reload();
    await postWith(page, 'To be kept').waitFor();
    assert.equal(await postWith(page, 'To be gone').count(), 0);
  }],

  ['Delete is also done when the page is left before the five seconds are over', async ({ browser, house, ada, bob }, page) => {
    await say(ada, 'Gone with the window.');
    const other = await openPage(browser);
    await enter(other, house, bob);
    await other.page.goto(house.url);
    await postWith(other.page, 'Gone with').waitFor();
    await page.getByRole('button', { name: '1 new post' }).click();
    await postWith(page, 'Gone with').getByRole('button', { name: /^More about the post/ }).click();
    await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await page.getByText('Post deleted').waitFor();
    await page.goto(`${house.url}/settings/reading`);
    await postWith(other.page, 'Gone with').waitFor({ state: 'detached' });
    await other.context.close();
  }],

  ['offline: it says so, the list can be read, what is written waits, and back online all goes on', async ({ ada, bob }, page, watched) => {
    await watched.context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    assert.ok(await page.getByRole('article').count() > 20);
    await composer(page).getByRole('textbox').fill('Written in a tunnel.');
    await composer(page).getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByText('Not sent yet. It will go when you are back online.').waitFor();
    await say(bob, 'Said while you were in the tunnel.');
    await watched.context.setOffline(false);
    await page.getByText('You are offline').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^\d+ new posts?/ }).click();
    await postWith(page, 'Said while you').waitFor();
    await page.getByText('Not sent yet').waitFor({ state: 'detached' });
    await postWith(page, 'Written in a tunnel').waitFor();
    assert.equal((await ada.client.microblog.house({ first: 9 })).items.filter(({ body }) => body.text === 'Written in a tunnel.').length, 1);
    forgive(watched, /ERR_INTERNET_DISCONNECTED/);
  }],

  ['whatever the house fails at, every screen says so in a sentence and can be tried again', async ({ house }, page, watched) => {
    // Home comes with its page; from another page it is asked for as any other.
    const FAILING = ['/news', 'Home', '/search?q=song', '/tag/song', '/bookmarks', '/lists', '/catch-up?hours=8', '/drafts?show=later', '/people', '/invite', '/house', '/house/people', '/log', '/@bob', '/settings/devices', '/settings/writing', '/settings/filters', '/settings/apps'];
    const broken = { is: true };
    const isAsked = ({ pathname }: URL) => !/^\/(?:assets\/|me$|house$|live$|$|sw\.js|manifest)/.test(pathname);
    await page.route(isAsked, (route) => (broken.is && route.request().resourceType() !== 'document'
      ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'Error', status: 500, code: 'internal', detail: 'Something went wrong in the house.' }) }) : route.continue()));
    const silent: string[] = [];
    for (const path of FAILING) {
      broken.is = true;
      if (path === 'Home') await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: path }).locator('visible=true').click();
      else await page.goto(house.url + path);
      const again = page.locator('main').getByRole('button', { name: 'Try again' }).first();
      if (!await again.waitFor({ timeout: 5000 }).then(() => true, () => false)) { silent.push(path); continue; }
      const words = (await again.locator('xpath=ancestor::*[.//p or .//h2 or self::div][1]').innerText()).replace('Try again', '').trim();
      if (words.length < 12) silent.push(`${path}: "${words}"`);
      broken.is = false;
      await again.click();
      if (!await again.waitFor({ state: 'detached', timeout: 5000 }).then(() => true, () => false)) silent.push(`${path}: the second try`);
    }
    assert.deepEqual(silent, []);
    forgive(watched, /status of 500/);
  }],

  ['offline, a screen that was not opened before says so and can be tried again', async (_, page, watched) => {
    await watched.context.setOffline(true);
    await page.getByText('You are offline').waitFor();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).locator('visible=true').click();
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await watched.context.setOffline(false);
    await again.click();
    await page.getByRole('link', { name: 'Bob' }).first().waitFor();
    forgive(watched, /ERR_INTERNET_DISCONNECTED/);
  }],

  ['a name without a space, and answers twenty deep, stand in a window of 320 px', async ({ house, ada, bob }, page) => {
    const long = await join(house, (await ada.client.invites.make()).invite, 'long');
    await long.client.people.setProfile({ name: 'W'.repeat(40), bio: '' });
    const mine = await say(ada, 'Whose is the long name?');
    const refOf = ({ persona, key }: { persona: string; key: string }) => ({ persona, key });
    await long.client.microblog.like(mine);
    await long.client.microblog.boost(mine);
    await long.client.microblog.post({ text: 'Mine?', audience: 'house', poll: { options: ['Yes', 'No'], minutes: 60, multiple: false } }, randomUUID());
    let last = refOf(mine);
    for (let depth = 1; depth <= 20; depth++) last = refOf(await (depth % 2 ? bob : long).client.microblog.post({ text: `Answer ${depth} goes on with it.`, audience: 'house', replyTo: last }, randomUUID()));
    const wide: string[] = [];
    const looked = async (path: string) => wide.push(...(await tooWide(page)).map((what) => `${path} at ${page.viewportSize()?.width}: ${what}`));
    for (const [path, text] of [['/', 'Whose is the long name?'], [`/@ada/${mine.key}`, 'Answer 20 goes on'], ['/@long', 'Mine?'], [`/tag/${'x'.repeat(60)}`, 'Nothing says']] as const) {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(house.url + path);
      await page.getByText(text).first().waitFor();
      await looked(path);
      if (path !== '/@long') continue;
      await page.getByRole('button', { name: /^More about WW/ }).click();
      await page.getByRole('menuitem', { name: /^Mute for an hour/ }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
    }
    await page.goto(`${house.url}/@ada/${mine.key}`);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const { width: room = 0 } = await page.getByText('Answer 20 goes on').boundingBox() ?? {};
      assert.ok(room >= 120, `at ${width} px the twentieth answer has ${room} px for its words`);
    }
    assert.deepEqual(wide, []);
    // A name from the other side of the page begins where its handle does.
    await long.client.people.setProfile({ name: 'أميرة حداد', bio: '' });
    await page.goto(`${house.url}/@long`);
    const heading = page.getByRole('heading', { level: 2, name: 'أميرة حداد', exact: true });
    await heading.waitFor();
    const [name, handle] = await heading.evaluate((one) => [one, one.nextElementSibling!].map((of) => { const range = document.createRange(); range.selectNodeContents(of); return range.getBoundingClientRect().left; }));
    assert.ok(Math.abs(name! - handle!) < 4, `the name begins at ${name}, the handle at ${handle}`);
    // The largest words in a small window: a menu opens where it can be read.
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${house.url}/?lang=de`);
    await page.evaluate(() => { document.documentElement.dataset['size'] = '22'; });
    await page.getByRole('button', { name: 'Hinzufügen, oder Entwürfe ansehen' }).click();
    const { x: from = -1, width: across = 0 } = await page.getByRole('menu').boundingBox() ?? {};
    assert.ok(from >= 0 && from + across <= 320, `the menu reaches from ${from} to ${from + across} of 320 px`);
    // What a window of 1280 px becomes at 400 %: all of the composer can be reached.
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto(`${house.url}/people`);
    await page.getByRole('button', { name: 'Write', exact: true }).locator('visible=true').click();
    const send = page.getByRole('dialog', { name: 'Write' }).getByRole('button', { name: 'Post', exact: true });
    await send.scrollIntoViewIfNeeded();
    const { y = -1, height = 0 } = await send.boundingBox() ?? {};
    assert.ok(y >= 0 && y + height <= 256, `Post stands at ${y} of 256 px`);
  }],
];
