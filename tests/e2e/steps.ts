import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { WatchedPage } from '../support/browser.ts';

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
