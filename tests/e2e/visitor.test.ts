import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { photo } from '../../packages/house/src/testing/pictures.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join } from '../support/people.ts';
import { look } from './look.ts';
import { assertCalm, PASSPHRASE, postWith } from './steps.ts';

/** What a feed says, by the browser's own parser of XML. */
const feed = async (page: Page, url: string): Promise<{ root: string; ids: string[]; titles: string[]; enclosures: string[]; wrong: string | null }> => page.evaluate((xml) => {
  const made = new DOMParser().parseFromString(xml, 'application/xml');
  const texts = (name: string) => [...made.getElementsByTagName(name)].map((one) => one.textContent ?? '');
  const enclosures = [...made.querySelectorAll('link[rel=enclosure], enclosure')].map((one) => `${one.getAttribute('type')} ${one.getAttribute('length')} ${one.getAttribute('href') ?? one.getAttribute('url')}`);
  return { root: made.documentElement.nodeName, ids: [...texts('id'), ...texts('guid')], titles: texts('title'), enclosures, wrong: made.querySelector('parsererror')?.textContent ?? null };
}, await (await fetch(url)).text());

test('what is for everyone opens without a login and without scripts, with answers, previews and feeds; what is for the house is absent', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'visitor') });
  const ada = await found(house);
  const bob = await join(house, (await ada.client.invites.make()).invite, 'bob');
  for (const { client } of [ada, bob]) await client.me.setPublicFace({ open: true, listed: false, front: true });
  await ada.client.house.settings({ front: true, note: 'We sing on Thursdays.' });
  const image = (await ada.client.microblog.sendImage(new Uint8Array(await photo()))).image;
  const open = await ada.client.microblog.post({ text: 'The concert is on Sunday. <b>&amp; ]]>', audience: 'everyone', images: [{ ...image, alt: 'A poster' }] }, randomUUID());
  const replyTo = { persona: open.persona, key: open.key };
  await bob.client.microblog.post({ text: 'We bring the chairs.', audience: 'everyone', replyTo }, randomUUID());
  await bob.client.microblog.post({ text: 'Who has the key to the loft?', audience: 'house', replyTo }, randomUUID());
  const closed = await ada.client.microblog.post({ text: 'The key is under the third pot.', audience: 'house' }, randomUUID());
  await ada.client.microblog.post({ text: 'Soup or cake?', warning: 'Food', audience: 'everyone', poll: { options: ['Soup', 'Cake'], minutes: 60, multiple: false } }, randomUUID());
  const guest = await openPage(browser);
  const { page } = guest;

  const gone = async (path: string) => {
    assert.equal((await page.goto(house.url + path))?.status(), 404);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    return page.content();
  };
  const absent = await gone(`/@${closed.persona}/${closed.key}`);
  for (const path of [`/@${closed.persona}/${'A'.repeat(22)}`, `/@ada/${closed.key}`, '/@nobody']) assert.equal(absent, await gone(path));
  assert.deepEqual(await look(page), []);
  for (const path of ['/', '/@ada']) {
    await page.goto(house.url + path);
    await page.getByText('The concert is on Sunday.').waitFor();
    if (path !== '/') await page.getByText('Show what is behind this warning').click();
    assert.deepEqual(await look(page), []);
  }
  assert.equal(await page.getByAltText('A poster').evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth)), image.width);
  for (const [kind, root] of [['atom', 'feed'], ['rss', 'rss']] as const) {
    const { ids, titles, enclosures, ...rest } = await feed(page, `${house.url}/@ada/feed.${kind}`);
    assert.deepEqual(rest, { root, wrong: null });
    assert.ok(titles.includes('The concert is on Sunday. <b>&amp; ]]>') && titles.includes('Behind a warning: Food'), titles.join());
    assert.ok(ids.length >= 2 && new Set(ids).size === ids.length && ids.every((id) => /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id)), ids.join());
    assert.match(enclosures.join(), new RegExp(`^image/webp [1-9]\\d+ ${house.url}/pods/`));
  }

  await page.goto(`${house.url}/@${open.persona}/${open.key}`);
  await page.getByText('We bring the chairs.').waitFor();
  assert.equal(await page.getByText('the key to the loft').count(), 0);
  assert.equal(await page.locator('script').count(), 0);
  assert.deepEqual(await look(page), []);

  // The same address is the app for whoever signs in.
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('bob');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await postWith(page, 'The concert is on Sunday.').waitFor();
  await postWith(page, 'the key to the loft').waitFor();
  assertCalm(guest, house.url);
});
