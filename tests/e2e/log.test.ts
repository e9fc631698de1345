import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join } from '../support/people.ts';
import { randomUUID } from 'node:crypto';
import { assertCalm, enter } from './steps.ts';

test('who read your data', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'log') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const bob = await join(house, invite, 'bob');
  const post = await ada.client.microblog.post({ text: 'The tide is out.', audience: 'house' }, randomUUID());
  const watched = await openPage(browser);
  const { page } = watched;
  page.setDefaultTimeout(10_000);
  await enter(watched, house, ada);
  const asked = (path: string, session: string, body?: object) => fetch(house.url + path, {
    method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const row = (text: RegExp) => page.getByRole('listitem').filter({ hasText: text });

  await t.test('one click from Home, and an empty day says so kindly', async () => {
    await page.goto(house.url);
    await page.getByRole('link', { name: 'Who read your data' }).locator('visible=true').click();
    await page.getByRole('heading', { name: 'Who read your data', level: 1 }).waitFor();
    await page.getByText('Nobody came to your data today.').waitFor();
    await page.getByRole('heading', { name: 'Nothing to show yet' }).waitFor();
    await page.getByText('Whoever runs this house can read its files. No log can see that.').waitFor();
  });

  await t.test('what somebody does is told within a second, by name, what and why', async () => {
    const before = Date.now();
    await bob.client.microblog.like(post);
    await row(/Bob liked a post of yours/).waitFor();
    assert.ok(Date.now() - before < 1500, `after ${Date.now() - before} ms`);
    await page.getByText('Today one person left something with you.').waitFor();
  });

  await t.test('a refusal is there, marked, with its reason, and the list can be narrowed to it', async () => {
    assert.equal((await asked(`/pods/${ada.persona}/people/links/query`, bob.session, { first: 5 })).status, 404);
    const refused = row(/Bob tried to read your links to people, and was refused/);
    await refused.getByText('No rule lets them. Nothing was given.').waitFor();
    await house.client().sessions.start({ handle: 'ada', passphrase: 'not at all the right one' }).catch(() => undefined);
    await row(/Somebody without a name tried to log in as you/).waitFor();
    await page.getByRole('button', { name: 'Refused' }).click();
    assert.equal(await row(/liked a post/).count(), 0);
    await refused.waitFor();
    assert.equal(await page.getByRole('button', { name: 'Refused' }).getAttribute('aria-pressed'), 'true');
    await page.getByRole('button', { name: 'Apps' }).click();
    await page.getByRole('heading', { name: 'No app has come to your data' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await row(/liked a post/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Everything');
  });

  await t.test('a token is named as its owner named it, and is ended here: the very next read is refused', async () => {
    const { token } = await ada.client.me.makeToken({ label: 'Backup on the shelf', services: null, write: false });
    const read = () => asked(`/pods/${ada.persona}/microblog/posts/query`, token, { first: 5 });
    assert.equal((await read()).status, 200);
    await row(/Your token “Backup on the shelf” read one of your posts/).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'End the token Backup on the shelf' }).click();
    await page.getByText('is ended. It reads nothing more.').waitFor();
    assert.equal((await read()).status, 401);
  });

  await t.test('housemates are one calm row, without names', async () => {
    await bob.client.microblog.house();
    await bob.client.people.get('ada');
    await page.reload();
    const calm = row(/Your housemates read/);
    await calm.getByText('Only counted: which of them it was stays theirs.').waitFor();
    assert.equal(await calm.count(), 1);
    assert.doesNotMatch(await calm.innerText(), /Bob/);
  });

  await t.test('how long it is kept is one’s own choice', async () => {
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/me/log/settings') && answer.ok());
    await page.getByText('30 days', { exact: true }).click();
    await kept;
    assert.equal((await ada.client.me.log()).keepDays, 30);
  });
  assertCalm(watched, house.url);
});
