import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from '../support/browser.ts';
import type { HouseProcess } from '../support/house-process.ts';
import { addAuthenticator, logIn, showCode } from './keys.ts';
import { moveAway, rivalWords } from './keys-signed.ts';
import { CHOIR } from './choir.ts';

interface Looking { house: HouseProcess; look: (page: Page, name: string) => Promise<void> }

/** Goes through everything about devices and keys, with a second browser; `page` is the founder's, a device of theirs. */
export async function walkKeys(page: Page, { browser, house, look }: Looking & { browser: Browser }): Promise<WatchedPage> {
  const phone = await openPage(browser);
  await link(page, phone.page, { house, look });
  await passkeys(page, { house, look });
  await page.getByRole('button', { name: 'Remove Tomasz’s phone' }).click();
  await page.getByRole('dialog').getByText('It can no longer write in your name').waitFor();
  await look(page, 'device-remove');
  await page.getByLabel('It was stolen').check();
  await look(page, 'device-remove-stolen');
  await page.getByLabel('It was stolen').uncheck();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await phone.page.getByText('This session was ended.').waitFor();
  await logIn(phone.page, house, CHOIR[0][0]);
  await phone.page.goto(`${house.url}/settings/devices`);
  await phone.page.getByText('This browser has no key of yours').waitFor();
  await look(phone.page, 'settings-devices-no-key');
  await phone.page.getByRole('button', { name: 'Make it a device of mine' }).click();
  await phone.page.getByLabel('Your 24 words, in order').fill('lantern pebble orchard');
  await phone.page.getByRole('button', { name: 'Make it mine' }).click();
  await phone.page.getByText('Those are 3 words; there are 24.').waitFor();
  await look(phone.page, 'device-become');
  await words(page, { house, look });
  await troubles(page, { house, look });
  return phone;
}

async function link(page: Page, phone: Page, { house, look }: Looking): Promise<void> {
  const address = await showCode(page, house);
  await look(page, 'device-add-1-code');
  await phone.goto(address);
  await phone.getByLabel('What is it called?').fill('Tomasz’s phone');
  await look(phone, 'link-1-ask');
  await phone.getByRole('button', { name: 'Ask to be added' }).click();
  await phone.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
  await look(phone, 'link-2-wait');
  await page.getByRole('heading', { name: 'Tomasz’s phone wants to be added' }).waitFor();
  await look(page, 'device-add-2-asked');
  await page.getByRole('button', { name: 'Add it' }).click();
  await phone.getByRole('form', { name: 'Write a post' }).waitFor();
  await page.getByRole('heading', { name: 'Tomasz’s phone is yours now' }).waitFor();
  await look(page, 'device-add-3-done');
}

async function passkeys(page: Page, { house, look }: Looking): Promise<void> {
  await page.goto(`${house.url}/settings/devices`);
  // On a network the pictures are of an address of numbers, where there are none.
  if (await page.getByRole('button', { name: 'Add a passkey' }).isVisible()) {
    await addAuthenticator(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('Not used yet').waitFor();
  }
  await page.getByText('Tomasz’s phone').first().waitFor();
  await look(page, 'settings-devices-more');
}

async function words(page: Page, { house, look }: Looking): Promise<void> {
  await page.goto(`${house.url}/settings/words`);
  await page.getByRole('button', { name: 'Replace the words' }).click();
  await look(page, 'settings-words-new');
  await page.goto(`${house.url}/settings/leave`);
  await page.getByRole('button', { name: 'I want to retire' }).click();
  await page.getByLabel('Type tomasz to be sure').fill('tom');
  await page.getByRole('button', { name: 'Retire for good' }).click();
  await page.getByText('That is not your handle.').waitFor();
  await look(page, 'settings-leave-sure');
}

async function troubles(page: Page, { house, look }: Looking): Promise<void> {
  await rivalWords(page, house);
  await page.goto(`${house.url}/settings/devices`);
  await page.getByRole('heading', { name: 'Somebody else signs with your recovery words' }).waitFor();
  await look(page, 'settings-devices-alarm');
  await moveAway(page, house);
  await page.goto(house.url);
  await page.getByRole('heading', { name: 'Your pod is moving to another house' }).waitFor();
  await look(page, 'home-moving');
  await page.goto(`${house.url}/moving`);
  await page.getByRole('button', { name: 'Live here from now on' }).waitFor();
  await look(page, 'moving');
}
