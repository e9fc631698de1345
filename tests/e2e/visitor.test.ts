import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join } from '../support/people.ts';
import { assertCalm, PASSPHRASE, postWith } from './steps.ts';

test('the link of a post for everyone opens without a login and without scripts, with its answers; one for the house is absent', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'visitor') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (const { client } of [ada, bob]) await client.me.setPublicFace({ open: true, listed: false, front: false });
  const open = await ada.client.microblog.post({ text: 'The concert is on Sunday.', audience: 'everyone' }, randomUUID());
  const replyTo = { persona: open.persona, key: open.key };
  await bob.client.microblog.post({ text: 'We bring the chairs.', audience: 'everyone', replyTo }, randomUUID());
  await bob.client.microblog.post({ text: 'Who has the key to the loft?', audience: 'house', replyTo }, randomUUID());
  const closed = await ada.client.microblog.post({ text: 'The key is under the third pot.', audience: 'house' }, randomUUID());
  const guest = await openPage(browser);
  const { page } = guest;
  page.setDefaultTimeout(10_000);

  const gone = async (path: string) => {
    assert.equal((await page.goto(house.url + path))?.status(), 404);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    return page.content();
  };
  const absent = await gone(`/@${closed.persona}/${closed.key}`);
  assert.equal(absent, await gone(`/@${closed.persona}/${'A'.repeat(22)}`));
  assert.equal(absent, await gone(`/@ada/${closed.key}`));
  assert.equal(absent, await gone('/@nobody'));

  await page.goto(`${house.url}/@${open.persona}/${open.key}`);
  await page.getByText('The concert is on Sunday.').waitFor();
  await page.getByText('We bring the chairs.').waitFor();
  assert.equal(await page.getByText('the key to the loft').count(), 0);
  await page.getByRole('link', { name: 'The Harbour Choir' }).waitFor();
  assert.equal(await page.locator('script').count(), 0);

  // The same address is the app for whoever signs in.
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('bob');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await postWith(page, 'The concert is on Sunday.').waitFor();
  await postWith(page, 'the key to the loft').waitFor();
  assertCalm(guest, house.url);
});
