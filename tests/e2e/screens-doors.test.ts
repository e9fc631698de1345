import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { look, testScreens } from './look.ts';

testScreens('doors', 20);

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
