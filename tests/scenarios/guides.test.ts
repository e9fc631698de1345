import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test, type TestContext } from 'node:test';
import { makeInternet, noAuthority, type SmallInternet } from '../support/authority.ts';
import { tempFolder } from '../support/house-process.ts';
import { noNamespaces } from '../support/network.ts';
import { PROGRAM } from '../support/program.ts';

/*
 * Every command in a ```sh block of these guides is run, in their order, on a machine with an internet of its own. What cannot be run here
 * stands in a ```console block, and the guide says so above it. npm and npx go straight to the program: what they do before has tests of its own.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const GUIDES = join(ROOT, 'docs', 'guides');
const OURS = ['laptop.md', 'lan-only.md', 'domain.md', 'behind-a-proxy.md', 'home-server.md', 'cloud-vm.md'];
const NOT_TRIED = 'Not tried by our tests';
const MEANWHILE_MS = 60_000;

interface Block { language: string; before: string; commands: string[] }

/** The fenced blocks of a guide, with the text above each. */
function blocksOf(name: string): Block[] {
  const text = readFileSync(join(GUIDES, name), 'utf8');
  return [...text.matchAll(/([^\n]*)\n\n```(\w*)\n([\s\S]*?)```/g)].map(([, before = '', language = '', body = '']) => ({
    language, before, commands: body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')),
  }));
}

/** A machine on which a guide is followed: a folder, a house that may run, and whoever founds it. */
class Machine {
  readonly #net: SmallInternet;
  readonly #folder: string;
  #house: ChildProcess | null = null;
  #said = '';

  constructor(t: TestContext, net: SmallInternet) {
    this.#net = net;
    this.#folder = tempFolder(t, 'guide');
    const bin = join(this.#folder, 'bin');
    mkdirSync(bin);
    const program = `exec ${process.execPath} --disable-warning=ExperimentalWarning ${PROGRAM}`;
    this.#put('npx', `shift\n${program} "$@"`);
    this.#put('npm', `shift\n[ "$1" = -- ] && shift\n${program} start "$@"`);
    t.after(() => this.close());
  }

  #put(name: string, script: string): void {
    const path = join(this.#folder, 'bin', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o700);
  }

  #spawn(command: string): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.#net.inside, 'sh', '-c', command], {
      cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${this.#folder}/bin:${process.env['PATH']}`, COMMONHOLD_DATA: join(this.#folder, 'data'), COMMONHOLD_ACME: this.#net.directory, NODE_EXTRA_CA_CERTS: this.#net.trust, CURL_CA_BUNDLE: this.#net.root, HOME: this.#folder },
    });
  }

  /** Follows one line; starting the house ends when it is there, and the one that ran is closed first. */
  async follow(command: string): Promise<string> {
    if (/commonhold start|npm start/.test(command)) { await this.#start(command); return this.#said; }
    const child = this.#spawn(command);
    let said = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => { said += String(chunk); });
    const [code] = await once(child, 'close') as [number];
    // The doctor ends with 1 when it has something to say.
    assert.ok(code === 0 || (code === 1 && command.includes('doctor') && said.includes('Next: ')), `${command}\n${said}`);
    return said;
  }

  async #start(command: string): Promise<void> {
    await this.close();
    this.#said = '';
    const house = this.#spawn(`exec ${command.replace(/^(\w+=\S+ )/, 'env $1')}`);
    this.#house = house;
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new assert.AssertionError({ message: `${command}\n${this.#said}` })), MEANWHILE_MS);
      for (const stream of [house.stdout!, house.stderr!]) stream.on('data', (chunk: Buffer) => {
        this.#said += String(chunk);
        const banner = this.#said.split('Ctrl-C closes the house').at(-2);
        if (banner !== undefined && !banner.includes('gets its certificate first')) { clearTimeout(late); done(); }
      });
      house.once('exit', () => { clearTimeout(late); fail(new assert.AssertionError({ message: `${command} ended:\n${this.#said}` })); });
    });
    await this.#found();
  }

  /* As the person does in the browser, at the address that was printed. */
  async #found(): Promise<void> {
    const code = /http:\/\/localhost:4300\/found#(\S+)/.exec(this.#said)?.[1];
    if (code === undefined) return;
    const body = JSON.stringify({ code, house: { title: 'The Harbour Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse battery staple' } });
    await this.follow(`curl --silent --show-error --fail -o /dev/null -H 'content-type: application/json' -d '${body}' http://localhost:4300/house/setup`);
  }

  async close(): Promise<void> {
    const house = this.#house;
    this.#house = null;
    if (!house || house.exitCode !== null) return;
    house.removeAllListeners('exit');
    const gone = once(house, 'exit');
    house.kill('SIGINT');
    await gone;
  }
}

const has = (command: string): boolean => { try { execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }); return true; } catch { return false; } };

for (const name of OURS) {
  test(`the guide ${name}: its commands work in their order`, async (t) => {
    const blocks = blocksOf(name).filter(({ language }) => language === 'sh');
    const programs = new Set(blocks.flatMap(({ commands }) => commands.map((line) => /^(?:\w+=\S+ )?(\S+)/.exec(line)![1]!)).filter((one) => !['npx', 'npm'].includes(one)));
    const missing = noNamespaces() ?? noAuthority() ?? [...programs].filter((one) => !has(one)).map((one) => `the command ${one} is missing`)[0];
    if (missing !== undefined && missing !== null) { t.skip(missing); return; }
    const machine = new Machine(t, await makeInternet(t));
    for (const { commands } of blocks) {
      for (const command of commands) {
        const said = await machine.follow(command);
        if (name === 'domain.md' && command.includes('doctor')) assert.match(said, /^ok {4}Certificate {3}until \d{4}[^]*^ok {4}Reach {9}https:\/\/choir\.example leads here$/m);
      }
    }
    await machine.close();
  });
}

test('what our tests do not run is marked in every guide, and what is marked is not hidden among the rest', () => {
  assert.deepEqual(OURS.filter((name) => !readdirSync(GUIDES).includes(name)), []);
  for (const name of OURS) {
    for (const { language, before, commands } of blocksOf(name)) {
      assert.ok(language === 'sh' || language === 'console', `${name}: a block of ${language || 'no language'}`);
      assert.equal(before.includes(NOT_TRIED), language === 'console', `${name}: ${commands[0]}`);
    }
    assert.equal(blocksOf(name).length, readFileSync(join(GUIDES, name), 'utf8').match(/^```\w/gm)?.length, `${name}: a block without a line of text above it`);
  }
});
