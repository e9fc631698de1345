import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeInternet, noAuthority, type SmallInternet } from '../support/authority.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { noNamespaces } from '../support/network.ts';

const DOMAIN = 'choir.example';
const SITE = `https://${DOMAIN}`;
/** The shortest life that leaves time for a look at the first certificate: it is renewed at two thirds. */
const LIFE_S = 15;

test('two commands, and a house has its certificate: people post over https and hear live, http leads there, and the certificate is renewed', async (t) => {
  const missing = noBrowser() ?? noNamespaces() ?? noAuthority();
  if (missing) { t.skip(missing); return; }
  const net = await makeInternet(t, { seconds: LIFE_S });
  const data = tempFolder(t, 'choir');
  const env = { COMMONHOLD_ACME: net.directory, NODE_EXTRA_CA_CERTS: net.trust };
  const said = await runCli(['init', DOMAIN], { data });
  assert.match(said.stdout, /DNS record: choir\.example[\s\S]*Ports 80 and 443[\s\S]*commonhold start/);
  const house = await startHouse(t, { data, port: 4300, inside: net.inside, env });
  await house.printed(/On the internet it is:\s+https:\/\/choir\.example/);
  for (const name of ['account.pem', `${DOMAIN}.pem`]) assert.equal(statSync(join(data, 'tls', name)).mode & 0o777, 0o600);

  const first = served(net);
  const renewed = untilRenewed(join(data, 'tls'));
  const browser = await launch(t, { inside: net.inside, home: net.home });
  const ada = await openPage(browser);
  await ada.page.goto(`http://${DOMAIN}/found#${house.code}`);
  assert.equal(new URL(ada.page.url()).origin, SITE, 'http leads to https');
  await ada.page.getByLabel('House name').fill('The Harbour Choir');
  await ada.page.getByRole('button', { name: 'Create a new house' }).click();
  await ada.page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await ada.page.getByLabel('Handle').fill('ada');
  await ada.page.getByLabel('Passphrase').fill('correct horse battery staple');
  await ada.page.getByRole('button', { name: 'Move in' }).click();
  await ada.page.getByRole('heading', { name: 'Open the door' }).waitFor();
  const answer = await ada.page.goto(`${SITE}/`);
  assert.match(answer!.headers()['strict-transport-security'] ?? '', /^max-age=\d{7,}$/);
  assert.equal(await ada.page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).nextHopProtocol), 'h2');
  await ada.page.getByRole('textbox', { name: 'Write a post' }).fill('From the whole internet.');
  await ada.page.getByRole('button', { name: 'Post', exact: true }).click();
  await ada.page.getByRole('article').filter({ hasText: 'From the whole internet.' }).waitFor();
  const [cookie] = await ada.context.cookies();
  assert.deepEqual([cookie!.name, cookie!.secure, cookie!.httpOnly], ['__Host-commonhold', true, true]);
  // Another of her windows hears of a post while it is written.
  const heard = await ada.page.evaluate(() => new Promise<string>((resolve) => {
    const stream = new EventSource('/live');
    stream.addEventListener('post', ({ data }) => { stream.close(); resolve(String(data)); });
    stream.addEventListener('open', () => { void fetch('/microblog/posts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Live over one stream of many.', audience: 'house' }) }); });
  }));
  assert.match(heard, /Live over one stream of many/);

  await renewed;
  const second = served(net);
  assert.notEqual(second, first, 'the new certificate is shown without a restart');
  await ada.page.reload();
  await ada.page.getByRole('article').filter({ hasText: 'From the whole internet.' }).waitFor();
  assert.deepEqual(ada.errors, []);
  assert.equal(await house.stop(), 0);
});

/** The serial number of the certificate that a visitor is shown, who trusts the authority's root and nothing else. */
function served({ inside, root }: SmallInternet): string {
  const shown = execFileSync('ip', ['netns', 'exec', inside, 'openssl', 's_client', '-connect', `${DOMAIN}:443`, '-servername', DOMAIN, '-verify_hostname', DOMAIN, '-verify_return_error', '-CAfile', root], { input: '', stdio: ['pipe', 'pipe', 'ignore'] });
  return new X509Certificate(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(shown.toString())![0]).serialNumber;
}

/** Resolves when another certificate than the one that is there now has been put in its place. */
function untilRenewed(folder: string): Promise<void> {
  const before = readFileSync(join(folder, `${DOMAIN}.pem`), 'utf8');
  return new Promise((resolve) => {
    const watcher = watch(folder, () => { if (readFileSync(join(folder, `${DOMAIN}.pem`), 'utf8') !== before) { watcher.close(); resolve(); } });
  });
}
