import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, forgive, postWith, until } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member; dora: Member }

const say = (who: Member, text: string, replyTo?: { persona: string; key: string }) =>
  who.client.microblog.post({ text, audience: 'house', ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) }, randomUUID());
const heart = (page: Page, text: string) => postWith(page, text).getByRole('button', { name: /^Like the post by/ });
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const newsTab = (page: Page) => tabs(page).getByRole('link', { name: /^News/ }).locator('visible=true');
const rows = (page: Page) => page.locator('main').getByRole('listitem');

test('likes, news, block and mute', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'news') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const [bob, cleo, dora] = [await join(house, invite, 'bob'), await join(house, invite, 'cleo'), await join(house, invite, 'dora')];
  for (const [name, part] of PARTS) await t.test(name, () => part({ browser, house, ada, bob, cleo, dora }));
});

/** A browser of somebody's own, open at `path`; `part` uses it, and its page must stay calm. */
async function as({ browser, house }: Scene, who: Member, path: string, part: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(browser);
  await enter(watched, house, who);
  await watched.page.goto(house.url + path);
  await part(watched.page, watched);
  assertCalm(watched, house.url);
  await watched.context.close();
}

const more = async (page: Page, text: string, item: string) => {
  await postWith(page, text).getByRole('button', { name: /^More about the post/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

/** Waits until the house has answered a call like this with yes. */
const saved = (page: Page, method: string, path: RegExp) => page.waitForResponse((answer) => answer.request().method() === method && path.test(answer.url()) && answer.ok());

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a like is shown at once, and its author sees who it was in a second browser, live', async (scene) => {
    const { ada, bob } = scene;
    await say(ada, 'The tide is out.');
    await as(scene, ada, '/', async (author) => {
      await postWith(author, 'The tide is out.').waitFor();
      assert.equal(await heart(author, 'The tide is out.').count(), 0);
      await as(scene, bob, '/', async (reader) => {
        const sent = saved(reader, 'PUT', /\/like$/);
        await heart(reader, 'The tide is out.').click();
        assert.equal(await heart(reader, 'The tide is out.').getAttribute('aria-pressed'), 'true');
        await sent;
        await author.getByRole('link', { name: 'News 1 new' }).locator('visible=true').waitFor();
        await postWith(author, 'Liked by Bob').waitFor();
        assert.equal(await postWith(reader, 'Liked by').count(), 0);
        await reader.reload();
        assert.equal(await heart(reader, 'The tide is out.').getAttribute('aria-pressed'), 'true');
      });
      await newsTab(author).click();
      await rows(author).filter({ hasText: 'Bob liked your post' }).getByRole('link', { name: 'The tide is out.' }).waitFor();
      await tabs(author).getByRole('link', { name: 'News', exact: true }).locator('visible=true').waitFor();
    });
  }],

  ['a like without the house waits, reload or not, and goes out by itself; one that the house does not take goes back, with a sentence', async (scene) => {
    const bold = await say(scene.cleo, 'Only for the bold.');
    const gone = await say(scene.cleo, 'Only for a moment.');
    await as(scene, scene.bob, '/', async (page, watched) => {
      await postWith(page, 'Only for the bold.').waitFor();
      await watched.context.setOffline(true);
      await heart(page, 'Only for the bold.').click();
      await page.getByRole('region', { name: 'Not sent yet' }).getByText('A like for Cleo').waitFor();
      assert.equal(await heart(page, 'Only for the bold.').getAttribute('aria-pressed'), 'true');
      const sent = page.waitForResponse((answer) => answer.url().endsWith('/like') && answer.ok());
      await watched.context.setOffline(false);
      await sent;
      await page.getByRole('region', { name: 'Not sent yet' }).waitFor({ state: 'detached' });
      const fans = async () => (await scene.cleo.client.microblog.thread(bold)).items[0]?.likes?.people.map(({ handle }) => handle) ?? [];
      assert.deepEqual(await until(fans, ({ length }) => length > 0), ['bob']);
      await page.route('**/like', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ code: 'post_unknown', detail: 'There is no such post.' }) }));
      await heart(page, 'Only for a moment.').click();
      await page.getByText('Not liked').waitFor();
      assert.equal(await heart(page, 'Only for a moment.').getAttribute('aria-pressed'), 'false');
      await page.unroute('**/like');
      forgive(watched, /ERR_INTERNET_DISCONNECTED/);
    });
    await scene.cleo.client.microblog.remove(gone.key);
  }],

  ['a conversation that is muted by the bell at its head brings no news, and by the menu of a post it does again; answers are named by who says what to whom', async (scene) => {
    const { ada, bob, cleo } = scene;
    const first = await say(ada, 'Shall we row on Sunday?');
    const answer = await say(bob, 'I have the oars.', first);
    await as(scene, ada, `/@ada/${first.key}`, async (page) => {
      await page.getByRole('article', { name: /^Bob to Ada, .*: I have the oars\.$/ }).waitFor();
      const muted = saved(page, 'PUT', /\/mute$/);
      await page.getByRole('button', { name: 'Mute this conversation' }).click();
      await muted;
      await page.getByText('You hear no more news of this conversation').waitFor();
      // A menu longer than the room beside its button stays within the window, and scrolls.
      await page.setViewportSize({ width: 390, height: 700 });
      await postWith(page, 'I have the oars.').getByRole('button', { name: /^More about the post/ }).click();
      const { y, height } = (await page.getByRole('menu').boundingBox())!;
      assert.ok(y >= 0 && y + height <= 700, `from ${y} to ${y + height}`);
      await page.keyboard.press('Escape');
      await say(cleo, 'I bring the boat.', answer);
      await postWith(page, 'I bring the boat.').waitFor();
      const told = async () => (await ada.client.news.list({ kinds: ['reply'] })).items.map(({ post }) => post!.body.text);
      assert.deepEqual(await told(), []);
      await page.reload();
      await page.getByRole('button', { name: 'Hear news of it again' }).waitFor();
      const heard = saved(page, 'DELETE', /\/mute$/);
      await more(page, 'I have the oars.', 'Hear news of it again');
      await heard;
      await page.getByRole('button', { name: 'Mute this conversation' }).waitFor();
      assert.deepEqual(await told(), ['I have the oars.']);
    });
  }],

  ['the author sees by name all who like and boost a post, in a dialog that a failure does not close', async (scene) => {
    const { ada, bob, cleo, dora, house } = scene;
    const { invite } = await ada.client.invites.make();
    const fans = [bob, cleo, dora, await join(house, invite, 'finn'), await join(house, invite, 'gus')];
    const post = await say(ada, 'The boat is painted.');
    for (const fan of fans) await fan.client.microblog.like(post);
    await bob.client.microblog.boost(post);
    await until(async () => (await ada.client.microblog.reactionsTo(post.key, { kind: 'like' })).people.length, (n) => n === fans.length);
    await until(async () => (await ada.client.microblog.reactionsTo(post.key, { kind: 'boost' })).people.length, (n) => n === 1);
    await as(scene, ada, '/', async (page, watched) => {
      const others = postWith(page, 'The boat is painted.').getByRole('button', { name: '3 others' });
      const dialog = page.getByRole('dialog', { name: 'Who likes and boosts it' });
      const [liked, boosted] = ['Liked by', 'Boosted by'].map((title) => dialog.locator('section').filter({ has: page.getByRole('heading', { name: title }) }));
      // Two at a time, so that there is something to load; the first answer is a failure.
      await page.route('**/reactions?*', (route) => route.continue({ url: route.request().url().replace('first=100', 'first=2') }));
      await page.route('**/reactions?kind=like*', (route) => route.fulfill({ status: 503, body: '' }), { times: 1 });
      await others.focus();
      await page.keyboard.press('Enter');
      await liked!.getByRole('alert').waitFor();
      await boosted!.getByRole('link', { name: 'Bob' }).waitFor();
      assert.equal(await boosted!.getByRole('link').count(), 1);
      await liked!.getByRole('button', { name: 'Try again' }).click();
      await liked!.getByRole('link', { name: 'Finn' }).waitFor();
      for (const all of [4, 5]) {
        await liked!.getByRole('button', { name: 'Show more' }).click();
        await liked!.getByRole('link').nth(all - 1).waitFor();
      }
      assert.deepEqual(await liked!.getByRole('link').allInnerTexts(), ['Gus', 'Finn', 'Dora', 'Cleo', 'Bob']);
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Bob', 'the focus is on who came');
      assert.equal(await liked!.getByRole('button').count(), 0);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.equal(await others.evaluate((element) => element === document.activeElement), true);
      await others.click();
      await liked!.getByRole('link', { name: 'Gus' }).click();
      await page.waitForURL('**/@gus');
      await dialog.waitFor({ state: 'detached' });
      forgive(watched, /503/);
    });
  }],

  ['News groups the likes of a post, shows one kind, comes by itself, and is read once it was seen', async (scene) => {
    const { ada, bob, cleo, dora } = scene;
    const post = await say(dora, 'Cake at eight.');
    await as(scene, dora, '/news', async (page) => {
      await page.getByRole('heading', { name: 'No news yet' }).waitFor();
      for (const fan of [ada, bob, cleo]) await fan.client.microblog.like(post);
      await rows(page).filter({ hasText: 'Cleo, Bob and Ada liked your post' }).waitFor();
      assert.equal(await rows(page).count(), 1);
      await say(bob, 'Is there one without nuts?', post);
      await cleo.client.people.follow(dora.persona);
      await rows(page).filter({ hasText: 'Cleo follows you now' }).waitFor();
      await rows(page).filter({ hasText: 'Bob replied to you' }).filter({ hasText: 'without nuts' }).waitFor();
      await page.getByRole('button', { name: 'Replies' }).click();
      await rows(page).filter({ hasText: 'liked your post' }).waitFor({ state: 'detached' });
      await rows(page).filter({ hasText: 'Bob replied to you' }).waitFor();
      assert.equal(await rows(page).count(), 1);
      await page.getByRole('button', { name: 'Everything' }).click();
      await page.getByRole('heading', { name: 'New', exact: true }).waitFor();
      await tabs(page).getByRole('link', { name: 'News', exact: true }).locator('visible=true').waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Earlier' }).waitFor();
      assert.equal(await page.getByRole('heading', { name: 'New', exact: true }).count(), 0);
      // The conversation itself names them, too, though two of them did not write in it.
      await page.goto(`${scene.house.url}/@dora/${post.key}`);
      await page.getByText('Liked by Cleo, Bob and Ada').waitFor();
    });
    assert.equal((await dora.client.news.list()).unread, 0);
  }],

  ['a kind that is switched off is neither listed nor counted, until it is switched on', async (scene) => {
    const { bob, dora } = scene;
    await as(scene, dora, '/settings/news', async (page) => {
      const off = saved(page, 'PUT', /\/news\/settings$/);
      await page.getByRole('switch', { name: 'Likes of your posts' }).click();
      await off;
      await bob.client.microblog.like(await say(dora, 'Nobody tells me of this one.'));
      await page.goto(`${scene.house.url}/news?kind=like`);
      await page.getByRole('heading', { name: 'News about likes is switched off' }).waitFor();
      await page.getByRole('link', { name: 'Choose your news' }).last().click();
      const on = saved(page, 'PUT', /\/news\/settings$/);
      await page.getByRole('switch', { name: 'Likes of your posts' }).click();
      await on;
      await page.getByRole('link', { name: 'News 1 new' }).locator('visible=true').waitFor();
    });
  }],

  ['Mute hides for oneself alone, and Undo brings back', async (scene) => {
    const { ada, bob, cleo } = scene;
    await say(cleo, 'Scales from six in the morning.');
    await as(scene, ada, '/', async (page) => {
      await postWith(page, 'Scales from six').waitFor();
      await more(page, 'Scales from six', 'Mute for a week');
      await postWith(page, 'Scales from six').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Undo' }).click();
      await postWith(page, 'Scales from six').waitFor();
      const sent = saved(page, 'PUT', /\/mute$/);
      await more(page, 'Scales from six', 'Mute for a week');
      await sent;
      await as(scene, bob, '/', async (other) => { await postWith(other, 'Scales from six').waitFor(); });
      await say(cleo, 'And again at seven.');
      await say(bob, 'Quiet, isn’t it.');
      await page.getByRole('button', { name: '1 new post' }).waitFor();
      await page.reload();
      await postWith(page, 'Quiet, isn’t it.').waitFor();
      assert.equal(await postWith(page, 'at seven').count(), 0);
      await page.goto(`${scene.house.url}/@cleo`);
      await postWith(page, 'at seven').waitFor();
      await page.getByText('Muted until').waitFor();
      const ended = saved(page, 'DELETE', /\/mute$/);
      await page.getByRole('button', { name: 'Unmute' }).click();
      await ended;
      await page.goto(scene.house.url);
      await postWith(page, 'at seven').waitFor();
    });
  }],

  ['Block hides both ways, now and from what comes; the profile says so, and the settings lead back', async (scene) => {
    const { ada, bob, cleo } = scene;
    await say(bob, 'Bob was here.');
    await as(scene, ada, '/', async (page) => {
      await postWith(page, 'Bob was here.').waitFor();
      await as(scene, bob, '/', async (other) => {
        await postWith(other, 'The tide is out.').waitFor();
        const sent = saved(page, 'PUT', /\/block$/);
        await more(page, 'Bob was here.', 'Block Bob');
        await page.getByText('Bob is blocked').waitFor();
        await page.getByRole('article', { name: /^Bob,/ }).first().waitFor({ state: 'detached' });
        await sent;
        await say(ada, 'Not for Bob.');
        await say(bob, 'Not for Ada.');
        await say(cleo, 'For all of you.');
        await page.getByRole('button', { name: '2 new posts' }).waitFor();
        await other.getByRole('button', { name: '2 new posts' }).waitFor();
        await other.reload();
        await postWith(other, 'For all of you.').waitFor();
        assert.equal(await other.getByRole('article', { name: /^Ada,/ }).count(), 0);
        await other.goto(`${scene.house.url}/@ada`);
        await other.getByRole('heading', { name: 'Nobody here by that name' }).waitFor();
      });
      await page.goto(`${scene.house.url}/@bob`);
      await page.getByRole('heading', { name: 'You have blocked @bob' }).waitFor();
      await page.goto(`${scene.house.url}/settings/you`);
      const ended = saved(page, 'DELETE', /\/block$/);
      await page.getByRole('button', { name: 'Unblock bob' }).click();
      await ended;
      await page.getByText('Nobody. Block or mute').waitFor();
      await page.goto(`${scene.house.url}/@bob`);
      await postWith(page, 'Not for Ada.').waitFor();
    });
  }],
];
