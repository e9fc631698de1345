import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, forgive, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member }

const say = (who: Member, text: string, replyTo?: { persona: string; key: string }) =>
  who.client.microblog.post({ text, audience: 'house', ...(replyTo ? { replyTo } : {}) }, randomUUID());
const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a post' });
const sendButton = (page: Page) => composer(page).getByRole('button', { name: 'Post', exact: true });
/** How many posts of the house have these words, as the house itself counts. */
const countOf = async ({ client }: Member, text: string): Promise<number> => (await client.microblog.house({ first: 50 })).items.filter(({ body }) => body.text === text).length;

test('writing in a house', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'writing') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  const scene = { browser, house, ada, bob };
  for (const [name, part] of PARTS) await t.test(name, () => onPage(scene, part));
});

/** Runs a part as Ada in a browser of her own, and holds its page to calm. */
async function onPage(scene: Scene, part: (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(scene.browser);
  await enter(watched, scene.house, scene.ada);
  await watched.page.goto(scene.house.url);
  await field(watched.page).waitFor();
  await part(scene, watched.page, watched);
  assertCalm(watched, scene.house.url);
  await watched.context.close();
}

/** Holds back every post on its way to the house until the answer is called. */
async function holdPosts(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/microblog/posts', async (route) => { await promise; await route.continue(); });
  return resolve;
}

const PARTS: [string, (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>][] = [
  ['a double click makes one post', async ({ ada }, page) => {
    const answer = await holdPosts(page);
    await field(page).fill('Said twice, meant once.');
    await sendButton(page).dblclick();
    answer();
    await postWith(page, 'Said twice').waitFor();
    assert.equal(await countOf(ada, 'Said twice, meant once.'), 1);
    assert.equal(await postWith(page, 'Said twice').count(), 1);
    assert.equal(await field(page).inputValue(), '');
  }],

  ['Ctrl+Enter pressed twice makes one post', async ({ ada }, page) => {
    const answer = await holdPosts(page);
    await field(page).fill('By keyboard, in a hurry.');
    await field(page).press('Control+Enter');
    await field(page).press('Control+Enter');
    answer();
    await postWith(page, 'in a hurry').waitFor();
    assert.equal(await countOf(ada, 'By keyboard, in a hurry.'), 1);
  }],

  ['a post whose answer was lost is sent again and stays one', async ({ ada }, page, watched) => {
    const keys: (string | undefined)[] = [];
    await page.route('**/microblog/posts', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await field(page).fill('Did this arrive?');
    await sendButton(page).click();
    await page.getByText('Not sent yet. Trying again in a moment.').waitFor();
    // Also after the page was opened anew: the key of the try is kept with the words, and it goes out by itself.
    await page.reload();
    await postWith(page, 'Did this arrive?').waitFor();
    await page.getByRole('region', { name: 'Not sent yet' }).waitFor({ state: 'detached' });
    assert.equal(keys.length, 2);
    assert.ok(keys[0]);
    assert.equal(keys[0], keys[1]);
    assert.equal(await countOf(ada, 'Did this arrive?'), 1);
    assert.equal(await postWith(page, 'Did this arrive?').count(), 1);
    forgive(watched, /ERR_CONNECTION_RESET/);
  }],

  ['words survive a reload and wait in every composer', async (_, page) => {
    await field(page).fill('Half a thought about');
    await page.reload();
    await field(page).waitFor();
    assert.equal(await field(page).inputValue(), 'Half a thought about');
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Write' }).locator('visible=true').click();
    const dialog = page.getByRole('dialog', { name: 'Write' });
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'Half a thought about');
    await dialog.getByRole('textbox').fill('');
    await page.reload();
    await page.getByRole('button', { name: 'Write' }).locator('visible=true').click();
    assert.equal(await dialog.getByRole('textbox').inputValue(), '');
  }],

  ['the audience stands in words, and Everyone is for everyone', async ({ browser, ada }, page) => {
    const pill = composer(page).getByRole('button', { name: /Change who can read this/ });
    assert.match(await pill.innerText(), /Your house · 2 people/);
    await field(page).fill('A word for the whole street.');
    await pill.click();
    await page.getByRole('menuitemradio', { name: /^Everyone/ }).click();
    assert.match(await pill.innerText(), /^Everyone/);
    await sendButton(page).click();
    const post = postWith(page, 'whole street');
    await post.getByText('Everyone', { exact: true }).waitFor();
    await post.locator('time').click();
    await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
    await ada.client.me.setPublicFace({ open: true, listed: false, front: false });
    const { page: stranger, context } = await openPage(browser);
    await stranger.goto(page.url().replace(/@\w+/, `@${ada.persona}`));
    await stranger.getByText('A word for the whole street.').first().waitFor();
    await context.close();
  }],

  ['a reply to a post for the house cannot be made wider', async ({ bob, house }, page) => {
    const first = await say(bob, 'Between us: I cannot read bass clef.');
    await page.goto(`${house.url}/@bob/${first.key}`);
    const form = page.getByRole('form', { name: 'Reply to Bob' });
    await form.getByText('House, like this post').waitFor();
    await form.getByRole('button', { name: /Change who/ }).click();
    await page.getByRole('menuitemradio', { name: /^Your house/ }).waitFor();
    assert.equal(await page.getByRole('menuitemradio', { name: /^Everyone|^Followers/ }).count(), 0);
    await page.keyboard.press('Escape');
    await form.getByRole('textbox').fill('Neither can the basses.');
    await form.getByRole('button', { name: 'Reply', exact: true }).click();
    await postWith(page, 'Neither can').waitFor();
    const { items } = await bob.client.microblog.thread(first);
    assert.equal(items.find(({ body }) => body.text.startsWith('Neither'))?.audience, 'house');
  }],

  ['what is too long cannot be sent, and it says by how much', async ({ ada }, page, { requests }) => {
    const text = 'x'.repeat(502);
    await field(page).fill(text);
    await composer(page).getByText('2 characters too many').first().waitFor({ state: 'attached' });
    assert.equal(await field(page).getAttribute('aria-invalid'), 'true');
    assert.equal(await sendButton(page).getAttribute('aria-disabled'), 'true');
    await sendButton(page).click({ force: true });
    await field(page).press('Control+Enter');
    assert.deepEqual(requests.filter((url) => url.endsWith('/microblog/posts')), []);
    await field(page).fill(text.slice(2));
    await sendButton(page).click();
    await postWith(page, 'xxxxxx').waitFor();
    assert.deepEqual([await countOf(ada, text), await countOf(ada, text.slice(2))], [0, 1]);
  }],

  ['markup is shown as it was typed, and only a web address is a link', async (_, page) => {
    const text = '<img src=x onerror="document.title=1"><b>bold</b> javascript:alert(1) see https://example.org/a?b=c#d.';
    await field(page).fill(text);
    await sendButton(page).click();
    const post = postWith(page, 'onerror');
    await post.waitFor();
    assert.equal((await post.locator('.text').innerText()).trim(), text);
    assert.equal(await post.locator('.text b, .text img').count(), 0);
    const links = await post.locator('.text a').evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]));
    assert.deepEqual(links.map(([href, target]) => [href, target]), [['https://example.org/a?b=c#d', '_blank']]);
    for (const word of ['noopener', 'noreferrer', 'nofollow']) assert.ok(links[0]?.[2]?.includes(word), word);
  }],
];
