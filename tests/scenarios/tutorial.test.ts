import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { freePort, tempFolder } from '../support/house-process.ts';
import { PROGRAM } from '../support/program.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PORTS = ['4310', '4410'];

/*
 * Every command of docs/tutorial.md, in one shell as in one terminal; what it shows there is what comes. npx goes straight to the program,
 * and the two ports are others, since somebody may build on this machine.
 */
test('the tutorial: every command works, in their order', async (t) => {
  const text = readFileSync(join(ROOT, 'docs', 'tutorial.md'), 'utf8');
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', body = '']) => ({ language, body }));
  const folder = tempFolder(t, 'tutorial');
  const ports = await Promise.all(PORTS.map(async (port): Promise<[string, string]> => [port, String(await freePort())]));
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const npx = join(folder, 'bin', 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\n[ "$1 $2" = "contract pod" ] && set -- "$@" --port ${ports[0]![1]}\nexec ${process.execPath} --disable-warning=ExperimentalWarning ${PROGRAM} "$@"\n`);
  chmodSync(npx, 0o700);
  const script = blocks.filter(({ language }) => language === 'sh').map(({ body }) => body).join('\n');
  const { code, said } = await run(`set -e\n${ports.reduce((all, [from, to]) => all.replaceAll(from, to), script)}`, folder);
  assert.equal(code, 0, said);
  for (const { body } of blocks.filter(({ language }) => language !== 'sh')) assert.ok(said.includes(body.trim()), `${body}\nis not in\n${said}`);
  assert.match(said, /^\+ .*The makers of Shared Notes can read and count/m);
  assert.match(said, /^Something gets wider: each person is asked\.$/m);
});

// On a busy machine each of the dozen commands takes a while.
const PATIENCE_MS = 240_000;

async function run(script: string, cwd: string): Promise<{ code: number | null; said: string }> {
  const shell = spawn('sh', ['-c', script], { cwd, env: { ...process.env, PATH: `${cwd}/bin:${process.env['PATH']}` }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  // A shell that stops at a failure leaves behind what it started.
  const end = (): void => { try { process.kill(-shell.pid!, 'SIGKILL'); } catch { /* all of them have ended */ } };
  const late = setTimeout(end, PATIENCE_MS);
  shell.once('exit', end);
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => { said += String(chunk); });
  const code = await new Promise<number | null>((done) => { shell.once('close', done); });
  clearTimeout(late);
  return { code, said };
}
