import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { bareRoot, inBareRoot, noBareRoot } from '../support/bare-root.ts';
import { freePort, tempFolder } from '../support/house-process.ts';

/* What somebody gets who has no clone: the npm package, and the files of the container. Each starts where nothing of this project is. */
const ROOT = resolve(import.meta.dirname, '../..');
const LONGEST_MS = 120_000;
const run = promisify(execFile);

const notBuilt = (): string | null => (existsSync(join(ROOT, 'packages/web/dist/index.html')) ? null : 'the app has not been built');

/** `npm run package`, past the launcher: what that brings is here. */
async function makePackage(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'scripts/package.mjs'), ...args], { cwd: ROOT, timeout: LONGEST_MS });
  return stdout.trim();
}

/** How this machine reaches a registry; of everything else in the environment nothing. */
const towardsRegistry = (): Record<string, string> =>
  ({ ...Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|npm_config_(?:registry|cafile|proxy|https_proxy))$/i.test(name))), npm_config_userconfig: join(homedir(), '.npmrc') }) as Record<string, string>;

interface Started { said: () => string; stop: () => Promise<void> }

/** Resolves once the house has printed where it is founded. */
async function started(t: TestContext, child: ChildProcess): Promise<Started> {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => { said += String(chunk); });
  const closed = once(child.stdout!, 'close');
  const stop = async () => { child.kill('SIGTERM'); await closed; };
  t.after(stop);
  await new Promise<void>((done, fail) => {
    const give = (why: string) => fail(new assert.AssertionError({ message: `${why}:\n${said}` }));
    const late = setTimeout(() => give('It did not start'), LONGEST_MS);
    child.stdout!.on('data', () => { if (said.includes('/found#')) { clearTimeout(late); done(); } });
    child.once('exit', () => { clearTimeout(late); give('It ended'); });
  });
  return { said: () => said, stop };
}

/** Founds the house and posts: keys, database, pages and pictures are all there. */
async function live(port: number, said: string): Promise<void> {
  const at = `http://localhost:${port}`;
  const health = await (await fetch(`${at}/healthz`)).json() as { status: string };
  assert.equal(health.status, 'ok');
  const page = await (await fetch(`${at}/`, { headers: { accept: 'text/html' } })).text();
  const script = /<script type="module"[^>]* src="([^"]+)"/.exec(page)![1]!;
  assert.equal((await fetch(at + script)).headers.get('content-type'), 'text/javascript; charset=utf-8');
  const code = /\/found#(\S+)/.exec(said)![1]!;
  const post = (path: string, body: unknown, session?: string) => fetch(at + path, {
    method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...(session === undefined ? {} : { authorization: `Bearer ${session}` }) },
  });
  const founded = await post('/house/setup', { code, house: { title: 'The Harbour Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse battery staple' } });
  assert.equal(founded.status, 201);
  const { session } = await founded.json() as { session: string };
  assert.equal((await post('/microblog/posts', { text: 'From a package.', audience: 'house' }, session)).status, 201);
}

test('the packed tarball runs by npx, from an empty folder in a clean environment', async (t) => {
  const missing = notBuilt();
  if (missing !== null) { t.skip(missing); return; }
  const folder = tempFolder(t, 'npx');
  const [packed, empty, home, cache] = ['packed', 'empty', 'home', 'cache'].map((name) => join(folder, name)) as [string, string, string, string];
  for (const path of [empty, home]) mkdirSync(path);
  const tarball = await makePackage('--to', packed);
  const { stdout: listed } = await run('tar', ['tzf', tarball]);
  const files = listed.trim().split('\n');
  assert.deepEqual(files.filter((name) => /\.ts$|\.test\.|\/testing\/|node_modules/.test(name)), []);
  const { stdout: manifest } = await run('tar', ['xzOf', tarball, 'package/package.json']);
  assert.equal((JSON.parse(manifest) as { scripts?: unknown }).scripts, undefined, 'nothing runs when it is installed');
  const port = await freePort();
  const child = spawn('npx', ['--yes', `--package=${tarball}`, 'commonhold', 'start'], {
    cwd: empty, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...towardsRegistry(), PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`, HOME: home, npm_config_cache: cache, COMMONHOLD_PORT: String(port) },
  });
  const house = await started(t, child);
  await live(port, house.said());
  assert.deepEqual(readdirSync(empty), ['data']);
  assert.doesNotMatch(house.said(), /npm start|Experimental/);
  await house.stop();
});

/** What the Containerfile says of the last image: how it is started, as whom, with which environment. */
function containerfile() {
  const text = readFileSync(join(ROOT, 'Containerfile'), 'utf8');
  const last = text.slice(text.lastIndexOf('\nFROM '));
  const said = (word: string): string => new RegExp(`^${word} (.+)$`, 'm').exec(last)![1]!;
  return { text, last, user: said('USER'), command: [...JSON.parse(said('ENTRYPOINT')) as string[], ...JSON.parse(said('CMD')) as string[]], env: Object.fromEntries(said('ENV').split(' ').map((one) => one.split('=') as [string, string])) };
}

test('the files of the container start in a root with nothing but Node, read-only, as nobody, with one volume', async (t) => {
  const missing = noBareRoot() ?? notBuilt();
  if (missing !== null) { t.skip(missing); return; }
  const { command: [node, ...args], env, user } = containerfile();
  assert.deepEqual([node, user], ['node', '1000:1000']);
  const bare = bareRoot(tempFolder(t, 'container'));
  await makePackage('--tree', bare.house);
  const port = await freePort();
  const [file = '', ...rest] = inBareRoot(bare, ['/usr/local/bin/node', ...args], { ...env, PATH: '/usr/local/bin', COMMONHOLD_PORT: String(port) });
  const house = await started(t, spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } }));
  await live(port, house.said());
  await house.stop();
  assert.match(house.said(), /Closing the house/);
  assert.ok(readdirSync(bare.data).includes('house.db'));
  assert.deepEqual(readdirSync(join(bare.root, 'data')), [], 'all of it went into the volume');
});

test('the Containerfile holds what it promises', () => {
  const { text, last, env } = containerfile();
  assert.match(last, /^VOLUME \["\/data"\]$/m);
  assert.equal(env['COMMONHOLD_DATA'], '/data');
  assert.match(last, /^HEALTHCHECK .*\/healthz/m);
  assert.match(last, /^STOPSIGNAL SIGTERM$/m);
  // Node keeps this project's major, and the image is named with its registry and a tag that is not "latest".
  assert.match(text, /^ARG NODE=docker\.io\/library\/node:24-\w+-slim$/m);
  assert.doesNotMatch(text, /^ADD |:latest|sudo|apt-get|curl /m);
  assert.equal([...text.matchAll(/^FROM \$\{NODE\}/gm)].length, 2);
  const left = readFileSync(join(ROOT, '.containerignore'), 'utf8').split('\n');
  for (const name of ['**/node_modules', '**/data', '.git']) assert.ok(left.includes(name), name);
});

test('the unit for systemd is sound, and shuts the house in', async (t) => {
  const version = await run('systemd-analyze', ['--version']).catch(() => null);
  if (version === null) { t.skip('the command systemd-analyze is missing'); return; }
  const unit = join(ROOT, 'docs/guides/commonhold.service');
  const { stdout, stderr } = await run('systemd-analyze', ['verify', unit]);
  assert.equal(stdout + stderr, '');
  // Of a hundred; ends with an error when it is more exposed than that.
  await run('systemd-analyze', ['security', '--offline=true', '--threshold=25', '--no-pager', unit]);
});
