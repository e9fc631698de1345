import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter } from './steps.ts';

interface Scene { page: Page; house: HouseProcess; ada: Member; bob: Member; post: { persona: string; key: string } }

test('who read your data', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'log') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  const post = await ada.client.microblog.post({ text: 'The tide is out.', audience: 'house' }, randomUUID());
  const watched = await openPage(browser);
  await enter(watched, house, ada);
  // One page through all parts: each begins where the one before it ended.
  for (const [name, part] of PARTS) await t.test(name, () => part({ page: watched.page, house, ada, bob, post }));
  assertCalm(watched, house.url);
});

/** Asks the data API for records of Ada's. */
const query = ({ house, ada }: Scene, collection: string, session: string) => fetch(`${house.url}/pods/${ada.persona}/${collection}/query`, {
  method: 'POST', headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' }, body: JSON.stringify({ first: 5 }),
});
const rowIn = (page: Page) => (text: RegExp) => page.getByRole('listitem').filter({ hasText: text });

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['one tap from Home on a phone, and an empty day says so kindly', async ({ page, house }) => {
    await page.goto(house.url);
    await page.getByRole('link', { name: 'Who read your data' }).locator('visible=true').click();
    await page.getByRole('heading', { name: 'Who read your data', level: 1 }).waitFor();
    await page.getByText('Nobody came to your data today.').waitFor();
    await page.getByRole('heading', { name: 'Nothing to show yet' }).waitFor();
    await page.getByText('Whoever runs this house can read its files. No log can see that.').waitFor();
  }],

  ['what somebody does is told soon and without a reload, by name, what and why', async ({ page, bob, post }) => {
    const row = rowIn(page);
    const before = Date.now();
    await bob.client.microblog.like(post);
    await row(/Bob liked, boosted or quoted a post of yours/).waitFor();
    // The house tells within a second; the rest is room for a busy machine.
    assert.ok(Date.now() - before < 15_000, `after ${Date.now() - before} ms`);
    await page.getByText('Today one person left something with you.').waitFor();
  }],

  ['a refusal is there, marked, with its reason, and the list can be narrowed to it', async (scene) => {
    const { page, house, bob } = scene;
    const row = rowIn(page);
    assert.equal((await query(scene, 'people/links', bob.session)).status, 404);
    const refused = row(/Bob tried to read your links to people, and was refused/);
    await refused.getByText('No rule lets them. Nothing was given.').waitFor();
    await house.client().sessions.start({ handle: 'ada', passphrase: 'not at all the right one' }).catch(() => undefined);
    await row(/Somebody without a name tried to log in as you/).waitFor();
    await page.getByRole('button', { name: 'Refused' }).click();
    assert.equal(await row(/quoted a post/).count(), 0);
    await refused.waitFor();
    assert.equal(await page.getByRole('button', { name: 'Refused' }).getAttribute('aria-pressed'), 'true');
    await page.getByRole('button', { name: 'Apps' }).click();
    await page.getByRole('heading', { name: 'No app has come to your data' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await row(/quoted a post/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Everything');
  }],

  ['a closer look from the row itself: one person, one kind of things, and back', async ({ page }) => {
    const row = rowIn(page);
    const menu = async (of: RegExp, item: string) => {
      await row(of).getByRole('button', { name: 'What can be done about Bob' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu(/quoted a post/, 'Show only: Bob');
    await row(/without a name tried to log in/).waitFor({ state: 'detached' });
    await row(/tried to read your links/).waitFor();
    await menu(/tried to read your links/, 'Show only: links to people');
    await row(/quoted a post/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Showing only links to people: show everything again' }).click();
    await row(/quoted a post/).waitFor();
  }],

  ['all of it goes along as a table', async ({ page }) => {
    const taken = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save it all as a table (CSV)' }).click();
    const file = await taken;
    assert.match(file.suggestedFilename(), /^who-read-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await file.path(), 'utf8');
    assert.match(text, /^day,first,last,who,.*\r\n/);
    assert.match(text, /"Bob","c[a-z2-7]{52}","people","links","read","1","","yes","no_rule","read your links to people","No rule lets them\. Nothing was given\."/);
  }],

  ['a token is named as its owner named it, and is ended here: the very next read is refused', async (scene) => {
    const { page, ada } = scene;
    const row = rowIn(page);
    const { token } = await ada.client.me.makeToken({ label: 'Backup on the shelf', services: null, write: false });
    const read = () => query(scene, 'microblog/posts', token);
    assert.equal((await read()).status, 200);
    await row(/Your token “Backup on the shelf” read one of your posts/).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'End the token Backup on the shelf' }).click();
    await page.getByText('is ended. It reads nothing more.').waitFor();
    assert.equal((await read()).status, 401);
  }],

  ['housemates are one calm row, without names', async ({ page, bob }) => {
    const row = rowIn(page);
    await bob.client.microblog.house();
    await bob.client.people.get('ada');
    await page.reload();
    const calm = row(/Your housemates read/);
    await calm.getByText('Only counted: which of them it was stays theirs.').waitFor();
    assert.equal(await calm.count(), 1);
    assert.doesNotMatch(await calm.innerText(), /Bob/);
  }],

  ['how long it is kept is one’s own choice', async ({ page, ada }) => {
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/log/settings') && answer.ok());
    await page.getByText('30 days', { exact: true }).click();
    await kept;
    assert.equal((await ada.client.me.log()).keepDays, 30);
  }],

  ['whoever it was is blocked from the row', async ({ page, ada, bob }) => {
    const blocked = page.waitForResponse((answer) => answer.url().endsWith(`/people/${bob.persona}/block`) && answer.ok());
    await rowIn(page)(/tried to read your links/).getByRole('button', { name: 'What can be done about Bob' }).click();
    await page.getByRole('menuitem', { name: 'Block Bob' }).click();
    await blocked;
    assert.deepEqual((await ada.client.people.blocked()).blocked.map(({ handle }) => handle), ['bob']);
  }],
];
