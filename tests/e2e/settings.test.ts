import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { colourAt } from '../../packages/house/src/testing/pictures.ts';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, PASSPHRASE, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member }

test('the app as one likes it: its looks, its keys, its language, and as whom', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'settings') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (const text of ['The first verse.', 'The second verse.']) await bob.client.microblog.post({ text, audience: 'house' }, randomUUID());
  for (const [name, part] of PARTS) await t.test(name, () => part({ browser, house, ada, bob }));
});

async function at({ browser, house, ada }: Scene, path: string, options = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, { viewport: { width: 1280, height: 800 }, ...options });
  await enter(watched, house, ada);
  await watched.page.goto(house.url + path);
  await watched.page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  return watched;
}

const styleOf = (page: Page, name: string): Promise<string> => page.evaluate((what) => getComputedStyle(document.documentElement).getPropertyValue(what), name);
const lookOf = (page: Page): Promise<Record<string, string | undefined>> => page.evaluate(() => ({ ...document.documentElement.dataset }));

/** What colour is seen half way down, so far from the left. */
const inked = async (of: Locator, across: number): Promise<string> => colourAt(await of.screenshot(), across);

/** Presses something, and lets go of it once the house has said who is signed in here: nothing may move from under the finger by that. */
async function pressWhile(page: Page, button: Locator, answer: () => void): Promise<void> {
  const { x, y, width, height } = (await button.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  const answered = page.waitForResponse('**/sessions/here');
  answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  await page.mouse.up();
}

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['looks: chosen once, there before the first paint of every page after', async (scene) => {
    const watched = await at(scene, '/settings/reading');
    const { page, context } = watched;
    await page.getByText('Dark', { exact: true }).click();
    await page.getByText('Plum', { exact: true }).click();
    for (const name of ['More contrast', 'Less motion', 'Underline links']) await page.getByRole('switch', { name }).click();
    await page.getByRole('slider', { name: /Size of the words/ }).press('End');
    const look = { theme: 'dark', accent: 'plum', contrast: 'more', motion: 'less', links: 'underline', size: '22' };
    assert.deepEqual(await lookOf(page), look);
    assert.equal(await styleOf(page, 'font-size'), '22px');
    assert.equal(await styleOf(page, 'color-scheme'), 'dark');
    // What stands on the page when its first element is there is what the first paint shows.
    await context.addInitScript(() => {
      const first = new MutationObserver(() => {
        if (!document.body) return;
        first.disconnect();
        (window as unknown as { early: unknown }).early = { ...document.documentElement.dataset };
      });
      first.observe(document, { childList: true, subtree: true });
    });
    await page.goto(scene.house.url);
    await postWith(page, 'The second verse.').waitFor();
    assert.deepEqual(await page.evaluate(() => (window as unknown as { early: unknown }).early), look);
    assert.ok(await page.evaluate(() => [...document.querySelectorAll('main *')].every((one) => Number.parseFloat(getComputedStyle(one).animationDuration) === 0 || getComputedStyle(one).animationName === 'none')));
    await page.goto(`${scene.house.url}/settings/reading`);
    await page.getByRole('slider', { name: /Size of the words/ }).press('Home');
    assert.equal(await styleOf(page, 'font-size'), '14px');
    assertCalm(watched, scene.house.url);
    await context.close();
  }],

  ['a contrast theme of the system: what is on and chosen can be told from what is not, and a code stays one', async (scene) => {
    const { page, context } = await at(scene, '/settings/reading', { forcedColors: 'active', colorScheme: 'dark' });
    const more = page.getByRole('switch', { name: 'More contrast' });
    const track = more.locator('xpath=following-sibling::i');
    const [knob, beside] = [await inked(track, 0.3), await inked(track, 0.75)];
    assert.notEqual(knob, beside, 'the knob');
    await more.click();
    assert.notEqual(await inked(track, 0.25), beside, 'on');
    const [chosen, other] = ['As the system', 'Light'].map((name) => page.locator('label.pick', { hasText: name }).first());
    assert.notEqual(await inked(chosen!, 0.06), await inked(other!, 0.06));
    await page.goto(`${scene.house.url}/@ada`);
    await page.getByRole('button', { name: 'Show your code' }).click();
    const code = page.getByRole('img', { name: 'Code that opens your profile' });
    await code.locator('path').waitFor({ state: 'attached' });
    assert.equal(await inked(code, 0.04), '255 255 255');
    await context.close();
  }],

  ['keys: a sheet shows them, they lead about, and one switch turns them off', async (scene) => {
    const { page, context } = await at(scene, '/');
    await postWith(page, 'The second verse.').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.waitForURL('**/news');
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await postWith(page, 'The second verse.').waitFor();
    await page.keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.id === 'write');
    await page.keyboard.type('jk?gn');
    assert.equal(await page.locator('#write').inputValue(), 'jk?gn', 'keys are letters where one writes');
    await page.locator('#write').fill('');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Next post').waitFor();
    await sheet.getByRole('switch', { name: 'Single keys do something' }).click();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.keyboard.press('n');
    assert.equal(await sheet.count(), 0);
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'write');
    await page.goto(`${scene.house.url}/settings/reading`);
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await context.close();
  }],

  ['j and k go through the posts, l likes, o opens, r answers', async (scene) => {
    const { page, context } = await at(scene, '/');
    await postWith(page, 'The second verse.').waitFor();
    const on = (text: string) => page.waitForFunction((what) => document.activeElement?.closest('article')?.textContent?.includes(what), text);
    await page.keyboard.press('j');
    await on('The second verse.');
    await page.keyboard.press('j');
    await on('The first verse.');
    await page.keyboard.press('k');
    await on('The second verse.');
    await page.keyboard.press('l');
    await page.waitForFunction(() => document.activeElement?.closest('article')?.querySelector('[aria-pressed="true"]') !== null);
    await page.keyboard.press('o');
    await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
    await page.goBack();
    await on('The second verse.');
    await page.keyboard.press('r');
    await page.waitForFunction(() => document.activeElement?.matches('textarea[aria-label="Reply to Bob"]'));
    await context.close();
  }],

  ['German: by the language of the browser, by choice, and what the house says no with', async (scene) => {
    const german = await at(scene, '/settings/reading', { locale: 'de-DE' });
    await german.page.getByRole('heading', { name: 'Angenehmer für die Augen' }).waitFor();
    assert.equal(await german.page.evaluate(() => document.documentElement.lang), 'de');
    await german.page.getByText('English', { exact: true }).click();
    await german.page.getByRole('heading', { name: 'Easier on the eyes' }).waitFor();
    await german.context.close();
    const { page, context } = await at(scene, '/settings/reading');
    await page.getByText('Deutsch', { exact: true }).click();
    await page.getByRole('heading', { name: 'Angenehmer für die Augen' }).waitFor();
    await page.route('**/people/*/follow', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ code: 'person_unknown', detail: 'Nobody of that name can be seen here.' }) }));
    await page.goto(`${scene.house.url}/@bob`);
    await page.getByRole('button', { name: /folgen/ }).first().click();
    await page.getByText('Das ging nicht.').waitFor();
    await page.getByText(/Hier seit/).waitFor();
    await page.goto(`${scene.house.url}/log`);
    await page.getByText('Das darfst nur du lesen.').or(page.getByText(/^(?:Das|Dir|Mit|Wer) /)).first().waitFor();
    assert.equal(await page.locator('main').getByText(/\byour\b/).count(), 0);
    await page.goto(scene.house.url);
    await page.locator('textarea').first().pressSequentially('Miau :katz');
    await page.getByRole('option', { name: 'katze', exact: false }).first().waitFor();
    await context.close();
  }],

  ['two people at one browser: added, told apart, changed without logging in, each with their own words', async (scene) => {
    const watched = await at(scene, '/');
    const { page, context } = watched;
    await page.getByRole('textbox', { name: 'Write a post' }).fill('Words of Ada.');
    const asked = Promise.withResolvers<void>();
    await page.route('**/sessions/here', async (route) => { await asked.promise; await route.continue(); }, { times: 1 });
    await page.goto(`${scene.house.url}/settings/you`);
    await pressWhile(page, page.getByRole('link', { name: 'Add somebody' }), () => asked.resolve());
    await page.getByText('stays so.').waitFor();
    await page.getByLabel('Handle').fill('bob');
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Writing as Bob @bob').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Write a post' }).inputValue(), '');
    const second = await context.newPage();
    await second.goto(scene.house.url);
    await second.getByText('Writing as Bob @bob').waitFor();
    await page.getByRole('button', { name: 'Go on as somebody else' }).click();
    await page.getByRole('menuitem', { name: /Ada/ }).click();
    await page.getByText('Writing as Ada @ada').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Write a post' }).inputValue(), 'Words of Ada.');
    await second.getByText('Writing as Ada @ada').waitFor();
    await page.goto(`${scene.house.url}/settings/you`);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Go on as Bob' }).click();
    await page.getByRole('textbox', { name: 'Write a post' }).waitFor();
    assert.equal(await page.getByText('Writing as').count(), 0);
    await context.close();
  }],
];
