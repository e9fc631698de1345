import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, forgive, PASSPHRASE, postWith, until } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member }

const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a post' });
const send = (page: Page) => composer(page).getByRole('button', { name: 'Post', exact: true }).click();
const add = async (page: Page, item: string | RegExp) => {
  await composer(page).getByRole('button', { name: 'Add, or look at drafts' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const fieldSays = (page: Page, text: string) => page.waitForFunction((words) => document.querySelector('textarea')?.value === words, text);
/** Holds the page's time still, so that a line that goes after some seconds stays for as long as this machine takes. The clock must be installed. */
const holdTime = async (page: Page) => page.clock.pauseAt(await page.evaluate(() => Date.now()) + 60_000);
/** Waits for such a line; time passes between the looks alone. */
const seen = (page: Page, line: Locator) => until(async () => { await page.clock.runFor(20); return line.isVisible(); }, Boolean);
/** What the house itself has of posts that begin so. */
const having = async ({ client }: Member, start: string) => (await client.microblog.house({ first: 50 })).items.filter(({ body }) => body.text.startsWith(start));

test('what is being written', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'drafts') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const bob = await join(house, invite, 'bob');
  await join(house, invite, 'boris');
  for (const [name, part] of PARTS) {
    await t.test(name, async () => {
      const watched = await openPage(browser);
      await enter(watched, house, ada);
      await watched.page.goto(house.url);
      await field(watched.page).waitFor();
      await part({ browser, house, ada, bob }, watched.page, watched);
      assertCalm(watched, house.url);
      await watched.context.close();
    });
  }
});

const PARTS: [string, (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>][] = [
  ['a post waits five seconds, and undone it comes back as it was', async ({ ada }, page, { requests }) => {
    await page.evaluate(() => localStorage.setItem('commonhold.undo-posts', 'on'));
    await page.reload();
    await field(page).fill('Sent in haste.');
    await field(page).press('Control+Enter');
    await page.getByText('Goes out now. For: House').waitFor();
    assert.equal(await field(page).inputValue(), '');
    await page.getByRole('button', { name: 'Undo' }).click();
    await fieldSays(page, 'Sent in haste.');
    // The button went with its line: the writing goes on where it was; and Ctrl+Z is nearer than the button.
    await page.locator('#write:focus').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Goes out now. For: House').waitFor();
    await page.keyboard.press('Control+z');
    await fieldSays(page, 'Sent in haste.');
    assert.deepEqual(requests.filter((url) => url.endsWith('/microblog/posts')), []);
    await field(page).fill('Sent with care.');
    await send(page);
    // Whoever leaves the page has sent it.
    await page.goto('about:blank');
    await page.goBack();
    await page.waitForFunction(async () => (await (await fetch('/microblog/house')).text()).includes('Sent with care.'));
    await page.reload();
    await postWith(page, 'Sent with care.').waitFor();
    assert.deepEqual([(await having(ada, 'Sent in haste')).length, (await having(ada, 'Sent with care')).length], [0, 1]);
  }],

  ['words that were changed after a lost answer never make a second post by themselves', async ({ ada }, page, watched) => {
    await page.route('**/microblog/posts', async (route) => { await route.fetch(); await route.abort('connectionreset'); });
    await field(page).fill('The bridge is up.');
    await send(page);
    await page.getByText('Not sent yet. Trying again in a moment.').waitFor();
    await page.getByRole('button', { name: 'Edit: The bridge is up.' }).click();
    await fieldSays(page, 'The bridge is up.');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await field(page).fill('The bridge is up. Take the ferry.');
    await send(page);
    await composer(page).getByRole('alert').filter({ hasText: 'has arrived after all' }).waitFor();
    assert.deepEqual((await having(ada, 'The bridge')).map(({ body }) => body.text), ['The bridge is up.']);
    await composer(page).getByRole('button', { name: 'Post these, too' }).click();
    await postWith(page, 'Take the ferry').waitFor();
    assert.equal((await having(ada, 'The bridge')).length, 2);
    forgive(watched, /ERR_CONNECTION_RESET/);
  }],

  ['a browser that dies while a post is on its way sends it when it is opened again, once', async ({ ada, house }, page, watched) => {
    const { context } = watched;
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route('**/microblog/posts', async (route) => { await promise; await route.abort().catch(() => undefined); });
    await field(page).fill('Halfway there.');
    await send(page);
    await fieldSays(page, '');
    const left = await page.evaluate(() => Object.entries(localStorage).find(([name]) => name.startsWith('commonhold.out.'))!);
    resolve();
    await page.close();
    const again = await context.newPage();
    // As a crash leaves it, and long enough ago that no window holds it back.
    await context.addInitScript(([name, kept]) => {
      if (sessionStorage.getItem('put')) return;
      sessionStorage.setItem('put', 'yes');
      for (const key of Object.keys(localStorage)) if (key.startsWith('commonhold.draft.')) localStorage.removeItem(key);
      localStorage.setItem(name!, JSON.stringify({ ...JSON.parse(kept!) as object, since: Date.now() - 60_000 }));
    }, left);
    await again.goto(house.url);
    await postWith(again, 'Halfway there.').waitFor();
    await again.reload();
    await postWith(again, 'Halfway there.').waitFor();
    // The page may show it before the house has answered the second try.
    await again.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('commonhold.out.')));
    assert.equal((await having(ada, 'Halfway')).length, 1);
    forgive(watched, /ERR_FAILED/);
  }],

  ['two windows write one draft, and send it once', async ({ ada, house }, page, { context }) => {
    const other = await context.newPage();
    await other.goto(house.url);
    await field(page).fill('Two doors, one letter.');
    await fieldSays(other, 'Two doors, one letter.');
    await Promise.all([field(page).press('Control+Enter'), field(other).press('Control+Enter')]);
    // The window that was the slower one hears of it as of any other post.
    const pill = page.getByRole('button', { name: /new posts?$/ });
    await postWith(page, 'Two doors').or(pill).first().waitFor();
    if (await pill.isVisible()) await pill.click();
    await postWith(page, 'Two doors').waitFor();
    await fieldSays(other, '');
    assert.equal((await having(ada, 'Two doors')).length, 1);
    // A window that slept through it all does not write over what the other one wrote.
    await other.evaluate(() => addEventListener('storage', (event) => event.stopImmediatePropagation(), { capture: true }));
    await field(page).fill('Written here.');
    await field(other).pressSequentially('x');
    await page.goto(`${house.url}/drafts`);
    await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
    const kept = await page.locator('.draft .text').allInnerTexts();
    assert.ok(kept.some((text) => text.includes('Written here.')), kept.join(' | '));
    await other.close();
  }],

  ['deleted and written anew: the words are back, and undoing takes them away again', async ({ ada, house }, page) => {
    await ada.client.microblog.post({ text: 'Reharsal at seven.', audience: 'followers' }, randomUUID());
    await page.goto(`${house.url}/@ada`);
    const anew = async () => {
      await postWith(page, 'Reharsal').getByRole('button', { name: /^More about the post/ }).click();
      await page.getByRole('menuitem', { name: /^Delete and write anew/ }).click();
    };
    const dialog = page.getByRole('dialog', { name: 'Write' });
    const words = dialog.getByRole('textbox');
    await anew();
    await words.waitFor();
    assert.equal(await words.inputValue(), 'Reharsal at seven.');
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await postWith(page, 'Reharsal').waitFor();
    await anew();
    assert.match(await dialog.getByRole('button', { name: /Change who can read this/ }).innerText(), /Followers/);
    await words.fill('Rehearsal at seven.');
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await postWith(page, 'Rehearsal at seven.').waitFor();
    // Leaving the page ends the time to undo.
    await page.goto(house.url);
    await page.waitForFunction(async () => !(await (await fetch('/microblog/home')).text()).includes('Reharsal'));
    assert.equal((await ada.client.microblog.home({ first: 20 })).items.filter(({ body }) => body.text === 'Rehearsal at seven.').length, 1);
  }],

  ['people, tags and emoji are suggested while they are named, by keyboard and by touch', async ({ ada, bob }, page) => {
    await bob.client.microblog.post({ text: 'Low water at nine. #tide', audience: 'house' }, randomUUID());
    await ada.client.people.follow((await ada.client.people.get('boris')).persona);
    await page.reload();
    await postWith(page, 'Low water').waitFor();
    await field(page).click();
    await field(page).pressSequentially('Ask @bo');
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    await list.waitFor();
    assert.deepEqual(await list.getByRole('option').locator('.dim').allInnerTexts(), ['@boris', '@bob'], 'whom one follows comes first');
    assert.equal(await field(page).getAttribute('aria-activedescendant'), await list.getByRole('option', { selected: true }).getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await fieldSays(page, 'Ask @bob ');
    await field(page).pressSequentially('about #ti');
    await list.getByRole('option', { name: 'tide' }).click();
    await fieldSays(page, 'Ask @bob about #tide ');
    await field(page).pressSequentially(':cake');
    await list.getByRole('option').first().waitFor();
    await page.keyboard.press('Tab');
    await fieldSays(page, 'Ask @bob about #tide 🎂 ');
    await field(page).pressSequentially('@b');
    await list.waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await field(page).press('Control+Enter');
    await postWith(page, 'Ask @bob about').waitFor();
  }],

  ['the language of a post is said, shown and remembered; so is whom it is for', async ({ ada }, page) => {
    await field(page).fill('Vi ses på bryggan.');
    await add(page, 'Language');
    await page.getByLabel('Language of this post').selectOption({ label: 'Swedish · svenska' });
    await composer(page).getByRole('button', { name: /Change who can read this/ }).click();
    await page.getByRole('menuitemradio', { name: /^Followers/ }).click();
    await send(page);
    await postWith(page, 'bryggan').waitFor();
    assert.equal(await postWith(page, 'bryggan').locator('.text').getAttribute('lang'), 'sv');
    assert.equal(await page.getByLabel('Language of this post').inputValue(), 'sv');
    await page.reload();
    assert.match(await composer(page).getByRole('button', { name: /Change who can read this/ }).innerText(), /Followers/);
    await field(page).fill('Ja.');
    await page.getByLabel('Language of this post').selectOption('');
    await page.getByLabel('Language of this post').waitFor({ state: 'detached' });
    await send(page);
    await postWith(page, 'Ja.').waitFor();
    assert.deepEqual((await ada.client.microblog.home({ first: 2 })).items.map(({ body }) => body.lang), [undefined, 'sv']);
  }],

  ['a draft follows to another browser, and goes everywhere once it is posted', async ({ browser, house, ada }, page) => {
    const copied = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.url().includes('/microblog/drafts/') && answer.ok());
    await field(page).fill('Begun on the tram.');
    await copied;
    const laptop = await openPage(browser);
    await enter(laptop, house, ada);
    await laptop.page.goto(`${house.url}/drafts`);
    await laptop.page.getByText('Begun on the tram.').waitFor();
    await laptop.page.getByRole('button', { name: /^Go on writing: Begun/ }).click();
    const dialog = laptop.page.getByRole('dialog', { name: 'Write' });
    await dialog.getByRole('textbox').fill('Begun on the tram, ended at home.');
    const dropped = laptop.page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().includes('/microblog/drafts/') && answer.ok());
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await dropped;
    assert.equal((await ada.client.later.drafts()).drafts.filter(({ parts }) => parts[0]!.text.startsWith('Begun')).length, 0);
    await laptop.context.close();
  }],

  ['what goes out later says when in words, waits in a list, and comes back to be changed', async ({ ada, house }, page) => {
    await field(page).fill('Bring a torch tonight.');
    await add(page, 'Post it later');
    await composer(page).getByText(/Goes out by itself (?:today|tomorrow) at \d/).waitFor();
    await page.reload();
    await composer(page).getByText(/Goes out by itself/).waitFor();
    await composer(page).getByRole('button', { name: 'Tomorrow morning' }).click();
    await composer(page).getByText(/Goes out by itself tomorrow at /).waitFor();
    await composer(page).getByRole('button', { name: 'Post later' }).click();
    await page.getByText('It waits for its time, among your drafts.').waitFor();
    await fieldSays(page, '');
    const [waiting] = (await ada.client.later.scheduled()).scheduled;
    assert.deepEqual([waiting?.parts[0]?.text, new Date(waiting!.due).getHours()], ['Bring a torch tonight.', 8]);
    assert.equal((await having(ada, 'Bring a torch')).length, 0);
    await page.goto(`${house.url}/drafts?show=later`);
    await page.getByText(/^tomorrow at /).waitFor();
    await page.getByRole('button', { name: /^Change: Bring a torch/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Write' });
    assert.equal(await dialog.getByRole('textbox').first().inputValue(), 'Bring a torch tonight.');
    assert.equal((await ada.client.later.scheduled()).scheduled.length, 0);
    await dialog.getByRole('button', { name: 'Post it now instead' }).click();
    const posted = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/microblog/posts') && answer.ok());
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await posted;
    await page.goto(house.url);
    await postWith(page, 'Bring a torch').waitFor();
    assert.equal((await having(ada, 'Bring a torch')).length, 1);
    await ada.client.later.schedule({ parts: [{ text: 'No need to wait.' }], audience: 'house', due: Date.now() + 86_400_000 }, randomUUID());
    await page.goto(`${house.url}/drafts?show=later`);
    await page.getByRole('button', { name: 'Post now: No need to wait.' }).click();
    await page.getByText('Nothing waits').waitFor();
    assert.equal((await having(ada, 'No need to wait.')).length, 1);
  }],

  // Last: it ends the session that the others come in by.
  ['drafts are put aside, listed, gone on with and deleted, and a log-out takes none away', async ({ house }, page) => {
    await page.clock.install();
    await field(page).fill('First thought, for later.');
    await add(page, 'Put aside and start anew');
    await fieldSays(page, '');
    await field(page).fill('Second thought.');
    await page.goto(`${house.url}/settings/devices`);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Handle').fill('ada');
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await fieldSays(page, 'Second thought.');
    await add(page, 'Drafts');
    await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
    await page.getByText('First thought, for later.').waitFor();
    await holdTime(page);
    await page.getByRole('button', { name: /^Go on writing: First/ }).click();
    await seen(page, page.getByText('What you were writing is in your drafts.'));
    await page.clock.resume();
    const dialog = page.getByRole('dialog', { name: 'Write' });
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'First thought, for later.');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await holdTime(page);
    await page.getByRole('button', { name: /^Delete the draft: Second/ }).click();
    await page.getByText('Second thought.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Second thought.').waitFor();
  }],
];
