import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; first: { persona: string; key: string } }

const DESK = { width: 1280, height: 800 };
const MOST_STOPS = 80;

test('the whole of it with the keyboard alone', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'keyboard') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  const say = (text: string, replyTo?: { persona: string; key: string }) =>
    bob.client.microblog.post({ text, audience: 'house', ...(replyTo ? { replyTo } : {}) }, randomUUID());
  const { persona, key } = await say('Who has a spare torch?');
  const first = { persona, key };
  await say('A small one would do.', first);
  for (let n = 1; n <= 5; n++) await say(`Verse ${n}: the fog came in and the fog went out, and nobody saw it.`);
  for (const [name, part] of PARTS) await t.test(name, () => onPage({ browser, house, ada, bob, first }, part));
});

async function onPage(scene: Scene, part: (scene: Scene, page: Page) => Promise<void>): Promise<void> {
  const watched = await openPage(scene.browser, { viewport: DESK });
  await enter(watched, scene.house, scene.ada);
  await watched.page.goto(scene.house.url);
  await postWith(watched.page, 'Verse 5').waitFor();
  await part(scene, watched.page);
  assertCalm(watched, scene.house.url);
  await watched.context.close();
}

const hasFocus = (at: Locator): Promise<boolean> => at.evaluate((element) => element === document.activeElement);
const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const at = document.activeElement;
  return at === null || at === document.body ? 'nothing' : at.getAttribute('aria-label') ?? at.textContent?.trim() ?? at.tagName;
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, to: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    if (await hasFocus(to)) return;
  }
  assert.fail(`${MOST_STOPS} times Tab did not lead to ${to}, but to: ${await focused(page)}`);
}

const assertFocus = async (page: Page, to: Locator): Promise<void> => assert.ok(await hasFocus(to), `the focus is on: ${await focused(page)}`);

/** Walks through all that Tab reaches; answers what has no ring around it, and what lies under something else with the focus on it. */
async function badStops(page: Page): Promise<string[]> {
  const bad: string[] = [];
  await page.evaluate(() => { (document.activeElement as HTMLElement | null)?.blur(); scrollTo(0, 0); });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      if (at === document.body) return null;
      const { left, top, width, height } = at.getBoundingClientRect();
      const seen = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([x, y]) => {
        const there = document.elementFromPoint(left + width * x!, top + height * y!);
        return there !== null && (at.contains(there) || there.contains(at) && there !== document.body && there !== document.documentElement && !there.matches('main, .app'));
      });
      const ringed = [at, at.closest('label'), at.closest('form'), at.closest('.composer-card')].some((element) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      return `${seen ? '' : 'hidden '}${ringed ? '' : 'no ring '}| ${at.outerHTML.slice(0, 120)}`;
    });
    if (said === null) break;
    if (!said.startsWith('|')) bad.push(said);
  }
  return bad;
}

const PARTS: [string, (scene: Scene, page: Page) => Promise<void>][] = [
  ['the first Tab offers to skip to the page', async (_, page) => {
    const skip = page.getByRole('link', { name: 'Skip to the page' });
    await page.keyboard.press('Tab');
    await assertFocus(page, skip);
    const box = await skip.boundingBox();
    assert.ok(box && box.x >= 0 && box.y >= 0 && box.width > 40, 'the link is not to be seen');
    await page.keyboard.press('Enter');
    await assertFocus(page, page.locator('main'));
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('main') !== null), `the focus is on: ${await focused(page)}`);
  }],

  ['writing a post: audience, Escape, sending; then its conversation and a reply', async ({ ada }, page) => {
    await tabTo(page, page.getByRole('textbox', { name: 'Write a post' }));
    await page.keyboard.type('Typed without a mouse.');
    const pill = page.getByRole('form', { name: 'Write a post' }).getByRole('button', { name: /Change who can read this/ });
    await tabTo(page, pill);
    await page.keyboard.press('Enter');
    await assertFocus(page, page.getByRole('menuitemradio', { name: /^Your house/ }));
    await page.keyboard.press('ArrowDown');
    await assertFocus(page, page.getByRole('menuitemradio', { name: /^Everyone/ }));
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await assertFocus(page, pill);
    assert.match(await pill.innerText(), /Your house/);
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await assertFocus(page, pill);
    assert.match(await pill.innerText(), /Everyone/);
    await tabTo(page, page.getByRole('button', { name: 'Post', exact: true }));
    await page.keyboard.press('Enter');
    const post = postWith(page, 'without a mouse');
    await post.waitFor();
    assert.notEqual(await focused(page), 'nothing');
    await tabTo(page, post.locator('a.when'));
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Reply to Ada' }).waitFor();
    await assertFocus(page, page.getByRole('heading', { name: 'Conversation', level: 1 }));
    await tabTo(page, page.getByRole('textbox', { name: 'Reply to Ada' }));
    await page.keyboard.type('And answered so.');
    await page.keyboard.press('Control+Enter');
    await postWith(page, 'And answered so').waitFor();
    assert.notEqual(await focused(page), 'nothing');
    const { items } = await ada.client.microblog.house({ first: 2 });
    assert.deepEqual(items.map(({ body, audience }) => [body.text, audience]), [['And answered so.', 'everyone'], ['Typed without a mouse.', 'everyone']]);
  }],

  ['the menu of a post closes by Escape and by Tab; a delete leaves the focus in the list', async ({ ada }, page) => {
    await ada.client.microblog.post({ text: 'A slip of the keys.', audience: 'house' }, randomUUID());
    const pill = page.getByRole('button', { name: '1 new post' });
    await pill.waitFor();
    await tabTo(page, pill);
    await page.keyboard.press('Enter');
    const post = postWith(page, 'A slip of');
    await post.waitFor();
    const more = post.getByRole('button', { name: /^More about the post/ });
    await tabTo(page, more);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Copy the link' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await assertFocus(page, more);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.notEqual(await focused(page), 'nothing');
    await more.focus();
    await page.keyboard.press('Enter');
    const last = page.getByRole('menuitem', { name: 'Delete', exact: true });
    for (let step = 0; step < 12 && !await hasFocus(last); step++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await post.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.matches('#main a.when'));
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await page.keyboard.press('Control+z');
    await post.locator('a.when:focus').waitFor();
  }],

  ['Write opens over any page; Escape closes it, the words stay, the focus returns', async ({ house }, page) => {
    await page.goto(`${house.url}/people`);
    const write = page.getByRole('button', { name: 'Write' });
    await tabTo(page, write);
    await page.keyboard.press('Enter');
    const box = page.getByRole('dialog', { name: 'Write' }).getByRole('textbox');
    await box.waitFor();
    await assertFocus(page, box);
    await page.keyboard.type('Half said');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await assertFocus(page, write);
    await page.keyboard.press('Enter');
    assert.equal(await box.inputValue(), 'Half said');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  }],

  ['answering a reply where it stands: Escape closes, the focus returns to its button', async ({ house, first }, page) => {
    await page.goto(`${house.url}/@bob/${first.key}`);
    const answer = page.getByRole('region', { name: 'Replies' }).getByRole('button', { name: 'Reply to Bob' });
    await answer.waitFor();
    await tabTo(page, answer);
    await page.keyboard.press('Enter');
    const box = page.getByRole('region', { name: 'Replies' }).getByRole('textbox');
    await box.waitFor();
    await assertFocus(page, box);
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'detached' });
    await assertFocus(page, answer);
  }],

  ['what has the focus is ringed and to be seen, on a low laptop, on a phone and at 400 %', async ({ house, first }, page) => {
    for (const viewport of [{ width: 1366, height: 620 }, { width: 390, height: 844 }, { width: 320, height: 256 }]) {
      await page.setViewportSize(viewport);
      for (const path of ['/', `/@bob/${first.key}`, '/settings/house']) {
        await page.goto(house.url + path);
        await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
        // However far the page goes on below, writing is in sight.
        const { y = -1, height = 0 } = await page.getByRole('button', { name: 'Write', exact: true }).locator('visible=true').boundingBox() ?? {};
        assert.ok(y >= 0 && y + height <= viewport.height, `Write stands at ${y} on ${path} at ${viewport.width}`);
        assert.deepEqual(await badStops(page), [], `${path} at ${viewport.width}`);
      }
    }
  }],
];
