import { join } from 'node:path';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { startServer } from './channel.ts';
import type { HouseReady } from './house-server.ts';
import { median } from './pairs.ts';
import { row, unmeasured, type BenchRow, type Setting, type Topic } from './row.ts';

const PHONE = 'on a slow phone';

/**
 * A phone on a slow network, as Lighthouse imagines it: 412 × 823, CPU 4 times slower, each request 150 ms later, 1.6 Mbit/s down and 0.75 up;
 * nothing cached.
 */
/** When the house's timeline stands on the screen of somebody who is signed in, and how much of it moves afterwards. */
export const PAINT = {
  largest: { name: 'largest paint of home (LCP)', unit: `ms ${PHONE}`, budget: { of: 'value', limit: 1500 } },
  shift: { name: 'what moves on home (CLS)', unit: `of the screen, the worst seen ${PHONE}`, budget: { of: 'value', limit: 0.02 } },
} as const satisfies Record<string, Topic>;

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const KBIT = 1024 / 8;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6 * 1024 * KBIT, uploadThroughput: 750 * KBIT };
const CPU = { rate: 4 };
/** Nothing larger has come for so long: it stands. */
const CALM_MS = 1500;

interface Seen { largest: number; at: number; shift: number; what: string }

/** Cold starts of the app at `/`, each in a profile of its own, of a house with some hundreds of posts. */
export async function measurePaint({ temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const topics = Object.values(PAINT).filter(wanted);
  const program = process.env['COMMONHOLD_CHROMIUM'];
  if (!program) return topics.map((topic) => unmeasured(topic, 'COMMONHOLD_CHROMIUM names no browser'));
  const house = await startServer<HouseReady>(join(import.meta.dirname, 'house-server.ts'), [join(temp, 'paint'), '40', '600']);
  const browser = await chromium.launch({ executablePath: program, args: ARGS });
  try {
    const seen: Seen[] = [];
    // The first start warms the house up, not the browser.
    for (let n = 0; n < (quick ? 2 : 8); n++) seen.push(await coldStart(browser, house.ready));
    const after = seen.slice(1);
    const rows = {
      largest: row(PAINT.largest, { value: median(after.map(({ largest }) => largest)), baseline: 0 }),
      shift: row(PAINT.shift, { value: Math.max(...after.map(({ shift }) => shift)), baseline: 0 }),
    };
    return Object.values(rows).filter(({ name }) => topics.some((topic) => topic.name === name));
  } finally {
    await browser.close();
    await house.stop();
  }
}

async function coldStart(browser: Browser, { port, residents }: HouseReady): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true, serviceWorkers: 'block' });
  try {
    await context.addCookies([{ name: 'commonhold', value: residents[0]!.session, url: `http://localhost:${port}` }]);
    const page = await context.newPage();
    await watch(page);
    const devtools = await context.newCDPSession(page);
    await slow(devtools);
    await page.goto(`http://localhost:${port}/`);
    await page.locator('article').first().waitFor();
    return await calm(page);
  } finally { await context.close(); }
}

async function slow(devtools: CDPSession): Promise<void> {
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', CPU);
}

/** Notes in the page what is painted and what moves, from its first moment on. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { largest: 0, at: 0, shift: 0, what: '' };
    Object.assign(window, { seenPaint: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) Object.assign(seen, { largest: entry.startTime, at: performance.now(), what: (entry as unknown as { element?: Element }).element?.outerHTML.slice(0, 80) ?? '' });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function calm(page: Page): Promise<Seen> {
  await page.waitForFunction((ms) => {
    const { at } = (window as unknown as { seenPaint: Seen }).seenPaint;
    return at > 0 && performance.now() - at > ms;
  }, CALM_MS);
  return page.evaluate(() => (window as unknown as { seenPaint: Seen }).seenPaint);
}
