import type { Page } from 'playwright-core';
import { secondDevice, versionOf } from '../support/second-device.ts';
import type { Seeded } from './seed.ts';
import { postWith } from './steps.ts';

type Look = (page: Page, name: string) => Promise<void>;

const HOUR = 3_600_000;
const ASKED = 'Could somebody bring the good stove on Thursday?';

/** What opens over a page, or in it: audiences, other words and what was said before, who can read it. */
export async function walkOpen(page: Page, url: string, { few }: Seeded, look: Look): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: /Change who can read this/ }).first().click();
  await page.getByText('Whoever runs this house can read all of these.').waitFor();
  await look(page, 'home-audience');
  await page.goto(`${url}/@ines/${few.key}`);
  await page.getByText('The same close people can read it.').waitFor();
  await look(page, 'thread-close');
  const item = async (name: RegExp) => {
    await page.goto(`${url}/@tomasz`);
    await postWith(page, ASKED).getByRole('button', { name: /^More about the post/ }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await item(/^Edit/);
  await page.getByRole('textbox', { name: 'Edit your post' }).waitFor();
  await look(page, 'post-edit');
  await page.keyboard.press('Escape');
  await item(/^Who can read it/);
  await page.getByRole('dialog').getByText('Close · 2 people').waitFor();
  await look(page, 'post-audience');
  await page.goto(`${url}/@tomasz`);
  await postWith(page, ASKED).getByRole('button', { name: /^Edited/ }).click();
  await page.getByRole('dialog').getByText('Could somebody bring the stove?').waitFor();
  await look(page, 'post-history');
  await page.goto(`${url}/@tomasz`);
  await postWith(page, 'After the concert?').getByRole('button', { name: 'Who voted how' }).click();
  await page.getByRole('dialog').getByText('Bertil Sund').waitFor();
  await look(page, 'post-votes');
  await page.goto(`${url}/@tomasz`);
  await page.getByRole('button', { name: '3 others' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Ṣadé Ogunleye' }).waitFor();
  await look(page, 'post-reactions');
  await page.goto(`${url}/@tomasz`);
  await page.getByRole('button', { name: 'Edit profile' }).click();
  await look(page, 'profile-edit');
  await page.goto(`${url}/people`);
  await page.getByRole('button', { name: 'More about Bertil Sund' }).click();
  await look(page, 'people-menu');
  await page.getByRole('menuitem', { name: 'Report to the stewards' }).click();
  await page.getByRole('dialog').getByText('is not told who reported').waitFor();
  await look(page, 'report');
  await page.goto(`${url}/house/people`);
  await page.getByRole('button', { name: 'What to do about Bertil Sund' }).click();
  await page.getByRole('menuitem', { name: 'Suspend…' }).click();
  await page.getByRole('dialog').getByText('Their pod stays as it is.').waitFor();
  await look(page, 'house-suspend');
}

/** The composer with all that a post can have, what is suggested while one types, a quote, drafts and what waits for its time. */
export async function walkWriting(page: Page, url: string, look: Look): Promise<void> {
  const form = page.getByRole('form', { name: 'Write a post' });
  const field = page.getByRole('textbox', { name: 'Write a post' });
  const menu = () => form.getByRole('button', { name: 'Add, or look at drafts' }).click();
  // Whatever the width: some of it stands beside the menu where there is room.
  const add = async (item: string) => {
    const beside = form.getByRole('button', { name: item, exact: true });
    if (await beside.isVisible()) { await beside.click(); return; }
    await menu();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await page.goto(url);
  await field.fill('Winter concert: which evening suits you?');
  await add('Poll');
  await page.getByLabel('Answer 1', { exact: true }).fill('Friday 12 December');
  await page.getByLabel('Answer 2', { exact: true }).fill('Saturday 13 December');
  await add('Post it later');
  await form.getByText(/Goes out by itself/).waitFor();
  await look(page, 'compose-poll');
  await form.getByRole('button', { name: 'Post later' }).click();
  await page.getByText('It waits for its time, among your drafts.').waitFor();
  await field.fill('The Sund ends in C major after all.');
  await add('Content warning');
  await page.getByRole('textbox', { name: 'Content warning' }).fill('The concert, and how it ends');
  await add('Another post after it');
  await page.getByRole('textbox', { name: 'Post 2 of 2' }).fill('Bring a handkerchief.');
  await add('Who may quote it');
  await page.getByLabel('Who may quote it').waitFor();
  await look(page, 'compose-parts');
  await menu();
  await page.getByRole('menuitem', { name: 'Put aside and start anew' }).click();
  await field.fill('');
  await field.pressSequentially('Ask @');
  await page.getByRole('listbox').waitFor();
  await look(page, 'compose-suggestions');
  await page.keyboard.press('Escape');
  await field.fill('');
  await postWith(page, 'Bring a pencil').getByRole('button', { name: /^More about the post/ }).click();
  await page.getByRole('menuitem', { name: 'Quote', exact: true }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill('Also: the thermos.');
  await page.getByRole('region', { name: 'Quoting Inês Azevedo' }).waitFor();
  await look(page, 'compose-quote');
  await page.goto(`${url}/drafts`);
  await page.getByText('The Sund ends in C major').waitFor();
  await look(page, 'drafts');
}

/** A second device that disagrees with the house, and whose clock runs ahead. */
export async function walkRepair(page: Page, url: string, { asked }: Seeded, look: Look): Promise<void> {
  await page.goto(`${url}/settings/you`);
  const laptop = await secondDevice(page, 'Kitchen laptop');
  const base = { id: await versionOf(page, asked), rev: 2 };
  await page.evaluate(async (key) => { await fetch(`/microblog/posts/${key}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Could somebody bring the good stove on Thursday? And matches, please.' }) }); }, asked.key);
  await laptop.reword(asked.key, { text: 'Could somebody bring the good stove on Friday? Inês has the key.', createdAt: Date.now(), editedAt: Date.now() }, base);
  await laptop.ahead([{ text: 'From tomorrow.', createdAt: Date.now() }, { text: 'Also from tomorrow.', createdAt: Date.now() }], 6 * HOUR);
  await page.goto(`${url}/repair`);
  await page.getByText('2 posts from Kitchen laptop wait').waitFor();
  await look(page, 'repair');
  await page.goto(`${url}/settings/you`);
  await page.getByText('2 things wait for your decision.').waitFor();
  await look(page, 'settings-waiting');
}
