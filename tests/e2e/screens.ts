/* Takes a picture of every screen, phone and desktop, light and dark, into docs/screens (or the folder named as first word); further words name legs of the walk. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launch } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { makeCable, noNamespaces } from '../support/network.ts';
import { LEGS, walk, type Leg } from './walk.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const OUT = resolve(process.argv[2] ?? join(ROOT, 'docs/screens'));
const SIZES = [['390', { width: 390, height: 844 }], ['1280', { width: 1280, height: 800 }]] as const;
const LEGS_WANTED = (Object.keys(LEGS) as Leg[]).filter((leg) => process.argv.length < 4 || process.argv.slice(3).includes(leg));
const TALLEST = 1800;
const SCHEMES = ['light', 'dark'] as const;

const ends: (() => unknown)[] = [];
const t = { after: (end: () => unknown): void => { ends.unshift(end); } };

mkdirSync(OUT, { recursive: true });
try { await takeAll(); } finally { for (const end of ends) await end(); }

async function takeAll(): Promise<void> {
  // On a network of its own where that can be had, so that the addresses on the pictures are like those of a real house.
  const cable = noNamespaces() === null ? makeCable(t) : null;
  const inside = cable ? { inside: cable.here } : {};
  const house = await startHouse(t, { data: tempFolder(t, 'screens'), port: 4300, ...inside });
  await walk({ browser: await launch(t, inside), house, onNetwork: cable !== null, backups: tempFolder(t, 'backups'), look: take }, LEGS_WANTED);
}

async function take(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of SIZES) {
    await page.setViewportSize(viewport);
    // As tall as the page, so that bars which stick to the window stand at its ends; of a long page the beginning says enough.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: viewport.width, height: Math.min(TALLEST, Math.max(viewport.height, height)) });
    await page.evaluate(() => document.getElementById(location.hash.slice(1))?.closest('section')?.scrollIntoView());
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(OUT, `${name}-${size}-${colorScheme}.png`) });
    }
  }
  console.log(name);
}
