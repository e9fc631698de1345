import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launch, noBrowser } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { signIn, type Member } from '../support/people.ts';
import { secondDevice, versionOf, type SecondDevice } from '../support/second-device.ts';
import { foundIn, fresh } from './keys.ts';
import { assertCalm } from './steps.ts';

interface Scene { page: Page; house: HouseProcess; ada: Member; laptop: SecondDevice }

test('what two devices disagree about, and what waits', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'repair') });
  const watched = await fresh(browser);
  await foundIn(watched.page, house);
  const laptop = await secondDevice(watched.page, 'Kitchen laptop');
  const scene = { page: watched.page, house, ada: await signIn(house, 'ada'), laptop };
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
  assertCalm(watched, house.url);
});

/** A post that says one thing here and another on the laptop; the laptop was later, so its words stand. */
async function disagree({ page, ada, laptop }: Scene, here: string, there: string): Promise<string> {
  const post = await ada.client.microblog.post({ text: 'Rehearsal at seven.', audience: 'house' }, randomUUID());
  const base = { id: await versionOf(page, post), rev: 1 };
  await ada.client.microblog.edit(post.key, { text: here });
  await laptop.reword(post.key, { text: there, createdAt: post.body.createdAt, editedAt: Date.now() }, base);
  return post.key;
}
const said = async ({ ada }: Scene, key: string): Promise<string | undefined> =>
  (await ada.client.microblog.house({ first: 50 })).items.find((item) => item.key === key)?.body.text;
const card = (page: Page) => page.getByRole('region', { name: 'Two versions of the same post' });
const nothing = (page: Page) => page.getByRole('heading', { name: 'Nothing waits for you' });

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['no banner while nothing waits', async ({ page, house }) => {
    for (const path of ['/settings/you', '/news']) {
      const asked = page.waitForResponse((answer) => answer.url().endsWith('/me/repairs'));
      await page.goto(house.url + path);
      await asked;
      assert.equal(await page.getByText(/for your decision/).count(), 0);
    }
  }],

  ['a conflict: the banner leads there, both texts with their device, what differs is marked; the other is used', async (scene) => {
    const { page, house } = scene;
    const key = await disagree(scene, 'Rehearsal at eight.', 'Rehearsal at nine.');
    await page.goto(`${house.url}/settings/you`);
    await page.getByText('One thing waits for your decision.').waitFor();
    await page.getByRole('button', { name: 'Look' }).click();
    await card(page).getByText(/^Kitchen laptop, /).waitFor();
    await card(page).getByText(/^This house, /).waitFor();
    assert.deepEqual(await card(page).locator('mark').allInnerTexts(), ['nine.', 'eight.']);
    await card(page).getByRole('button', { name: 'Use the other' }).click();
    await nothing(page).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
    assert.equal(await said(scene, key), 'Rehearsal at eight.');
  }],

  ['keep, and both', async (scene) => {
    const { page, house, ada } = scene;
    const kept = await disagree(scene, 'Bring soup.', 'Bring bread.');
    await page.goto(`${house.url}/repair`);
    await card(page).getByRole('button', { name: 'Keep this one' }).click();
    await nothing(page).waitFor();
    assert.equal(await said(scene, kept), 'Bring bread.');
    await disagree(scene, 'Bring cake.', 'Bring cheese.');
    await page.reload();
    await card(page).getByRole('button', { name: 'Keep both' }).click();
    await nothing(page).waitFor();
    const texts = (await ada.client.microblog.house({ first: 50 })).items.map(({ body }) => body.text);
    assert.ok(texts.includes('Bring cake.') && texts.includes('Bring cheese.'), texts.join());
  }],

  ['records from a clock that runs ahead wait: why, from where, how many, until when; taken in, or thrown away', async (scene) => {
    const { page, house, ada, laptop } = scene;
    for (const choice of ['Take them in', 'Throw them away'] as const) {
      const texts = ['one', 'two'].map((n) => `From tomorrow, ${n}. ${choice}`);
      await laptop.ahead(texts.map((text) => ({ text, createdAt: Date.now() })), 6 * 3_600_000);
      await page.goto(`${house.url}/news`);
      await page.getByRole('button', { name: 'Look' }).click();
      const waits = page.getByRole('region', { name: '2 posts from Kitchen laptop wait' });
      await waits.getByText(/The clock of that device ran ahead/).waitFor();
      await waits.getByText(/They come in by themselves/).waitFor();
      await waits.getByRole('button', { name: choice }).click();
      if (choice === 'Throw them away') await waits.getByRole('button', { name: 'Throw away' }).click();
      await nothing(page).waitFor();
      const there = (await ada.client.microblog.house({ first: 50 })).items.filter(({ body }) => texts.includes(body.text)).length;
      assert.equal(there, choice === 'Take them in' ? 2 : 0);
    }
  }],
];
