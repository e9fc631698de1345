import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { openTrialHouse, type TrialHouse } from '../testing/house.ts';
import { barText } from './progress.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

interface Ended { code: number | null; out: string; err: string }

function cli(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => { said.out += chunk; });
  child.stderr.on('data', (chunk) => { said.err += chunk; });
  return new Promise((resolve) => { child.on('close', (code) => resolve({ code, ...said })); });
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'commonhold-cli-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('commonhold', () => {
  it('lists its commands, and each explains itself', async () => {
    const { code, out } = await cli('--help');
    assert.equal(code, 0);
    for (const name of ['init', 'start', 'invite', 'hide', 'suspend', 'expel', 'role', 'reports', 'reindex', 'doctor', 'export', 'import', 'verify', 'bench']) {
      assert.match(out, new RegExp(`^  ${name} `, 'm'));
      const help = await cli(name, '--help');
      assert.equal(help.code, 0);
      assert.match(help.out, new RegExp(`^commonhold ${name} `));
    }
  });

  it('ends with 2 when it is asked wrongly', async () => {
    for (const args of [[], ['dance'], ['init'], ['init', 'choir.example', '--http', '0'], ['start', '--loud'], ['export'], ['export', 'ada', 'ben'], ['import', 'ada'], ['import', 'ada', '/no/such'], ['import', 'ada', 'x', '--list', 'odd'], ['verify'], ['verify', '/no/such/place'], ['invite', '--uses', 'many'], ['hide'], ['suspend', 'ada', '--days', 'many'], ['expel'], ['role', 'ada', 'owner'], ['reports', 'x', 'dance']]) {
      assert.equal((await cli(...args)).code, 2, args.join(' '));
    }
  });

  it('ends with 1 and a sentence where there is no house, and makes none', async (t) => {
    const data = join(folder(t), 'data');
    for (const args of [['invite'], ['reindex'], ['export', 'ada', '--lines']]) {
      const { code, err } = await cli(...args, '--data', data);
      assert.equal(code, 1);
      assert.match(err, /^There is no house in .*npx commonhold start/);
    }
    assert.ok(!existsSync(data));
  });

  it('says that the port is taken, and leaves the folder free', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => { server.once('listening', resolve); });
    t.after(() => { server.close(); });
    const { port } = server.address() as { port: number };
    const data = folder(t);
    const { code, err } = await cli('start', '--data', data, '--port', String(port));
    assert.equal(code, 1);
    assert.match(err, new RegExp(`^Port ${port} is taken by another program`, 'm'));
    assert.ok(!existsSync(join(data, 'house.lock')));
  });
});

describe('start', () => {
  it('prints the one-time address, keeps a second one out, serves the other commands, and closes on a signal', async (t) => {
    const data = folder(t);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'start', '--data', data, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => child.kill('SIGKILL'));
    let out = '';
    const ready = Promise.withResolvers<void>();
    child.stdout.on('data', (chunk) => { out += chunk; if (out.includes('Ctrl-C')) ready.resolve(); });
    const closed = new Promise<number | null>((resolve) => { child.on('close', resolve); });
    await Promise.race([ready.promise, closed]);
    assert.match(out, /^ {2}http:\/\/localhost:\d+\/found#[a-z]+-[a-z]+-[a-z]+-\d+$/m);
    const second = await cli('start', '--data', data, '--port', '0');
    assert.equal(second.code, 1);
    assert.match(second.err, new RegExp(`in use by process ${child.pid} `));
    assert.match((await cli('doctor', '--data', data, '--port', '0')).out, new RegExp(`^note {2}House .*process ${child.pid} at http`, 'm'));
    assert.match((await cli('invite', '--data', data)).err, /^Nobody has founded this house yet/);
    child.kill('SIGTERM');
    child.kill('SIGINT');
    assert.equal(await closed, 0);
    assert.ok(!existsSync(join(data, 'house.lock')));
  });
});

describe('on a house at rest', () => {
  let trial: TrialHouse;
  before(async () => { trial = await openTrialHouse(['ada']); await trial.shut(); });
  after(async () => { await trial.close(); });
  const ask = (...args: string[]): Promise<Ended> => cli(...args, '--data', trial.folder);

  it('invite prints an address and its picture', async () => {
    const { code, out } = await ask('invite', '--uses', '2', '--hours', '5');
    assert.equal(code, 0);
    assert.match(out, /^http:\/\/localhost:4300\/join\/\S+\n/);
    assert.match(out, /█▀|▄█/);
    assert.match(out, /^Good for 2 people until .*works on this machine only/m);
  });

  it('reindex says from how many pods', async () => assert.equal((await ask('reindex')).out, 'Rebuilt from 1 pod.\n'));

  it('export writes lines, or a whole private file', async () => {
    const { out } = await ask('export', '@ada', '--lines');
    assert.match(out, /^\{"type":"commonhold-export"/);
    const file = join(trial.folder, 'ada.jsonl');
    assert.equal((await ask('export', 'ada', '--lines', '--out', file)).code, 0);
    assert.equal(readFileSync(file, 'utf8').split('\n').length, out.split('\n').length);
    assert.equal((await ask('export', 'eve', '--lines', '--out', `${file}.eve`)).code, 1);
    assert.ok(!existsSync(`${file}.eve`) && !existsSync(`${file}.eve.part`));
  });

  it('says in a sentence which file it cannot write', async (t) => {
    const place = folder(t as TestContext), here = join(place, 'here'), nowhere = join(place, 'none', 'x');
    closeSync(openSync(here, 'w'));
    for (const [line, says] of [
      [['export', 'ada', '--out', nowhere], `${nowhere} cannot be written: there is no such folder.`], [['export', 'ada', '--out', place], `${place} cannot be written: it is a folder.`],
      [['backup', 'key', '--out', here], `${here} cannot be written: it is there already.`],
    ] as const) {
      const { code, err } = await ask(...line);
      assert.deepEqual([code, err.trimEnd().split('\n').at(-1)], [1, says]);
    }
    assert.equal(existsSync(`${place}.part`), false);
  });

  it('doctor finds a house well, then open to others, then damaged, and says the next thing to do', async () => {
    assert.match((await ask('doctor')).out, /^ok {4}Databases .* read well$/m);
    chmodSync(join(trial.folder, 'secrets.json'), 0o644);
    const open = await ask('doctor');
    assert.equal(open.code, 1);
    assert.match(open.out, /^ILL {3}Modes [^]*\nNext: Close it: chmod -R go= /m);
    chmodSync(join(trial.folder, 'secrets.json'), 0o600);
    const file = openSync(join(trial.folder, 'views.db'), 'r+');
    writeSync(file, 'torn page', 0);
    closeSync(file);
    const torn = await ask('doctor');
    assert.equal(torn.code, 1);
    assert.match(torn.out, /^ILL {3}Databases .*views\.db is damaged$[^]*^Next: Start the house: it makes them anew by itself\.$/m);
  });
});

describe('a progress bar', () => {
  it('fills, or counts where there is no end', () => {
    assert.equal(barText('Pods', { done: 150, of: 300 }), `Pods ${'█'.repeat(12)}${'░'.repeat(12)} 150 of 300`);
    assert.equal(barText('Lines', { done: 12431, of: 0 }), 'Lines 12,431');
  });
});
