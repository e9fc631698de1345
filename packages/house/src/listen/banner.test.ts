import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bannerLines, qrLines, type Addresses } from './banner.ts';

const fresh: Addresses = { local: 'http://localhost:4300', code: 'abandon-zoo-lamp-07', lan: [], site: null };
const has = (lines: readonly string[], part: readonly string[]): boolean => lines.join('\n').includes(part.join('\n'));
const FOUND = '/found#abandon-zoo-lamp-07';

test('a new house prints the address that founds it, with its one-time code, and as a QR code where another device can use it', () => {
  const here = bannerLines(fresh);
  assert.ok(here.includes(`  ${fresh.local}${FOUND}`));
  assert.ok(!/[▀▄█]/.test(here.join('')), 'a phone cannot open localhost');
  const lan = 'http://192.168.1.5:4300', near = bannerLines({ ...fresh, lan: [lan] });
  assert.ok(near.includes(`  ${lan}${FOUND}`) && has(near, qrLines(lan + FOUND)));
  const url = 'https://choir.example', far = bannerLines({ ...fresh, site: { url, ready: true, wrong: null } });
  assert.ok(far.includes(`  ${url}${FOUND}`) && has(far, qrLines(url + FOUND)));
  const waits = bannerLines({ ...fresh, site: { url, ready: false, wrong: 'Nobody answered.' } });
  assert.ok(waits.includes('Nobody answered.') && !has(waits, qrLines(url + FOUND)));
});

test('once it is founded, no code is printed any more', () => {
  const lan = 'http://192.168.1.5:4300', lines = bannerLines({ ...fresh, code: null, lan: [lan] });
  assert.ok(!lines.join('\n').includes('#') && has(lines, qrLines(lan)) && lines.includes(`  ${fresh.local}`));
});
