import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { photo } from '../../packages/house/src/testing/pictures.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member }

const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a post' });
const send = (page: Page) => composer(page).getByRole('button', { name: 'Post', exact: true }).click();
const add = async (page: Page, item: string) => {
  await composer(page).getByRole('button', { name: 'Add, or look at drafts' }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};
/** What is typed next goes there. */
const inFocus = (page: Page, label: string) => page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, label);
const emptied = (page: Page) => page.waitForFunction(() => document.querySelector('textarea')?.value === '');
const newest = async ({ client }: Member, n: number) => (await client.microblog.home({ first: n })).items.map(({ body }) => body);

test('what a post can have', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'composing') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (const [name, part] of PARTS) {
    await t.test(name, async () => {
      const watched = await openPage(browser);
      await enter(watched, house, ada);
      await watched.page.goto(house.url);
      await field(watched.page).waitFor();
      await part({ browser, house, ada, bob }, watched.page);
      assertCalm(watched, house.url);
      await watched.context.close();
    });
  }
});

const PARTS: [string, (scene: Scene, page: Page) => Promise<void>][] = [
  ['a warning and several posts in a row survive a reload and go out together, once', async ({ ada }, page) => {
    await field(page).fill('The ending is a chorale.');
    await add(page, 'Content warning');
    await inFocus(page, 'Content warning');
    await page.keyboard.type('The concert, and how it ends');
    await add(page, 'Another post after it');
    await inFocus(page, 'Post 2 of 2');
    await page.keyboard.type('It is in C major.');
    await page.getByRole('button', { name: 'Add another post' }).click();
    const third = page.getByRole('textbox', { name: 'Post 3 of 3' });
    assert.equal(await composer(page).getByRole('button', { name: 'Post', exact: true }).getAttribute('aria-disabled'), 'true', 'an empty post is none');
    await page.reload();
    await third.fill('Bring a handkerchief.');
    assert.equal(await page.getByLabel('Content warning').inputValue(), 'The concert, and how it ends');
    await page.getByLabel('Add pictures to post 2').and(page.locator('input')).setInputFiles([{ name: 'score.jpg', mimeType: 'image/jpeg', buffer: await photo({ width: 300, height: 200 }) }]);
    await page.getByRole('listitem').filter({ has: page.getByRole('textbox', { name: 'Post 2 of 3' }) }).getByRole('textbox', { name: 'What is in picture 1?' }).fill('The last page');
    await page.waitForFunction(() => document.querySelectorAll('.picked progress').length === 0);
    await third.press('Control+Enter');
    await page.keyboard.press('Control+Enter');
    await inFocus(page, 'Write a post');
    await emptied(page);
    await postWith(page, 'handkerchief').waitFor();
    const bodies = await newest(ada, 5);
    assert.deepEqual(bodies.slice(0, 3).map(({ images }) => images?.map(({ alt }) => alt)), [undefined, ['The last page'], undefined]);
    assert.deepEqual(bodies.map(({ text, warning, part }) => [text, warning, part]), [
      ['Bring a handkerchief.', undefined, { at: 3, of: 3 }], ['It is in C major.', undefined, { at: 2, of: 3 }], ['The ending is a chorale.', 'The concert, and how it ends', { at: 1, of: 3 }],
    ]);
  }],

  ['a poll is made by keyboard, and says what is missing', async ({ ada }, page) => {
    await field(page).fill('Which evening suits you?');
    await add(page, 'Poll');
    await inFocus(page, 'Answer 1');
    await page.keyboard.type('Friday');
    await page.keyboard.press('Enter');
    await inFocus(page, 'Answer 2');
    await composer(page).getByText('A poll needs two answers.').waitFor();
    await page.keyboard.type('Friday');
    await composer(page).getByText('The same answer stands there twice.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Saturday');
    await page.keyboard.press('Enter');
    await inFocus(page, 'Answer 3');
    await page.keyboard.type('Sunday');
    await page.getByLabel('Open for').selectOption({ label: '3 days' });
    await page.reload();
    await page.getByLabel('Answer 3', { exact: true }).waitFor();
    await send(page);
    await emptied(page);
    await postWith(page, 'Which evening').waitFor();
    const poll = (await newest(ada, 1))[0]?.poll;
    assert.deepEqual(poll?.options, ['Friday', 'Saturday', 'Sunday']);
    assert.ok(Math.abs((poll?.until ?? 0) - Date.now() - 3 * 86_400_000) < 120_000);
  }],

  ['a post says who may quote it; a quote is for no more people than what it quotes, and its author can take it out', async ({ browser, house, ada, bob }, page) => {
    await field(page).fill('Quote this only if you follow me.');
    await add(page, 'Who may quote it');
    await page.getByLabel('Who may quote it').selectOption('nobody');
    await send(page);
    await postWith(page, 'Quote this only').waitFor();
    assert.equal((await newest(ada, 1))[0]?.quotes, 'nobody');
    const theirs = await openPage(browser);
    await enter(theirs, house, bob);
    const menu = async (text: string) => { await postWith(theirs.page, text).getByRole('button', { name: /^More about the post/ }).first().click(); };
    await theirs.page.goto(`${house.url}/@ada`);
    await menu('Quote this only');
    assert.equal(await theirs.page.getByRole('menuitem', { name: 'Quote', exact: true }).count(), 0);
    await theirs.page.keyboard.press('Escape');
    await postWith(page, 'Quote this only').getByRole('button', { name: /^More about the post/ }).click();
    await page.getByRole('menuitem', { name: /^Who may quote it/ }).click();
    await page.getByRole('dialog').getByLabel('Anyone who can read it').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Change' }).click();
    await page.getByText('Now anyone who can read it may quote it.').waitFor();
    await theirs.page.reload();
    await menu('Quote this only');
    await theirs.page.getByRole('menuitem', { name: 'Quote', exact: true }).click();
    const form = theirs.page.getByRole('form', { name: 'Quote the post by Ada' });
    await form.getByText('Quote this only if you follow me.').waitFor();
    await form.getByRole('button', { name: /Change who can read this/ }).click();
    assert.equal(await theirs.page.getByRole('menuitemradio', { name: /^Everyone/ }).count(), 0);
    await theirs.page.keyboard.press('Escape');
    await form.getByRole('textbox', { name: 'Quote the post by Ada' }).fill('She means it.');
    await form.getByRole('button', { name: 'Post', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    await page.goto(house.url);
    await page.waitForFunction(async () => (await (await fetch('/microblog/house')).text()).includes('She means it.'));
    await page.goto(`${house.url}/@bob`);
    await postWith(page, 'She means it.').getByRole('button', { name: /^More about the post/ }).first().click();
    await page.getByRole('menuitem', { name: /^Take my post out of this quote/ }).click();
    const gone = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().includes('/quotes/'));
    await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
    assert.ok((await gone).ok());
    const item = (await bob.client.microblog.house({ first: 10 })).items.find(({ body }) => body.text === 'She means it.');
    assert.equal(item?.quoted?.state, 'withdrawn');
    await theirs.context.close();
  }],

  ['an edit changes words and warning, and both stay in the history', async ({ ada }, page) => {
    await ada.client.microblog.post({ text: 'The soup was cold.', audience: 'house' }, randomUUID());
    await page.reload();
    const menu = async (words: string, item: string | RegExp) => {
      await postWith(page, words).getByRole('button', { name: /^More about the post/ }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('soup', /^Edit/);
    await page.getByRole('textbox', { name: 'Edit your post' }).fill('The soup was lukewarm.');
    await page.getByRole('button', { name: 'Add a content warning' }).click();
    await inFocus(page, 'Content warning');
    await page.keyboard.type('Food');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('textbox', { name: 'Edit your post' }).waitFor({ state: 'detached' });
    const [body] = await newest(ada, 1);
    assert.deepEqual([body?.text, body?.warning], ['The soup was lukewarm.', 'Food']);
    // The words are folded behind it now.
    await menu('Food', /^Edit/);
    await page.getByRole('button', { name: 'Take the warning away' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('textbox', { name: 'Edit your post' }).waitFor({ state: 'detached' });
    assert.equal((await newest(ada, 1))[0]?.warning, undefined);
  }],
];
