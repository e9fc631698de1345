import { nobleSuite as suite } from '@commonhold/core';
import type { Page } from 'playwright-core';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';

/** A service's contract before joining, how it can be narrowed, and the page of the service that was joined. */
export async function walkServices(page: Page, url: string, look: (page: Page, name: string) => Promise<void>): Promise<void> {
  await page.goto(`${url}/services`);
  await page.getByLabel('Its address, or its contract').fill(JSON.stringify(makePotluck(suite).contract()));
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByText('You join as').waitFor();
  await look(page, 'services-card');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Join narrower' }).click();
  await look(page, 'services-narrower');
  await page.getByRole('button', { name: 'Join with these limits' }).click();
  await page.getByText('Nothing shown there leads to you.').waitFor();
  await look(page, 'services-one');
  await page.goto(`${url}/services`);
  await page.getByText('Under a name of its own').waitFor();
  await look(page, 'services');
}
