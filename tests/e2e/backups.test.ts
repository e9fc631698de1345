import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join as moveIn, signIn } from '../support/people.ts';
import { startStorage, type Storage } from '../support/s3.ts';
import { assertCalm, enter } from './steps.ts';

/** A disk is lost, and the house comes back in a browser: the same people, posts and keys. */
test('backups in Settings; then the data folder is gone, and the house is restored in the browser', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t), data = join(tempFolder(t, 'lost'), 'data'), storage = await startStorage(t);
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const bob = await moveIn(house, invite, 'bob');
  await bob.client.microblog.post({ text: 'What must not be lost.', audience: 'house' }, 'lost-000000000000001');
  const { words } = await ada.client.house.kit();
  // All but when it was made, and who reads along.
  const hashOf = async (session: string, url: string): Promise<string> => {
    const [, ...lines] = (await (await fetch(`${url}/me/export`, { headers: { authorization: `Bearer ${session}` } })).text()).split('\n').filter((line) => !line.startsWith('{"type":"access"'));
    assert.ok(lines.some((line) => line.includes('What must not be lost.')));
    return createHash('sha256').update(lines.filter((line) => !line.startsWith('{"type":"end"')).join('\n')).digest('hex');
  };

  const steward = await openPage(browser);
  await enter(steward, house, ada);
  await steward.page.goto(`${house.url}/settings/house`);
  const card = steward.page.getByRole('region', { name: 'Backups' });
  await fillStorage(card, storage);
  await card.getByRole('button', { name: 'Try it and save' }).click();
  // The first one and its trial begin by themselves.
  await card.getByText(/2 people, .* MiB/).waitFor();
  await card.getByText(/Tried on .*: sound/).waitFor();
  assertCalm(steward, house.url);
  await steward.context.close();
  const before = await hashOf(bob.session, house.url);
  const [backup] = (await ada.client.backups.list()).backups;
  assert.equal(backup?.drill?.ok, true);
  await house.kill();
  rmSync(data, { recursive: true });

  const again = await startHouse(t, { data });
  const { page } = await openPage(browser);
  await page.goto(`${again.url}/found#${again.code}`);
  await page.getByRole('button', { name: 'Restore a house from its backups' }).click();
  await fillStorage(page, storage);
  await page.getByLabel('The 24 words of the house').fill(words.join(' '));
  await page.getByRole('button', { name: 'Look what is there' }).click();
  await page.getByText('The old machine is off').click();
  await page.getByRole('button', { name: 'Restore this house' }).click();
  await page.waitForURL(/\/login/);
  await page.getByLabel(/Handle/i).fill('bob');
  assert.equal(await hashOf(bob.session, again.url), before);
  for (const who of [ada, bob]) assert.equal((await signIn(again, who.handle)).persona, who.persona);
});

/** Says where the backups lie, as the provider of a storage names it. */
async function fillStorage(on: Page | Locator, { endpoint, bucket, region, keyId, secret }: Storage): Promise<void> {
  await on.getByText('Storage (S3)').click();
  for (const [label, value] of [['Address of the storage', endpoint], ['Bucket', bucket], ['Region', region], ['Access key', keyId], ['Secret key', secret]] as const) await on.getByLabel(label, { exact: true }).fill(value);
}
