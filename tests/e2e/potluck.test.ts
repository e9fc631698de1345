import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found } from '../support/people.ts';
import { startService } from '../support/service-process.ts';
import { enter } from './steps.ts';

test('Potluck’s own page: in by one’s house, a meal is planned, and it lies in one’s pod', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t) });
  const potluck = await startService(t, 'potluck', { data: tempFolder(t, 'potluck'), house: house.url });
  const ada = await found(house);
  const { hash } = await ada.client.services.preview({ address: potluck.origin });
  const { persona, service } = await ada.client.services.join({ hash });
  const watched = await openPage(browser);
  await enter(watched, house, ada);
  const { page } = watched;

  await page.goto(potluck.origin);
  assert.equal(await page.getByLabel('Your house').inputValue(), house.url);
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByRole('button', { name: /^Let /i }).click();
  await page.getByRole('heading', { name: 'Your meals' }).waitFor();
  await page.getByText('1 at the table. Every day is free.').waitFor();
  await page.getByLabel('What').fill('Soup in the garden');
  await page.getByLabel('When').fill('2099-05-01');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByText('It is planned.').waitFor();
  const { items } = await ada.client.data.query({ persona, service, collection: 'meals' });
  assert.deepEqual(items.map(({ body }) => body['title']), ['Soup in the garden']);
  await page.getByRole('button', { name: 'Go out' }).click();
  await page.getByRole('button', { name: 'Come in' }).waitFor();
});
