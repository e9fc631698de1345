import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, signIn } from '../support/people.ts';
import { PROGRAM } from '../support/program.ts';
import { wholeTimeline } from '../support/writers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/guides/disaster-recovery.md'), 'utf8');

/*
 * The commands of the guide in their order: the house runs until the first restore, which finds the data folder gone, as each of a whole
 * house does. Whoever is asked for the words types them. Its disk is a folder here, and npx goes straight to the program.
 */
test('the guide disaster-recovery.md: its commands bring a lost house back', async (t) => {
  const folder = tempFolder(t, 'disaster'), data = join(folder, 'data'), disk = join(folder, 'disk');
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin', 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec ${process.execPath} --disable-warning=ExperimentalWarning ${PROGRAM} "$@"\n`);
  chmodSync(npx, 0o700);
  const house = await startHouse(t, { data });
  const ada = await found(house);
  await ada.client.microblog.post({ text: 'What must not be lost.', audience: 'house' }, 'kept-00000001');
  const words = (await ada.client.house.kit()).words.join(' ');
  const follow = async (command: string): Promise<{ code: number; said: string }> => {
    const child = spawn('sh', ['-c', command.replaceAll('/mnt/disk', disk)], { cwd: folder, env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, COMMONHOLD_DATA: data }, stdio: 'pipe' });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += String(chunk); });
    child.stdin.on('error', () => { /* not every command asks */ });
    child.stdin.end(`${words}\n`);
    const [code] = await once(child, 'close') as [number];
    return { code, said };
  };
  const commands = [...GUIDE.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n').filter((line) => line !== ''));
  assert.ok(commands.filter((one) => one.includes('restore /mnt/disk')).length >= 3, commands.join('\n'));
  for (const command of commands) {
    if (command.includes('restore')) await house.kill();
    if (/restore \/mnt\/disk/.test(command) && !command.includes('--pod')) rmSync(data, { recursive: true });
    const { code, said } = await follow(command);
    // Nothing was upgraded here.
    if (command.includes('--before-upgrade')) assert.match(said, /not kept here/);
    else assert.equal(code, 0, `${command}\n${said}`);
    if (command.includes('drill')) assert.match(said, /everything in it is sound/);
  }
  const again = await startHouse(t, { data });
  assert.deepEqual([...(await wholeTimeline(await signIn(again, 'ada'))).values()], ['What must not be lost.']);
});
