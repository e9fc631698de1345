import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { WatchedPage } from '../support/browser.ts';
import type { HouseProcess } from '../support/house-process.ts';
import type { Member } from '../support/people.ts';

/** Everybody's passphrase in these tests. */
export const PASSPHRASE = 'correct horse battery staple';

/** Fills the card "Who are you here?". */
export async function fillWho(page: Page, name: string, handle: string): Promise<void> {
  await page.getByRole('heading', { name: 'Who are you here?' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
}

/** No script failed, the policy was kept, and nobody but the house was asked for anything. */
export function assertCalm({ requests, errors }: WatchedPage, ...origins: string[]): void {
  assert.deepEqual(errors, []);
  assert.deepEqual(requests.filter((url) => !origins.some((origin) => url.startsWith(`${origin}/`)) && !/^(data|blob):/.test(url)), []);
}

/** Signs a browser in by the session that the API gave. */
export const enter = ({ context }: WatchedPage, { url }: HouseProcess, { session }: Member): Promise<void> =>
  context.addCookies([{ name: 'commonhold', value: session, url, httpOnly: true, sameSite: 'Lax' }]);

/** The sheet with these words. */
export const postWith = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text });

/** Takes the errors that a test made on purpose out of the watch. */
export function forgive({ errors }: WatchedPage, expected: RegExp): void {
  errors.splice(0, errors.length, ...errors.filter((error) => !expected.test(error)));
}

/** Asks again until the answer is as wanted: for what reaches another pod a moment after the one who did it was told so. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (const end = Date.now() + 60_000; ;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) assert.fail(`it never came to that: ${JSON.stringify(answer).slice(0, 500)}`);
    await new Promise((again) => { setTimeout(again, 50); });
  }
}
