/* Takes a picture of every screen, phone and desktop, light and dark, into docs/screens (or the folder named as first word). */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { findChromium, NO_CHROMIUM } from '../../scripts/test/chromium.mjs';
import { launch, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { makeCable, noNamespaces } from '../support/network.ts';
import { CHOIR } from './choir.ts';
import { seed, type Seeded } from './seed.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const OUT = resolve(process.argv[2] ?? join(ROOT, 'docs/screens'));
const SIZES = [['390', { width: 390, height: 844 }], ['1280', { width: 1280, height: 800 }]] as const;
const SCHEMES = ['light', 'dark'] as const;
const PASSPHRASE = 'correct horse battery staple';

const ends: (() => unknown)[] = [];
const t = { after: (end: () => unknown): void => { ends.unshift(end); } };

const chromium = await findChromium(ROOT);
if (!chromium) {
  console.error(NO_CHROMIUM);
  process.exit(1);
}
process.env['COMMONHOLD_CHROMIUM'] = chromium;
mkdirSync(OUT, { recursive: true });
try { await takeAll(); } finally { for (const end of ends) await end(); }

async function takeAll(): Promise<void> {
  // On a network of its own where that can be had, so that the addresses on the pictures are like those of a real house.
  const cable = noNamespaces() === null ? makeCable(t) : null;
  const inside = cable ? { inside: cable.here } : {};
  const house = await startHouse(t, { data: tempFolder(t, 'screens'), port: 4300, ...inside });
  const browser = await launch(t, inside);
  const { page } = await openPage(browser);
  await foundIt(page, house, cable !== null);
  const seeded = await seed(page, house.url);
  await signedIn(page, house, seeded);
  const { page: guest } = await openPage(browser);
  await atTheDoor(guest, house, seeded);
}

async function foundIt(page: Page, house: HouseProcess, onNetwork: boolean): Promise<void> {
  const [handle, name] = CHOIR[0];
  await page.goto(`${house.url}/found#${house.code}`);
  await page.getByLabel('House name').fill('The Harbour Choir');
  await page.getByLabel('A note for newcomers').fill('We keep rehearsal notes, lifts and cake.');
  await take(page, 'found-1-house');
  await page.getByRole('button', { name: 'Create a new house' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await take(page, 'found-2-who');
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Open the door' }).waitFor();
  await take(page, 'found-3-door');
  await page.goto(`${house.url}/feed/house`);
  await page.getByText('Nobody has written yet').waitFor();
  await take(page, 'home-empty');
  await page.goto(`${house.url}/invite`);
  await page.getByRole('button', { name: 'Make an invite' }).click();
  await page.getByText('The link works on this computer only').waitFor();
  await take(page, 'invite-this-machine');
  if (!onNetwork) return;
  await page.goto(`${house.url}/found`);
  await page.goto(`${house.url}/settings/house`);
  await page.getByRole('switch', { name: 'Let this network in' }).click();
  await page.getByText('Anyone on this network with an invite').waitFor();
}

async function signedIn(page: Page, { url }: HouseProcess, { posts, invite }: Seeded): Promise<void> {
  const market = posts[5]!;
  await visit(page, `${url}/feed/house`, 'home', 'Tonight: bars 40 to 52');
  await visit(page, `${url}/`, 'home-following', 'Tonight: bars 40 to 52');
  await visit(page, `${url}/@ines/${market.key}`, 'thread', 'nineteen feet to the left');
  await visit(page, `${url}/@sade`, 'profile', 'Fog horn in B flat');
  await visit(page, `${url}/@tomasz`, 'profile-own', 'Welcome, everyone');
  await visit(page, `${url}/people`, 'people', 'Alto, mends bicycles');
  await visit(page, `${url}/invite`, 'invite', invite);
  await visit(page, `${url}/settings/devices`, 'settings-devices', 'This browser, now');
  await visit(page, `${url}/settings/words`, 'settings-words', 'Recovery words');
  await visit(page, `${url}/settings/house`, 'settings-house', 'What this house can read and do');
  await visit(page, `${url}/settings/you`, 'settings-you', 'You in this house');
  await visit(page, `${url}/settings/reading`, 'settings-reading', 'Easier on the eyes');
}

async function atTheDoor(page: Page, { url }: HouseProcess, { invite }: Seeded): Promise<void> {
  await visit(page, `${url}/login`, 'login', 'Come back in');
  await visit(page, `${url}/join/abandon-zoo-lamp-otter`, 'join-unknown', 'not known here');
  await visit(page, `${url}/join/${invite}`, 'join-1-invite', 'The Harbour Choir');
  await page.getByRole('button', { name: 'Join this house' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Maja Lindqvist');
  await page.getByLabel('Handle').fill('maja');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await take(page, 'join-2-who');
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Say hello' }).waitFor();
  await page.getByLabel('Your first post').fill('Hello from the alto side! Maja, new since Tuesday. I bring cinnamon buns and a very small torch.');
  await take(page, 'join-3-hello');
}

async function visit(page: Page, url: string, name: string, text: string): Promise<void> {
  await page.goto(url);
  await page.getByText(text).first().waitFor();
  await take(page, name);
}

async function take(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of SIZES) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(OUT, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  }
  console.log(name);
}
