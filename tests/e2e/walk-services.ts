import { type Contract, type JsonObject } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import type { Page } from 'playwright-core';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';

const APP = 'https://app.potluck.example';

/** A service's contract before joining, how it can be narrowed, the page of the service that was joined, a later version of it, and its app at the door. */
export async function walkServices(page: Page, url: string, look: (page: Page, name: string) => Promise<void>): Promise<void> {
  const potluck = makePotluck(suite);
  const paste = async (contract: Contract) => {
    await page.goto(`${url}/services`);
    await page.getByLabel('Its address, or its contract').fill(JSON.stringify(contract));
    await page.getByRole('button', { name: 'Look at it' }).click();
  };
  const withApp = (document: JsonObject) => { Object.assign(document['service'] as object, { origins: [APP] }); };
  await paste(potluck.contract(withApp));
  await page.getByText('You join as').waitFor();
  await look(page, 'services-card');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Join narrower' }).click();
  await look(page, 'services-narrower');
  await page.getByRole('button', { name: 'Join with these limits' }).click();
  await page.getByText('Nothing shown there leads to you.').waitFor();
  await look(page, 'services-one');
  await paste(potluck.contract((document) => { withApp(document); Object.assign(document, { version: 2, purpose: 'Plan meals together, and share what is left.' }); }));
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor();
  await look(page, 'services-upgrade');
  await page.goto(`${url}/authorize?${new URLSearchParams({ client_id: potluck.id, redirect_uri: `${APP}/back`, response_type: 'code', code_challenge_method: 'S256', code_challenge: 'A'.repeat(43) })}`);
  await page.getByText(/^Your dishes, up to/).waitFor();
  await look(page, 'services-app');
  await page.goto(`${url}/services`);
  await page.getByText('Under a name of its own').waitFor();
  await look(page, 'services');
}
