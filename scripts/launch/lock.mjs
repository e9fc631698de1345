import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { filing } from './failure.mjs';
import { say } from './say.mjs';

const alive = (pid) => {
  try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; }
};

/** Takes the lock file, or answers the process that has it. A file left by a process that is gone is taken over. */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return 0;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(readFileSync(file, 'utf8'));
  if (holder && alive(holder)) return holder;
  rmSync(file, { force: true });
  return take(file);
}

/**
 * Installs and builds are done by one launcher at a time: a second one waits and then finds everything there.
 * @template T
 * @param {string} root
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(root, work) {
  const file = join(root, '.runtime', 'launch.lock');
  const attempt = () => filing('Preparing Commonhold', root, () => { mkdirSync(join(root, '.runtime'), { recursive: true }); return take(file); });
  let holder = attempt();
  if (holder) say(`Another start (process ${holder}) is preparing this folder; waiting for it.`);
  while (holder) {
    await pause(200);
    holder = attempt();
  }
  const drop = () => rmSync(file, { force: true });
  process.once('exit', drop);
  try {
    return await work();
  } finally {
    process.removeListener('exit', drop);
    drop();
  }
}
