import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { signIn, type Member } from '../support/people.ts';
import { assertCalm, enter, fillWho, PASSPHRASE, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; founder: WatchedPage; place: string }

test('the doors of a house: founding, invites, coming back, recovery words', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'doors') }), place = tempFolder(t, 'copies');
  const founder = await fresh(browser);
  for (const [name, part] of PARTS) await t.test(name, () => part({ browser, house, founder, place }));
  assertCalm(founder, house.url);
});

async function fresh(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser);
  return watched;
}

/** What this browser keeps of its personas: for each, whether the words' entropy is among it. */
const vault = (page: Page): Promise<boolean[]> => page.evaluate(async () => {
  const request = indexedDB.open('commonhold');
  await new Promise((done) => { request.onsuccess = done; });
  const all = request.result.transaction('personas').objectStore('personas').getAll();
  await new Promise((done) => { all.onsuccess = done; });
  request.result.close();
  return (all.result as { entropy?: Uint8Array; deviceSeed: Uint8Array }[]).filter(({ deviceSeed }) => deviceSeed.length === 32).map(({ entropy }) => entropy !== undefined);
});

const steward = (house: HouseProcess): Promise<Member> => signIn(house, 'ada');

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a wrong code is told at the code, and nothing typed is lost', async ({ browser, house }) => {
    const { page, context } = await fresh(browser);
    await page.goto(`${house.url}/found#abandon-zoo-lamp-11`);
    await page.getByLabel('House name').fill('The Wrong House');
    await page.getByRole('button', { name: 'Create a new house' }).click();
    await page.getByText('That is not the code in the terminal.').waitFor();
    assert.equal(await page.getByLabel('One-time code').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.getByLabel('House name').inputValue(), 'The Wrong House');
    await context.close();
  }],

  ['founding goes on at the same card after a refresh, the last one too', async ({ house, place, founder: { page } }) => {
    await page.goto(`${house.url}/found#${house.code}`);
    await page.getByLabel('House name').fill('The Harbour Choir');
    await page.getByLabel('A note for newcomers').fill('Rehearsal notes, lifts and cake.');
    assert.equal(new URL(page.url()).hash, '', 'the code stays in the address');
    await page.reload();
    assert.deepEqual([await page.getByLabel('House name').inputValue(), await page.getByLabel('One-time code').inputValue()], ['The Harbour Choir', house.code]);
    await page.getByRole('button', { name: 'Create a new house' }).click();
    await fillWho(page, 'Ada Lovelace', 'ada');
    await page.reload();
    await page.getByRole('heading', { name: 'Who are you here?' }).waitFor();
    assert.deepEqual([await page.getByLabel('Name', { exact: true }).inputValue(), await page.getByLabel('Handle').inputValue()], ['Ada Lovelace', 'ada']);
    assert.equal(await page.getByLabel('Passphrase').inputValue(), '', 'the passphrase was kept somewhere');
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Move in' }).click();
    await page.getByRole('heading', { name: 'Open the door' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Open the door' }).waitFor();
    await page.getByRole('button', { name: 'Next: backups' }).click();
    await page.getByRole('heading', { name: 'A copy somewhere else' }).waitFor();
    await page.reload();
    await page.getByLabel('Folder for backups').fill(place);
    await page.getByRole('button', { name: 'Try it and save' }).click();
    await page.getByText('Every night from now on.').waitFor();
    await page.getByRole('link', { name: 'Say hello first' }).click();
    await page.getByRole('form', { name: 'Write a post' }).waitFor();
  }],

  ['the code works once: a second browser finds a house that stands', async ({ browser, house }) => {
    const { page, context } = await fresh(browser);
    await page.goto(`${house.url}/found#${house.code}`);
    await page.getByRole('heading', { name: 'This house stands already' }).waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
    const refused = await page.evaluate(async (code) => (await fetch('/house/prepare', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) })).status, house.code);
    assert.ok(refused >= 400 && refused < 500, `the house answered ${refused} to the used code`);
    await context.close();
  }],

  ['an invite shows the house, its note, its people and its rules before any field', async ({ browser, house }) => {
    const { client } = await steward(house);
    await client.house.settings({ rules: ['Be kind after nine.', 'Cake is for everyone.'] });
    const { invite } = await client.invites.make({ uses: 1, note: 'Come and sing on Thursday.' });
    const watched = await fresh(browser);
    const { page } = watched;
    await page.goto(`${house.url}/join/${invite}`);
    await page.getByRole('heading', { name: 'The Harbour Choir' }).waitFor();
    for (const words of ['Rehearsal notes, lifts and cake.', 'Ada Lovelace, steward of this house', 'Come and sing on Thursday.', 'Be kind after nine.', 'Cake is for everyone.', '1 of 300 people live here']) {
      await page.getByText(words).waitFor();
    }
    assert.ok(await page.locator('.faces svg').count() >= 1, 'no face is shown');
    assert.equal(await page.locator('input, textarea').count(), 0);
    await page.getByRole('button', { name: 'Join this house' }).click();
    await fillWho(page, 'Bob Altmann', 'ada');
    await page.getByRole('button', { name: 'Move in' }).click();
    await page.getByText('Somebody here is @ada already.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'username');
    await page.getByLabel('Handle').fill('bob');
    await page.getByRole('button', { name: 'Move in' }).click();
    await page.getByRole('heading', { name: 'Say hello' }).waitFor();
    await page.getByRole('button', { name: 'Just look around' }).click();
    await page.getByRole('form', { name: 'Write a post' }).waitFor();
    assert.deepEqual(await vault(page), [true], 'keys of a refused try stayed, or the words are not here');
    assertCalm(watched, house.url);
    await watched.context.close();
    // It was for one.
    const next = await fresh(browser);
    await next.page.goto(`${house.url}/join/${invite}`);
    await next.page.getByRole('heading', { name: 'This invite has ended' }).waitFor();
    await next.context.close();
  }],

  ['an invite ends in the app; whoever stands in the door with it is told', async ({ browser, house, founder: { page } }) => {
    const { invite } = await (await steward(house)).client.invites.make({ uses: 5 });
    const guest = await fresh(browser);
    await guest.page.goto(`${house.url}/join/${invite}`);
    await guest.page.getByRole('button', { name: 'Join this house' }).click();
    await fillWho(guest.page, 'Late Larry', 'larry');
    await page.goto(`${house.url}/invite`);
    await page.getByRole('button', { name: `End ${invite}` }).click();
    await page.getByText('Invite ended.').waitFor();
    await guest.page.getByRole('button', { name: 'Move in' }).click();
    await guest.page.getByRole('heading', { name: 'This invite has ended' }).waitFor();
    assert.deepEqual(await vault(guest.page), [], 'keys of somebody who was not let in stayed');
    await guest.page.reload();
    await guest.page.getByRole('heading', { name: 'This invite has ended' }).waitFor();
    await guest.context.close();
  }],

  ['an unknown invite can be mended where it stands', async ({ browser, house }) => {
    const { invite } = await (await steward(house)).client.invites.make();
    const { page, context } = await fresh(browser);
    await page.goto(`${house.url}/join/abandon-zoo-lamp-otter`);
    await page.getByRole('heading', { name: 'This invite is not known here' }).waitFor();
    assert.equal(await page.getByLabel('Invite').inputValue(), 'abandon-zoo-lamp-otter');
    await page.getByLabel('Invite').fill(` ${invite.replaceAll('-', ' ').toUpperCase()} `);
    await page.getByRole('button', { name: 'Open this invite' }).click();
    await page.getByRole('button', { name: 'Join this house' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/join/${invite}`);
    await context.close();
  }],

  ['coming back on a clean browser: what does not fit is said, pasting works, and it leads where one wanted to go', async ({ browser, house }) => {
    const watched = await fresh(browser);
    const { page, context } = watched;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.url });
    await page.goto(`${house.url}/people`);
    await page.getByLabel('Handle').fill('@ada');
    await page.getByLabel('Passphrase').fill('not at all this');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').filter({ hasText: 'Handle and passphrase do not fit together.' }).waitFor();
    assert.equal(await page.getByLabel('Handle').inputValue(), '@ada');
    await page.getByLabel('Passphrase').fill('');
    await page.evaluate((words) => navigator.clipboard.writeText(words), PASSPHRASE);
    await page.getByLabel('Passphrase').focus();
    await page.keyboard.press('Control+V');
    assert.equal(await page.getByLabel('Passphrase').inputValue(), PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    await page.goto(`${house.url}/settings/devices`);
    // It ends on a page loaded anew.
    const anew = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Log out' }).click();
    await anew;
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await page.goto(`${house.url}/people`);
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    assertCalm(watched, house.url);
    await context.close();
  }],

  ['a session that is ended elsewhere ends here at once', async ({ browser, house }) => {
    const other = await fresh(browser);
    const again = await steward(house);
    await enter(other, house, again);
    await other.page.goto(house.url);
    await other.page.getByRole('form', { name: 'Write a post' }).waitFor();
    const { sessions } = await again.client.me.devices();
    await (await steward(house)).client.sessions.end(sessions.find(({ current }) => current)!.id);
    await other.page.getByText('This session was ended.').waitFor();
    await other.context.close();
  }],

  ['recovery words: shown, three asked, then gone from this browser, and the reminder with them', async ({ house, founder: { page } }) => {
    await page.goto(house.url);
    await page.getByRole('textbox', { name: 'Write a post' }).fill('The kettle is on.');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await postWith(page, 'The kettle').waitFor();
    const reminder = page.getByRole('region', { name: 'Write down your recovery words' });
    await reminder.getByRole('link', { name: 'Show the words' }).click();
    const card = page.getByRole('region', { name: 'Recovery words', exact: true });
    await card.getByRole('button', { name: 'Show the words' }).click();
    const words = await card.getByRole('listitem').allInnerTexts();
    assert.equal(new Set(words).size > 12, true);
    assert.equal(words.length, 24);
    await card.getByRole('button', { name: 'I wrote them down' }).click();
    const asked = card.getByRole('textbox', { name: /^Word \d+$/ });
    assert.equal(await asked.count(), 3);
    assert.equal(await card.getByText(words[0]!, { exact: true }).count(), 0, 'the words stand beside the questions');
    const places = (await card.getByText(/^Word \d+$/).allInnerTexts()).map((label) => Number(label.slice(5)));
    const answer = async (wrong: boolean) => {
      for (const [index, place] of places.entries()) await asked.nth(index).fill(wrong && index === 1 ? 'zebra-crossing' : ` ${words[place - 1]!.toUpperCase()}`);
      await card.getByRole('button', { name: 'Done, erase them here' }).click();
    };
    await answer(true);
    await card.getByText('The paper and the words differ here.').waitFor();
    assert.deepEqual(await vault(page), [true]);
    await answer(false);
    await card.getByText('They are on paper, and no longer in this browser.').waitFor();
    assert.deepEqual(await vault(page), [false]);
    await page.goto(house.url);
    await postWith(page, 'The kettle').waitFor();
    assert.equal(await reminder.count(), 0);
    assert.equal((await (await steward(house)).client.me.get()).wordsWritten, true);
  }],
];
