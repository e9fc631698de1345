import { readFileSync } from 'node:fs';
import type { Contract, JsonObject } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { createClient } from '@commonhold/sdk';
import { signedFetch } from '@commonhold/sdk/service';
import type { Page } from 'playwright-core';
import { makePotluck, type TrialService } from '../../packages/house/src/testing/potluck.ts';

const APP = 'https://app.potluck.example';
type Look = (page: Page, name: string) => Promise<void>;

/** A service's contract before joining and how it can be narrowed, the shelf, the page of a service that was joined and what it did, a later version, a pause, its app at the door, and leaving. */
export async function walkServices(page: Page, url: string, look: Look): Promise<void> {
  const potluck = makePotluck(suite);
  await before(page, url, potluck, look);
  await page.getByRole('button', { name: 'Join with these limits' }).click();
  await page.getByText('Nothing shown there leads to you.').waitFor();
  await used(page, url, potluck, look);
  await changed(page, url, potluck, look);
  await page.goto(`${url}/authorize?${new URLSearchParams({ client_id: potluck.id, redirect_uri: `${APP}/back`, response_type: 'code', code_challenge_method: 'S256', code_challenge: 'A'.repeat(43) })}`);
  await page.getByText(/^Your dishes, up to/).waitFor();
  await look(page, 'services-app');
  await page.goto(`${url}/services`);
  await page.getByText('Your stewards: For our Fridays').waitFor();
  await look(page, 'services');
}

async function paste(page: Page, url: string, contract: object): Promise<void> {
  await page.goto(`${url}/services`);
  await page.getByLabel('Its address, or its contract').fill(JSON.stringify(contract));
  await page.getByRole('button', { name: 'Look at it' }).click();
}

/* A title, a reason and something that no house does: a card with all its parts. */
const whole = (document: JsonObject): void => {
  Object.assign(document['service'] as JsonObject, { origins: [APP], website: 'https://potluck.example', support: 'mailto:cook@potluck.example' });
  const { dishes } = document['collections'] as { dishes: { cluster?: string; allow: JsonObject[] } };
  Object.assign(dishes, { cluster: 'Your meals' });
  Object.assign(dishes.allow[3]!, { because: 'To find a date that suits everyone.' });
  dishes.allow.push({ who: 'service', may: ['remove'] });
};
const version = (potluck: TrialService, change: (document: JsonObject) => void = () => {}): Contract => potluck.contract((document) => { whole(document); change(document); });

async function before(page: Page, url: string, potluck: TrialService, look: Look): Promise<void> {
  const { files } = JSON.parse(readFileSync(new URL('../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as { files: { name: string; file: object }[] };
  await paste(page, url, files.find(({ name }) => name === 'kin')!.file);
  await page.getByText('This cannot be joined.').waitFor();
  await look(page, 'services-byoda');
  await paste(page, url, makePotluck(suite, 'lifts').contract((document) => { Object.assign(document['service'] as JsonObject, { title: 'Lifts', publisher: 'A neighbour' }); Object.assign(document, { purpose: 'Share a car to the rehearsal.' }); }));
  await page.getByRole('button', { name: 'Recommend it' }).click();
  await page.getByText('Lifts is recommended to everybody here.').waitFor();
  await paste(page, url, version(potluck));
  await page.getByText('You join as').waitFor();
  await page.getByLabel('Your word about it').fill('For our Fridays, since we cook together anyway.');
  await page.getByRole('button', { name: 'Recommend it' }).click();
  await page.getByText('You recommend it to everybody here.').waitFor();
  await look(page, 'services-card');
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('button', { name: 'Join narrower' }).click();
  await page.getByRole('heading', { name: 'What you let it do' }).scrollIntoViewIfNeeded();
  await look(page, 'services-narrower');
}

/** Where one is in the service now, from the address of its page. */
const placeIn = (page: Page): { persona: string; service: string; collection: string } => {
  const [, , persona = '', service = ''] = new URL(page.url()).pathname.split('/');
  return { persona, service, collection: 'dishes' };
};

/* What the service reads, and what it is refused, stands on its page and in the log. */
async function used(page: Page, url: string, potluck: TrialService, look: Look): Promise<void> {
  const place = placeIn(page), makers = createClient({ base: url, fetch: signedFetch({ seed: potluck.seed }) });
  await page.getByRole('switch', { name: /^The makers of Potluck can read and count the date/ }).check();
  await page.getByText('Saved. It holds from now on.').waitFor();
  await page.evaluate(async ({ persona, service }) => { await fetch(`/pods/${persona}/${service}/dishes/put`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ items: [{ body: { title: 'Pea soup', date: '2027-03-01', diet: 'vegan' } }] }) }); }, place);
  await makers.data.query(place);
  await makers.data.query({ ...place, collection: 'friends' }).catch(() => undefined);
  await page.getByText(/Potluck tried to read your friends/).waitFor();
  await look(page, 'services-one');
  await page.goto(`${url}/log?service=${potluck.id}`);
  await page.getByText(/Potluck tried to read your friends/).waitFor();
  await look(page, 'services-log');
  await page.getByRole('button', { name: 'What can be done about Potluck' }).first().click();
  await look(page, 'services-log-act');
  await page.goto(`${url}/services/${place.persona}/${place.service}`);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('menuitem', { name: 'For a week' }).click();
  await page.getByText(/^Paused until /).waitFor();
  await look(page, 'services-paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await look(page, 'services-leave');
}

async function changed(page: Page, url: string, potluck: TrialService, look: Look): Promise<void> {
  await paste(page, url, version(potluck, (document) => {
    const { dishes } = document['collections'] as { dishes: { allow: { fields?: string[] }[] } };
    Object.assign(document, { version: 2, purpose: 'Plan meals together, and share what is left.' });
    dishes.allow[3]!.fields = ['date', 'diet'];
    dishes.allow[1]!.fields = ['title'];
  }));
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor();
  await look(page, 'services-upgrade');
}
