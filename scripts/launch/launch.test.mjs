import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { clone, folder, registryEnv, run, write } from './fixture.mjs';
import { jobOf } from './jobs.mjs';

const HERE = import.meta.dirname;
const NOBODY = 65534;

describe('what a command line needs', () => {
  it('is no test tools for a start', () => {
    assert.deepEqual(jobOf(['start', '--lan']), { entry: undefined, args: ['start', '--lan'], dev: false, web: true, house: true });
    assert.deepEqual(jobOf(['cli', 'start']), { entry: undefined, args: ['start'], dev: false, web: true, house: true });
    assert.deepEqual(jobOf(['cli', 'invite', '--uses', '3']), { entry: undefined, args: ['invite', '--uses', '3'], dev: false, web: false, house: true });
    assert.equal(jobOf(['test'])?.dev, true);
  });
  it('is unknown for another word', () => { for (const word of [undefined, 'constructor', 'rm']) assert.equal(jobOf([word]), undefined); });
});

describe('a launch that cannot go on says why in one sentence', () => {
  it('without network', async (t) => {
    const root = clone(t);
    const { code, output } = await run(process.execPath, [join(root, 'scripts/launch.mjs'), 'cli', 'doctor'], { env: registryEnv(t, 'http://127.0.0.1:9/') });
    assert.equal(code, 1);
    assert.equal(output, 'Installing the packages (once) ...\nInstalling the packages needs the network once, and the package registry did not answer. Connect, then run the same command again; afterwards no network is needed.\n');
  });

  it('in a folder that may not be written', async (t) => {
    const root = clone(t);
    chmodSync(root, 0o555);
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { code, output } = await run(process.execPath, [join(root, 'scripts/launch.mjs'), 'start'], { env: registryEnv(t, 'http://127.0.0.1:9/'), ...user });
    assert.equal(code, 1);
    assert.equal(output, `Preparing Commonhold needs to write in ${root}, and may not. Make the folder writable for you, or copy it to one that is.\n`);
  });

  it('without npm', async (t) => {
    const root = clone(t);
    const bare = join(folder(t), 'node');
    copyFileSync(process.execPath, bare);
    const { code, output } = await run(bare, [join(root, 'scripts/launch.mjs'), 'start'], { env: { PATH: '/nonexistent' } });
    assert.equal(code, 1);
    assert.match(output, /Commonhold needs npm to bring its packages, and it is not on this machine\./);
  });

  it('for an unknown job, with 2', async (t) => {
    const { code, output } = await run(process.execPath, [join(clone(t), 'scripts/launch.mjs'), 'dance']);
    assert.equal(code, 2);
    assert.match(output, /^Usage: /);
  });
});

/** A launcher on another Node than the job's, as on an old machine: the same binary by another name. */
function driver(t, job, { shell = false } = {}) {
  const root = folder(t);
  symlinkSync(process.execPath, join(root, 'node'));
  write(root, {
    'job.mjs': job,
    'driver.mjs': `import { handOver } from ${JSON.stringify(join(HERE, 'handover.mjs'))};\nawait handOver(${JSON.stringify(join(root, 'node'))}, ${JSON.stringify(join(root, 'job.mjs'))}, ['a', 'b c']);\n`,
  });
  // The `:` keeps the shell from making way for its only command.
  const [file, args] = shell ? ['sh', ['-c', `"${process.execPath}" "${join(root, 'driver.mjs')}"; :`]] : [process.execPath, [join(root, 'driver.mjs')]];
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_command: shell ? 'run' : '' } });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

const LASTING = "process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(7); });\nsetInterval(() => {}, 1000);\nconsole.log('ready', process.argv.slice(2).join('|'));\n";

describe('handing over to another Node', () => {
  it('passes arguments and signals on, and the exit code back', async (t) => {
    const child = driver(t, LASTING);
    const [ready] = await once(child.stdout, 'data');
    assert.equal(String(ready), 'ready a|b c\n');
    child.kill('SIGTERM');
    const [code] = await once(child, 'close');
    assert.equal(code, 7);
  });

  it('leaves no process behind when the launcher is killed', async (t) => {
    const child = driver(t, LASTING);
    await once(child.stdout, 'data');
    let rest = '';
    child.stdout.on('data', (chunk) => { rest += chunk; });
    child.kill('SIGKILL');
    // The pipe closes only when the job, its last holder, is gone.
    await once(child.stdout, 'close');
    assert.equal(rest, 'asked to stop\n');
  });

  it('leaves no process behind when the shell of npm is ended', { skip: process.platform === 'win32' ? 'no such shell' : false }, async (t) => {
    const child = driver(t, LASTING, { shell: true });
    await once(child.stdout, 'data');
    let rest = '';
    child.stdout.on('data', (chunk) => { rest += chunk; });
    child.kill('SIGTERM');
    await once(child.stdout, 'close');
    assert.equal(rest, 'asked to stop\n');
  });

  it('ends by the signal that ended the job', async (t) => {
    const child = driver(t, "process.kill(process.pid, 'SIGKILL');");
    const [, signal] = await once(child, 'exit');
    assert.equal(signal, 'SIGKILL');
  });
});
