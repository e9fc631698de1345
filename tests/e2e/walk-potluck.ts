import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from '../support/browser.ts';
import { tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { enter } from './steps.ts';

/** What a walk through the page of a service needs. `look` is called on every screen, by name. */
export interface ServiceWalk { t: { after(fn: () => unknown): void }; browser: Browser; house: HouseProcess; look: (page: Page, name: string) => Promise<void> }
/** Where it has come to. */
export interface AtTable { potluck: ServiceProcess; folder: string; ada: Member; ben: Member; adas: WatchedPage; bens: WatchedPage }

const DAY = '2099-05-01';

/** Comes in at a service's page by one's house, which asks first. */
export async function comeIn(page: Page, words: { come: string; allow: string } = { come: 'Come in', allow: 'Let it in' }): Promise<void> {
  await page.getByRole('button', { name: words.come }).click();
  await page.getByRole('button', { name: words.allow }).click();
}

/** Two people at Potluck, version 1: one plans a meal, the other, in German, comes and brings something. */
export async function walkPotluck({ t, browser, house, look }: ServiceWalk): Promise<AtTable> {
  const folder = tempFolder(t, 'potluck');
  const potluck = await startService(t as Parameters<typeof startService>[0], 'potluck', { data: folder, house: house.url, args: ['--version', '1'] });
  const ada = await found(house);
  const ben = await join(house, (await ada.client.invites.make({})).invite, 'ben');
  const adas = await openPage(browser);
  await enter(adas, house, ada);
  await joinBy(adas.page, potluck, house, look);
  const link = await planOne(adas.page, look);
  const { contract } = await ada.client.services.get(...await mine(ada));
  await ben.client.services.join({ hash: (await ben.client.services.preview({ contract })).hash });
  const bens = await openPage(browser, { locale: 'de-DE' });
  await enter(bens, house, ben);
  await answerIt(bens.page, { link, house: house.url, look });
  return { potluck, folder, ada, ben, adas, bens };
}

/** Under which pseudonym somebody is in the one service that they joined. */
export async function mine({ client }: Member): Promise<[persona: string, service: string]> {
  const { services: [only] } = await client.services.mine();
  return [only!.persona, only!.service];
}

/** From the page of the service: its contract first, then in. */
async function joinBy(page: Page, potluck: ServiceProcess, house: HouseProcess, look: ServiceWalk['look']): Promise<void> {
  await page.goto(potluck.origin);
  await page.getByRole('heading', { name: 'Who comes, and who brings what?' }).waitFor();
  await look(page, 'potluck-out');
  await page.getByLabel('Your house').fill('no house');
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByText('That is no address of a house.').waitFor();
  await page.getByLabel('Your house').fill(house.url.replace('http://', ''));
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByRole('link', { name: 'Look at its contract' }).click();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('Nothing shown there leads to you.').waitFor();
  await page.getByRole('link', { name: 'Open Potluck' }).click();
  await comeIn(page);
  await page.getByText('No meal is planned yet.').waitFor();
  await page.getByText('One person is at the table. Every day is free.').waitFor();
  await look(page, 'potluck-empty');
}

async function planOne(page: Page, look: ServiceWalk['look']): Promise<string> {
  await page.getByLabel('Name at the table').fill('The one with the soup');
  await page.getByLabel('You eat').selectOption('vegan');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByText('one eats vegan').waitFor();
  await page.getByLabel('What', { exact: true }).fill('Soup in the garden');
  await page.getByLabel('When').fill(DAY);
  await page.getByLabel('Where').fill('Behind the boathouse');
  await page.getByLabel('Anything else').fill('Bring a spoon.\nThe gate sticks.');
  await page.getByRole('button', { name: 'Plan it' }).click();
  await page.getByRole('heading', { name: 'Soup in the garden' }).waitFor();
  await page.getByText('It is planned.').waitFor();
  await look(page, 'potluck-meal');
  return page.getByLabel('Link to send').inputValue();
}

async function answerIt(page: Page, { link, house, look }: { link: string; house: string; look: ServiceWalk['look'] }): Promise<void> {
  await page.goto(link);
  await page.getByText('Jemand hat dir ein Essen geschickt.').waitFor();
  assert.equal(await page.getByLabel('Dein Haus').inputValue(), house, 'the link says where the meal is');
  await look(page, 'potluck-invited');
  await comeIn(page, { come: 'Eintreten', allow: 'Einlassen' });
  await page.getByRole('heading', { name: 'Soup in the garden' }).waitFor();
  await page.getByText('Wo, und was es sonst zu wissen gibt').waitFor();
  assert.equal(await page.getByText('Behind the boathouse').count(), 0);
  await page.getByLabel('So viele kommen mit dir').fill('1');
  await page.getByRole('button', { name: 'Ja', exact: true }).click();
  await page.getByText('Sie wissen es.').waitFor();
  await page.getByLabel('Name am Tisch').fill('Ben mit den Klößen');
  await page.getByRole('button', { name: 'Behalten' }).click();
  await page.getByLabel('Ich bringe mit').fill('Klöße');
  await page.getByLabel('Genug für').fill('6');
  await page.getByRole('button', { name: 'Mitbringen' }).click();
  await page.getByText('Klöße, von dir, für 6').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Ja', exact: true }).getAttribute('aria-pressed'), 'true');
  await look(page, 'potluck-guest');
}
