import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from '../support/browser.ts';
import type { HouseProcess } from '../support/house-process.ts';
import { fillWho, PASSPHRASE } from './steps.ts';

/** A page of a browser that knows nothing yet; gives up on whatever does not come within 10 s. */
export async function fresh(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser);
  return watched;
}

/** Founds the house in this browser, which so becomes the founder's first device. */
export async function foundIn(page: Page, { url, code }: HouseProcess, [handle, name] = ['ada', 'Ada Lovelace'] as const): Promise<void> {
  await page.goto(`${url}/found#${code}`);
  await page.getByLabel('House name').fill('The Harbour Choir');
  await page.getByRole('button', { name: 'Create a new house' }).click();
  await fillWho(page, name, handle);
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Open the door' }).waitFor();
}

/** Logs in by handle and passphrase. */
export async function logIn(page: Page, { url }: HouseProcess, handle = 'ada', passphrase = PASSPHRASE): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Log in' }).click();
  await atHome(page);
}

/** Waits for Home. */
export const atHome = (page: Page): Promise<void> => page.getByRole('form', { name: 'Write a post' }).waitFor();

/** The 24 words, as the settings show them. */
export async function readWords(page: Page, { url }: HouseProcess): Promise<string> {
  await page.goto(`${url}/settings/words`);
  const card = page.getByRole('region', { name: 'Recovery words', exact: true });
  await card.getByRole('button', { name: 'Show the words' }).click();
  await card.getByRole('listitem').first().waitFor();
  return (await card.getByRole('listitem').allInnerTexts()).join(' ');
}

/** Opens the dialog that adds a device, and reads the address that its code stands for. */
export async function showCode(page: Page, { url }: HouseProcess): Promise<string> {
  await page.goto(`${url}/settings/devices`);
  await page.getByRole('button', { name: 'Add a device' }).click();
  const address = page.getByRole('dialog').locator('.addr');
  await address.waitFor();
  return (await address.innerText()).replace(/\s/g, '');
}

/**
 * Gives a page an authenticator with a finger on it. It also takes what the browser suggests at a field, before anybody can
 * look: so the browser suggests nothing until `localStorage` says so.
 */
export async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await page.addInitScript(() => { if (!localStorage.getItem('suggests')) PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false); });
}
