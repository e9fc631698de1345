import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { makeInternet, noAuthority, run, selfSigned, type SmallInternet } from '../support/authority.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { noNamespaces } from '../support/network.ts';

const DOMAIN = 'choir.example';
const SITE = `https://${DOMAIN}`;
const FILES = resolve(import.meta.dirname, '../../docs/guides/proxy');
const VISITOR = resolve(import.meta.dirname, '../support/visitor.ts');

function without(command: string, debian: string): string | null {
  try { execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }); } catch { return `the command ${command} (Debian: ${debian}) is missing`; }
  return noNamespaces() ?? noAuthority();
}

async function openBehind(t: TestContext): Promise<{ net: SmallInternet; house: HouseProcess }> {
  const net = await makeInternet(t);
  const data = tempFolder(t, 'behind');
  const { stdout } = await runCli(['init', DOMAIN, '--behind-proxy'], { data });
  assert.match(stdout, /believes 127\.0\.0\.0\/8, ::1 about where visitors come from/);
  const house = await startHouse(t, { data, port: 4300, inside: net.inside });
  return { net, house };
}

interface Seen { setup: number; said: string; cookie: string; strict?: string; posted: number; hears: boolean; guesses: number[]; elsewhere: number }

/** What a visitor sees who trusts `ca` and forges every header that tells of visitors. */
async function visit({ inside, other }: SmallInternet, code: string, ca: string): Promise<Seen> {
  const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', inside, process.execPath, '--disable-warning=ExperimentalWarning', VISITOR, SITE, code, other], { env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } });
  return JSON.parse(stdout) as Seen;
}

async function check({ net, house }: { net: SmallInternet; house: HouseProcess }, ca: string): Promise<void> {
  const led = execFileSync('ip', ['netns', 'exec', net.inside, 'curl', '-sS', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}', `http://${DOMAIN}/people?x=1`]).toString();
  assert.equal(led, `308 ${SITE}/people?x=1`);
  const seen = await visit(net, house.code!, ca);
  assert.equal(seen.setup, 201, seen.said);
  assert.match(seen.cookie, /^__Host-commonhold=.*; Secure$/);
  assert.equal(seen.strict, 'max-age=15552000');
  assert.deepEqual([seen.posted, seen.hears], [201, true]);
  // Were the forged addresses believed, every guess would come from somebody new.
  assert.equal(seen.guesses.at(-1), 429, seen.guesses.join(' '));
  assert.ok(seen.guesses.length > 3);
  assert.equal(seen.elsewhere, 401, 'and somebody at another address is not held to account for it');
  await house.stop();
}

test('behind Caddy: the file of the guide, encrypted, live, and forged headers change nothing', async (t) => {
  const missing = without('caddy', 'caddy');
  if (missing) { t.skip(missing); return; }
  const opened = await openBehind(t);
  const { net } = opened;
  const folder = tempFolder(t, 'caddy');
  const config = join(folder, 'Caddyfile');
  writeFileSync(config, `{\n\tadmin off\n\tacme_ca ${net.directory}\n\tacme_ca_root ${net.trust}\n\tstorage file_system ${folder}\n}\nimport ${FILES}/Caddyfile\n`);
  await run(t, net.inside, ['caddy', 'run', '--config', config, '--adapter', 'caddyfile'], /certificate obtained successfully/, { HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder });
  await check(opened, net.root);
});

test('behind nginx: the file of the guide, encrypted, live, and forged headers change nothing', async (t) => {
  const missing = without('nginx', 'nginx-light');
  if (missing) { t.skip(missing); return; }
  const opened = await openBehind(t);
  const { net } = opened;
  const folder = tempFolder(t, 'nginx');
  // The file names places below /etc/ssl: within the namespace that folder is ours.
  mkdirSync(join(folder, 'ssl', 'commonhold'), { recursive: true });
  const [key, chain] = ['privkey.pem', 'fullchain.pem'].map((name) => join(folder, 'ssl', 'commonhold', name)) as [string, string];
  selfSigned(key, chain, `DNS:${DOMAIN}`);
  const ca = join(folder, 'ca.pem');
  cpSync(chain, ca);
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr notice;\nevents {}\nhttp {\n\taccess_log off;\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `\t${name}_temp_path ${folder}/${name};\n`).join('')}\tinclude ${FILES}/nginx.conf;\n}\n`);
  await run(t, net.inside, ['sh', '-c', `mount --bind ${folder}/ssl /etc/ssl && exec nginx -e stderr -c ${config}`], /start|using the "/);
  assert.match(readFileSync(join(FILES, 'nginx.conf'), 'utf8'), /X-Forwarded-For {3}\$remote_addr/);
  await check(opened, ca);
});
