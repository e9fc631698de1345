import type { Page } from 'playwright-core';

type Look = (page: Page, name: string) => Promise<void>;

/** A name of one's own, meeting somebody, one's code, a ring that asks, and what one settles for oneself. */
export async function walkSelf(page: Page, url: string, look: Look): Promise<void> {
  const about = async (handle: string, name: string, item: RegExp) => {
    await page.goto(`${url}/@${handle}`);
    await page.getByRole('main').getByRole('button', { name: `More about ${name}` }).first().click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await about('bertil', 'Bertil Sund', /^Your name for/);
  await page.getByLabel('Your name for them').fill('Bertil of the bass');
  await look(page, 'profile-petname');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await about('bertil', 'Bertil of the bass', /^Compare codes/);
  await page.locator('.digits').waitFor();
  await look(page, 'profile-meet');
  await page.getByRole('button', { name: 'They are the same' }).click();
  await page.getByText('You checked this key in person').waitFor();
  await look(page, 'profile-met');
  await page.goto(`${url}/@tomasz`);
  await page.getByRole('button', { name: 'Show your code' }).click();
  await page.getByRole('dialog').locator('.qr path').waitFor();
  await look(page, 'profile-code');
  await page.evaluate(async () => { await fetch('/microblog/posts', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'walk-close' }, body: JSON.stringify({ text: 'The roof leaks again.', audience: 'close' }) }); });
  await page.goto(`${url}/people?ring=close`);
  await page.getByRole('button', { name: 'Add Quyên Đặng' }).click();
  await page.getByRole('dialog').getByText('You have 1 older post for close people.').waitFor();
  await look(page, 'people-ring-asks');
  await page.goto(`${url}/settings/filters`);
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByLabel('Words').first().fill('parking');
  await look(page, 'settings-filter');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('listitem').filter({ hasText: 'parking' }).waitFor();
  await look(page, 'settings-filters');
  await page.goto(`${url}/settings/data`);
  await page.getByText('Nothing so far.').waitFor();
  await look(page, 'settings-data');
  await page.goto(`${url}/settings/apps`);
  await page.getByText('Backup on the shelf').waitFor();
  await look(page, 'settings-apps');
  await page.getByRole('button', { name: 'Make a key' }).click();
  await look(page, 'settings-apps-make');
}
