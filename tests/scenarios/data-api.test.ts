import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeNodeSuite, startHouse } from '@commonhold/house';
import { ALBUM, contractsWith } from '../../packages/house/src/testing/album.ts';

const PASSPHRASE = 'correct horse battery staple';
const page = readFileSync(join(import.meta.dirname, '../../docs/data-api.md'), 'utf8');
const examples = [...page.matchAll(/```sh\n([^`]+)```\n```(?:json|text)\n([^`]+)```/g)].map(([, command, answer]) => ({ command: command!.trim(), answer: answer!.trim() }));

const run = (command: string, env: NodeJS.ProcessEnv): Promise<string> => new Promise((resolve) => {
  execFile('bash', ['-c', command], { env: { ...process.env, ...env } }, (_error, stdout, stderr) => resolve(stdout + stderr));
});

/** `…` stands for whatever is there. */
const pattern = (answer: string): RegExp => new RegExp(answer.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('[^"\\n]+'));

const missing = ['bash', 'curl'].find((tool) => spawnSync(tool, ['--version']).status !== 0);

test('every example of docs/data-api.md answers what it says', { skip: missing ? `${missing} is not installed` : false }, async (t) => {
  assert.equal(examples.length, [...page.matchAll(/```sh\n/g)].length);
  const folder = mkdtempSync(join(tmpdir(), 'commonhold-data-api-'));
  const house = await startHouse({ data: folder, port: 0, host: null, origin: null }, { contracts: contractsWith(makeNodeSuite(), ALBUM) });
  t.after(async () => { await house[Symbol.asyncDispose](); rmSync(folder, { recursive: true }); });
  const { persona, session } = await house.household.setup({
    code: house.household.setupCode()!, house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: PASSPHRASE }, from: 'test',
  });
  const env = { HOUSE: `http://localhost:${house.network.port}`, ME: persona, TOKEN: session };
  for (const { command, answer } of examples) {
    const got = await run(command, env);
    assert.match(got, pattern(answer), command);
  }
});
