import { readFileSync } from 'node:fs';
import { type Contract, type JsonObject } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import type { Page } from 'playwright-core';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';

const APP = 'https://app.potluck.example';

type Look = (page: Page, name: string) => Promise<void>;

/** A service's contract before joining, how it can be narrowed, the page of the service that was joined, a later version of it, and its app at the door. */
export async function walkServices(page: Page, url: string, look: Look): Promise<void> {
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
  await hold(page, look);
  await paste(potluck.contract((document) => { withApp(document); Object.assign(document, { version: 2, purpose: 'Plan meals together, and share what is left.' }); }));
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor();
  await look(page, 'services-upgrade');
  await page.goto(`${url}/authorize?${new URLSearchParams({ client_id: potluck.id, redirect_uri: `${APP}/back`, response_type: 'code', code_challenge_method: 'S256', code_challenge: 'A'.repeat(43) })}`);
  await page.getByText(/^Your dishes, up to/).waitFor();
  await look(page, 'services-app');
  await paste(JSON.parse(REEL) as Contract);
  await page.getByText('This was made of a contract file of BYODA.').waitFor();
  await look(page, 'services-byoda');
  await paste(potluck.contract(withApp));
  await page.getByLabel('Your word about it').fill('For our Fridays after the rehearsal.');
  await page.getByRole('button', { name: 'Recommend it' }).click();
  await page.getByText('Potluck is recommended to everybody here.').waitFor();
  await between(page, url, look);
  await page.goto(`${url}/services`);
  await page.getByText('Your stewards: For our Fridays').waitFor();
  await look(page, 'services');
  await report(page, url, look);
}

const REEL = JSON.stringify((JSON.parse(readFileSync(new URL('../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as { files: { name: string; file: object }[] }).files.find(({ name }) => name === 'reel')!.file);

/** A place for a name of another house, and a name handed over to such a place. */
async function between(page: Page, url: string, look: Look): Promise<void> {
  await page.goto(`${url}/services/bring`);
  await page.getByRole('button', { name: 'Make a note' }).click();
  await page.getByLabel('Address of the house before').waitFor();
  await look(page, 'services-bring');
  const note = await page.locator('p.addr').textContent();
  // The note stands behind the address alone: the page has to be left for it to be read anew.
  await page.goto(`${url}/services`);
  await page.goto(`${url}/moved/name#${note}`);
  await page.getByRole('radio', { name: 'Potluck' }).check();
  await look(page, 'services-hand-over');
}

/** Paused until a time, going on, and what is said before one leaves. */
async function hold(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('menuitem', { name: 'For a week' }).click();
  await page.getByText(/^Paused until /).waitFor();
  await page.reload();
  await page.getByText(/^Paused until /).waitFor();
  await look(page, 'services-paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('button', { name: 'Leave and erase' }).waitFor();
  await look(page, 'services-leave');
  await page.getByRole('button', { name: 'Stay' }).click();
}

/** A service reported from its card, and what stewards see of it. */
async function report(page: Page, url: string, look: Look): Promise<void> {
  await page.getByRole('region', { name: 'Joined' }).getByRole('link', { name: 'Potluck' }).first().click();
  await page.getByRole('button', { name: 'Report it to the stewards' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report Potluck' });
  await dialog.getByRole('radio', { name: 'Something else' }).check();
  await dialog.getByLabel('In your own words').fill('It counts our dishes every hour. Why?');
  await look(page, 'services-report');
  await dialog.getByRole('button', { name: 'Send to the stewards' }).click();
  await page.getByText('Sent. The stewards will look at it').waitFor();
  await page.goto(`${url}/house/reports`);
  await page.getByRole('article', { name: 'The service Potluck' }).waitFor();
  await look(page, 'house-reports-service');
}
