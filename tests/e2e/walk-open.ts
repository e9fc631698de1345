import type { Page } from 'playwright-core';
import { until } from './steps.ts';

type Look = (page: Page, name: string) => Promise<void>;

const OPEN = 'Concert on the 12th, seven o’clock, in the old customs house. Entry is free, and there will be soup.';

/** What a stranger sees of a house that opened its front page, and of a steward who opened theirs: pages without scripts. `member` is that steward. */
export async function walkStranger(member: Page, stranger: Page, url: string, look: Look): Promise<void> {
  await member.goto(url);
  const { persona, key } = await member.evaluate(async (text) => {
    const ask = async (method: string, to: string, body: object) => (await fetch(to, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'idempotency-key': 'walk-open' } })).json() as Promise<{ persona: string; key: string }>;
    await ask('PUT', '/me/public', { open: true, listed: false, front: true });
    await ask('PUT', '/house/settings', { front: true });
    return ask('POST', '/microblog/posts', { text, audience: 'everyone' });
  }, OPEN);
  for (const [name, path] of [['open-front', '/'], ['open-page', '/@tomasz'], ['open-post', `/@${persona}/${key}`]] as const) {
    await stranger.goto(url + path);
    await stranger.getByText('there will be soup').first().waitFor();
    await look(stranger, name);
  }
}

/** Where backups go, with the first one made and tried. */
export async function walkBackups(member: Page, url: string, place: string, look: Look): Promise<void> {
  await member.goto(`${url}/settings/house`);
  const card = member.getByRole('region', { name: 'Backups' });
  await card.getByLabel('Folder for backups').fill(place);
  await card.getByRole('button', { name: 'Try it and save' }).click();
  // A whole house is restored for that, beside everything else that a machine does.
  await card.getByText(/Tried on .*: sound/).waitFor({ timeout: 180_000 });
  // What was said of how it went, and where one is asked to look.
  await until(() => member.locator('.toast').count(), (count) => count === 0);
  await member.evaluate(() => { location.hash = 'backups'; });
  await look(member, 'settings-house-backups');
}
