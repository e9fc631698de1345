import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { launch, noBrowser } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { assertCalm } from './steps.ts';
import { walk, type Leg } from './walk.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } } };
// Of all rules only these depend on the colours, or on a width that changes nothing else.
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const TARGETS: RunOptions = { runOnly: { type: 'rule', values: ['target-size'] } };
// What is asked in the light, and what in the dark. 320 × 256 is also what a window of 1280 × 1024 becomes at 400 % zoom.
const SIZES = [[{ width: 1280, height: 800 }, ALL, COLOURS], [{ width: 390, height: 844 }, TARGETS, null], [{ width: 320, height: 256 }, ALL, COLOURS]] as const;

/** Walks some legs, and looks at every screen: nothing serious for axe, nothing wider than the window, nothing from elsewhere. */
export function testScreens(leg: Leg, least: number): void {
  test(`every screen of the leg "${leg}", phone and desktop, light and dark: nothing serious for axe, nothing wider than the window, nothing from elsewhere`, async (t) => {
    const missing = noBrowser();
    if (missing) { t.skip(missing); return; }
    const browser = await launch(t);
    const house = await startHouse(t, { data: tempFolder(t, 'screens') });
    const findings: string[] = [];
    const names: string[] = [];
    const pages = await walk({ browser, house, onNetwork: false, backups: tempFolder(t, 'backups'), legs: [leg], look: async (page, name) => {
      names.push(name);
      for (const finding of await look(page)) findings.push(`${name} ${finding}`);
    } });
    assert.deepEqual(findings, []);
    assert.ok(names.length >= least, `only ${names.length} screens were seen`);
    for (const page of pages) assertCalm(page, house.url);
  });
}

/** Everything that is wrong with the screen as it stands, in every size and colour. */
export async function look(page: Page): Promise<string[]> {
  const findings: string[] = [];
  await page.evaluate(AXE);
  for (const [viewport, inLight, inDark] of SIZES) {
    const at = viewport.width;
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    // What stands half under the bar of a page that is scrolled is chance.
    await page.evaluate(async () => { scrollTo({ top: 0, behavior: 'instant' }); await document.fonts.ready; });
    findings.push(...(await tooWide(page)).map((what) => `${at}: ${what}`));
    findings.push(...(await axe(page, inLight)).map((what) => `${at} light: ${what}`));
    if (!inDark) continue;
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    findings.push(...(await axe(page, inDark)).map((what) => `${at} dark: ${what}`));
  }
  return findings;
}

async function axe(page: Page, options: RunOptions): Promise<string[]> {
  // Behind a dialog nothing can be pressed: how much of it the dialog leaves to be seen is chance.
  const { violations } = await page.evaluate(([how, isTargets]) => (window as unknown as { axe: { run(on: ElementContext, how: RunOptions): Promise<AxeResults> } })
    .axe.run(isTargets ? document.querySelector('dialog:modal') ?? document : document, { ...how, resultTypes: ['violations'], preload: false }), [options, options === TARGETS] as const);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.any.map(({ message }) => message).join('; ').slice(0, 160)})`));
}

/** What makes the page scroll sideways, and words that stand outside the window where no scrolling leads. */
export const tooWide = (page: Page): Promise<string[]> => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth;
  const scrolls = (element: Element | null): boolean => element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const cut = [...document.body.querySelectorAll('*')].filter((element) => {
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
    const { left, right, width } = element.getBoundingClientRect();
    return words && width > 1 && (right > innerWidth + 1 || left < -1) && !scrolls(element.parentElement) && element.checkVisibility();
  });
  return [...(wide > innerWidth ? [`${wide} px wide`] : []), ...cut.map((element) => `cut: ${element.outerHTML.slice(0, 160)}`)];
});
