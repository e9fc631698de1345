import { join } from 'node:path';
import { test } from 'node:test';
import { backedUp, backupsTo } from '../support/backups.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { signIn } from '../support/people.ts';
import { foundIn } from './keys.ts';
import { assertCalm, forgive, postWith } from './steps.ts';

test('after one pod was restored, its person lets the house write again by the key of this browser', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t), data = join(tempFolder(t, 'one'), 'data'), place = join(tempFolder(t, 'place'), 'backups');
  const house = await startHouse(t, { data });
  const watched = await openPage(browser), { page } = watched;
  await foundIn(page, house);
  const ada = await signIn(house, 'ada');
  await backupsTo(ada, place);
  await backedUp(ada);
  const { words } = await ada.client.house.kit();
  await house.stop();
  await runCli(['restore', place, '--pod', 'ada'], { data, input: words.join(' ') });
  const again = await startHouse(t, { data, port: house.port });
  await page.goto(`${again.url}/settings/devices`);
  const card = page.getByRole('region', { name: 'Your pod came back from a backup' });
  await card.getByRole('button', { name: 'Let the house write again' }).click();
  await page.getByText('The house can write for you again.').waitFor();
  await card.waitFor({ state: 'detached' });
  await page.goto(again.url);
  await page.getByRole('textbox', { name: 'Write a post' }).fill('Written by the new key.');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await postWith(page, 'Written by the new key.').waitFor();
  // While the house was away.
  forgive(watched, /ERR_CONNECTION_REFUSED/);
  assertCalm(watched, again.url);
});
