import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member }

const say = (who: Member, text: string, more: object = {}) => who.client.microblog.post({ text, audience: 'house', ...more }, randomUUID());

test('finding and gathering in a house', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'finding') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const [bob, cleo] = [await join(house, invite, 'bob'), await join(house, invite, 'cleo')];
  await say(bob, 'The lighthouse keeper sings. #lighthouse');
  await say(cleo, 'Keeper of the soup.');
  await say(cleo, 'A lighthouse nobody may read of.', { audience: 'only-me' });
  await say(ada, 'My own lighthouse.');
  for (const [name, part] of PARTS) await t.test(name, () => as({ browser, house, ada, bob, cleo }, ada, part));
});

/** A browser of Ada's own on her house's page, held to calm. */
async function as(scene: Scene, who: Member, part: (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(scene.browser);
  await enter(watched, scene.house, who);
  await watched.page.goto(scene.house.url);
  await postWith(watched.page, 'My own lighthouse.').waitFor();
  await part(scene, watched.page, watched);
  assertCalm(watched, scene.house.url);
  await watched.context.close();
}

const PARTS: [string, (scene: Scene, page: Page, watched: WatchedPage) => Promise<void>][] = [
  ['search finds what one may read: posts, own posts, people, tags; back finds the answer again', async (_, page, { requests }) => {
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox');
    await field.waitFor();
    await field.fill('lighth');
    await field.press('Enter');
    await postWith(page, 'The lighthouse keeper sings.').waitFor();
    await postWith(page, 'My own lighthouse.').waitFor();
    assert.equal(await postWith(page, 'nobody may read of').count(), 0);
    await page.getByRole('link', { name: '#lighthouse' }).first().waitFor();
    await postWith(page, 'The lighthouse keeper').locator('a.when').click();
    await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
    const asked = requests.length;
    await page.goBack();
    await postWith(page, 'The lighthouse keeper sings.').waitFor();
    assert.deepEqual([await field.inputValue(), requests.slice(asked).filter((url) => url.includes('/search?'))], ['lighth', []]);
    await page.getByRole('button', { name: 'My posts' }).click();
    await postWith(page, 'The lighthouse keeper').waitFor({ state: 'detached' });
    await postWith(page, 'My own lighthouse.').waitFor();
    await field.fill('cle');
    await page.getByRole('button', { name: 'Everything' }).click();
    await field.fill('cle');
    await field.press('Enter');
    await page.getByRole('region', { name: 'People' }).getByRole('link', { name: 'Cleo' }).click();
    await page.getByRole('heading', { name: 'Cleo', level: 1 }).waitFor();
    await page.goto(`${new URL(page.url()).origin}/search?q=contrabassoon`);
    await page.getByText('Nothing about “contrabassoon”').waitFor();
  }],

  ['a tag leads to what was written with it', async (_, page) => {
    await postWith(page, 'The lighthouse keeper').getByRole('link', { name: '#lighthouse' }).click();
    await page.getByRole('heading', { name: '#lighthouse' }).waitFor();
    await postWith(page, 'The lighthouse keeper').waitFor();
    assert.equal(await postWith(page, 'My own').count(), 0);
  }],

  ['a list: made, a tab over Home, changed, deleted with Undo', async ({ house }, page) => {
    await page.clock.install();
    await page.goto(`${house.url}/lists`);
    await page.getByRole('link', { name: 'Make a list' }).first().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A list needs a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Altos');
    await page.getByRole('checkbox', { name: /^Cleo/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await postWith(page, 'Keeper of the soup.').waitFor();
    const tabs = page.getByRole('navigation', { name: 'Feeds' });
    assert.deepEqual([await tabs.getByRole('link').allInnerTexts(), await tabs.locator('[aria-current]').innerText()], [['House', 'Following', 'Altos', 'Catch up'], 'Altos']);
    assert.equal(await postWith(page, 'lighthouse keeper').count(), 0);
    await postWith(page, 'Keeper of').getByRole('button', { name: /^More about the post/ }).click();
    await page.getByRole('menuitem', { name: 'Why am I seeing this?' }).click();
    await page.getByText('Cleo is on your list “Altos”.').waitFor();
    await page.goto(`${house.url}/lists`);
    await page.getByRole('link', { name: 'Change Altos' }).click();
    await page.getByRole('checkbox', { name: /^Bob/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await postWith(page, 'lighthouse keeper').waitFor();
    await page.goto(`${house.url}/lists`);
    const remove = async () => {
      await page.getByRole('link', { name: 'Change Altos' }).click();
      await page.getByRole('button', { name: 'Delete this list' }).click();
      await page.getByText('List “Altos” deleted').waitFor();
    };
    await remove();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Altos', exact: true }).waitFor();
    await remove();
    const gone = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.status() === 204);
    await page.clock.runFor(5100);
    await gone;
    await page.goto(`${house.url}/lists`);
    await page.getByText('No lists yet').waitFor();
  }],

  ['catch-up: hours are chosen, posts stand by person, and it ends', async ({ ada, bob, house }, page) => {
    for (const who of [bob]) await ada.client.people.follow(who.persona);
    for (const n of [1, 2, 3, 4]) await say(bob, `Verse ${n}.`);
    await page.goto(house.url);
    await page.getByRole('link', { name: 'Catch up' }).click();
    await page.getByRole('button', { name: '8 hours' }).click();
    const group = page.getByRole('region', { name: 'Bob' });
    await group.getByText('5 posts').waitFor();
    assert.equal(await group.getByRole('article').count(), 3);
    await group.getByRole('button', { name: '2 more by Bob' }).click();
    await postWith(page, 'The lighthouse keeper').waitFor();
    assert.equal(await page.getByRole('region', { name: 'Cleo' }).count(), 0);
    await page.getByText('That’s all.').waitFor();
    await page.getByText('You don’t have to read everything.').waitFor();
    await page.getByRole('button', { name: 'Pictures' }).click();
    await page.getByText('Nothing of this kind.').waitFor();
  }],

  ['news of every kind: grouped, one kind by itself, all marked read', async ({ ada, bob, cleo, house }, page) => {
    const mine = await say(ada, 'A post that goes places.');
    const ref = { persona: mine.persona, key: mine.key };
    for (const who of [bob, cleo]) { await who.client.microblog.like(ref); await who.client.microblog.boost(ref); }
    await say(cleo, 'Ask @ada about it.');
    await say(bob, 'Well said:', { quote: ref });
    await page.goto(`${house.url}/news?kind=share`);
    const rows = page.locator('main').getByRole('listitem');
    await rows.filter({ hasText: 'Cleo and Bob boosted your post' }).waitFor();
    await rows.filter({ hasText: 'Bob quoted your post' }).getByText('Well said:').waitFor();
    assert.equal(await rows.filter({ hasText: 'liked your post' }).count(), 0);
    const read = page.waitForResponse((answer) => answer.url().endsWith('/news/read') && answer.ok());
    await page.getByRole('button', { name: 'Mark all read' }).click();
    await read;
    await page.getByRole('button', { name: 'Mark all read' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Everything' }).click();
    await rows.filter({ hasText: 'Cleo mentioned you' }).getByText('Ask @ada about it.').waitFor();
    await rows.filter({ hasText: 'Cleo and Bob liked your post' }).waitFor();
  }],
];
