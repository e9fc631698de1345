import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { look } from './look.ts';
import { assertCalm } from './steps.ts';
import { begin, LEGS, type Begun } from './walk.ts';

/* So many screens at least are seen on each part of the way. */
const LEAST = { founding: 7, read: 35, act: 25, doors: 20 };

test('every screen, phone and desktop, light and dark: nothing serious for axe, nothing wider than the window, nothing from elsewhere', { timeout: 840_000 }, async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'screens') });
  let findings: string[] = [], seen = 0;
  const part = async (name: keyof typeof LEAST, go: () => Promise<unknown>): Promise<void> => {
    [findings, seen] = [[], 0];
    await t.test(name, async () => {
      await go();
      assert.deepEqual(findings, []);
      assert.ok(seen >= LEAST[name], `only ${seen} screens were seen`);
    });
  };
  let begun: Begun | undefined;
  await part('founding', async () => {
    begun = await begin({ browser, house, onNetwork: false, backups: tempFolder(t, 'backups'), look: async (page, name) => {
      seen++;
      for (const finding of await look(page)) findings.push(`${name} ${finding}`);
    } });
  });
  if (begun === undefined) return;
  const here = begun, pages = [here.member];
  for (const [name, leg] of Object.entries(LEGS) as [keyof typeof LEGS, (typeof LEGS)['doors']][]) await part(name, async () => { pages.push(...await leg(here)); });
  for (const page of pages) assertCalm(page, house.url);
});

test('the checks of every screen see what they are there for', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const { page } = await openPage(await launch(t));
  await page.setContent(`<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><p style="color:#999;background:#fff">pale</p>
    <p style="white-space:nowrap">${'wide '.repeat(60)}</p><button style="width:9px;height:9px;padding:0">a</button><button style="width:9px;height:9px;padding:0">b</button>
    <div style="overflow:hidden;position:relative;height:2em"><p style="position:absolute;left:300px;width:200px">cut away</p></div></main></html>`);
  const findings = (await look(page)).join('\n');
  for (const sign of [/320 light: color-contrast/, /dark: color-contrast/, /target-size/, /320: \d+ px wide/, /320: cut: .*cut away/]) assert.match(findings, sign);
});
