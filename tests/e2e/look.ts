import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: { 'target-size': { enabled: true } } };
// Of all rules only these depend on the colours, or on a width that changes nothing else.
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const TARGETS: RunOptions = { runOnly: { type: 'rule', values: ['target-size'] } };
const WIDE = { width: 1280, height: 800 };
// What a window of 1280 × 1024 becomes at 400 % zoom, too.
const NARROW = { width: 320, height: 256 };
const PHONE = { width: 390, height: 844 };
// What is asked, in an order of the fewest changes, each of which costs as much as a rule.
const STANDS = [[WIDE, 'light', ALL], [WIDE, 'dark', COLOURS], [NARROW, 'dark', COLOURS], [NARROW, 'light', ALL], [PHONE, 'light', TARGETS]] as const;

/** Everything that is wrong with the screen as it stands, in every size and colour. */
export async function look(page: Page): Promise<string[]> {
  const findings: string[] = [];
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  for (const [viewport, colorScheme, rules] of STANDS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // What stands half under the bar of a page that is scrolled is chance.
    await page.evaluate(async () => { scrollTo({ top: 0, behavior: 'instant' }); await document.fonts.ready; });
    if (colorScheme === 'light') findings.push(...(await tooWide(page)).map((what) => `${viewport.width}: ${what}`));
    findings.push(...(await axe(page, rules)).map((what) => `${viewport.width} ${colorScheme}: ${what}`));
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
