import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nobleSuite as suite } from '@commonhold/core/noble';
import type { Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';
import { found, type Member } from '../support/people.ts';
import { CHOIR } from './choir.ts';
import { seed } from './seed.ts';
import { enter } from './steps.ts';

const NARROW = { width: 320, height: 640 };
const PLACES = ['/', '/feed/following', '/@sade', '/@tomasz', '/news', '/people', '/people?ring=requests', '/people?ring=close', '/search', '/bookmarks', '/lists', '/drafts', '/log', '/repair', '/invite', '/house', '/house/waiting', '/house/health', '/services/bring', '/moved/name',
  ...['devices', 'words', 'house', 'you', 'news', 'writing', 'reading', 'leave', 'filters'].map((section) => `/settings/${section}`)];
const DOORS = ['/login', '/login/words', '/link/AAAAAAAAAAAAAAAAAAAAAA', '/join/abandon-zoo-lamp-otter'];

/**
 * Words on the screen that were never given to be translated: under the pseudo-locale every sentence of the app has accents and dots.
 * What people wrote, addresses, numbers and names of things that are not words do not count.
 */
const plainWords = (page: Page): Promise<string[]> => page.evaluate(() => {
  const people = '[dir="auto"], [lang]:not(html), time, code, kbd, .addr, .words, .mono, article .by, .brand, .face, script, style, noscript, option, .num';
  const looksPlain = (text: string): boolean => /[A-Za-z]{4}/.test(text) && !/[áƀçðéƒĝĥíĵķļɱñöþŕšţüŵýž·ÅƁÇÐÉĤÎÑÖŠŢÛŴÝ]/u.test(text) && !/@|:\/\/|\d{3}/.test(text);
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, textContent: text } = walker.currentNode;
    if (parent && text && !parent.closest(people) && looksPlain(text)) found.push(text.trim());
  }
  for (const name of ['aria-label', 'title', 'placeholder']) for (const one of document.querySelectorAll(`[${name}]`)) if (!one.closest(people) && looksPlain(one.getAttribute(name) ?? '')) found.push(`${name}: ${one.getAttribute(name)}`);
  return [...new Set(found)];
});

const tooWide = (page: Page): Promise<number> => page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

/* Names of people and houses, and what they are called here, stand on screens without being words of the app. */
const NAMES = /Come and sing|Harbour|Choir|Commonhold|English|Deutsch|Backup|JPEG|Potluck|reel\.example/;
const theirs = (words: string): boolean => NAMES.test(words) || CHOIR.some((person) => person.some((part) => words.toLowerCase().includes(part.toLowerCase()) || words.includes(part.split(' ')[0]!)));

/** Screens of services: what one could join, ours and BYODA's; what one has joined, and paused; one that was reported. */
async function servicesOf({ client }: Member): Promise<string[]> {
  const potluck = makePotluck(suite), looked = async (contract: object): Promise<string> => (await client.services.preview({ contract: contract as Record<string, unknown> })).hash;
  const { persona, service } = await client.services.join({ hash: await looked(potluck.contract()) });
  await client.services.pause(persona, service, Date.now() + 86_400_000);
  await client.care.report({ about: { service }, reason: 'noise', withLog: true });
  const picnic = makePotluck(suite, 'picnic'), shelved = await looked(picnic.contract());
  await client.services.shelve(picnic.id, { hash: shelved, note: 'For Fridays.' });
  const { files } = JSON.parse(readFileSync(new URL('../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as { files: { name: string; file: object }[] };
  return ['/services', `/services/${persona}/${service}`, `/services/look?hash=${shelved}`, `/services/look?hash=${await looked(files.find(({ name }) => name === 'reel')!.file)}`, '/house/reports'];
}

test('every screen in a pseudo-locale and in German: no word that was never given to be translated, and nothing wider than 320 px', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'languages') });
  const tomasz = await found(house, 'tomasz');
  const watched = await openPage(browser, { viewport: NARROW });
  await enter(watched, house, tomasz);
  const { page } = watched;
  await page.goto(house.url);
  const { posts } = await seed(page, house.url);
  const thread = `/@ines/${posts[5]!.key}`;
  const bad: string[] = [];
  const look = async (on: Page, path: string): Promise<void> => {
    for (const lang of ['en-XA', 'de']) {
      await on.goto(`${house.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await on.locator('h1').first().waitFor({ state: 'attached' });
      await on.waitForFunction(() => document.querySelector('.skel, main[aria-busy]') === null);
      const wide = await tooWide(on);
      if (wide > 0) bad.push(`${path} ${lang}: ${wide} px too wide`);
      // The largest words that can be chosen have room in a small window, too.
      await on.evaluate(() => { document.documentElement.dataset['size'] = '22'; });
      const large = lang === 'de' ? await tooWide(on) : 0;
      if (large > 0) bad.push(`${path} ${lang} with the largest words: ${large} px too wide`);
      if (lang === 'en-XA') bad.push(...(await plainWords(on)).filter((words) => !theirs(words)).map((words) => `${path}: "${words}"`));
    }
  };
  for (const path of [...PLACES, thread, ...await servicesOf(tomasz)]) await look(page, path);
  const guest = await openPage(browser, { viewport: NARROW });
  for (const path of DOORS) await look(guest.page, path);
  assert.deepEqual(bad, []);
});
