import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Config } from '../../config/config.ts';
import { isHeld, lockFolder, readHolder } from '../../folder/lock.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { storageRefusal } from '../../sqlite/storage-refusal.ts';
import { findRunning, type RunningHouse } from '../control.ts';
import type { Bar } from '../progress.ts';
import { ill, note, well, type Finding } from './finding.ts';

/** Who holds the data folder, and what that house says of itself. */
export async function holder(config: Config): Promise<{ finding: Finding; running: RunningHouse | null }> {
  const running = await findRunning(config.data);
  if (!running) return { running, finding: silent(config.data) };
  const { url, people, capacity, memory, founded } = await running.status();
  const says = `running as process ${running.pid} at ${url ?? 'no address'}, ${people} of ${capacity} people, ${Math.round(memory / 2 ** 20)} MiB`;
  return { running, finding: founded ? well('House', says) : note('House', says, 'Nobody has founded it yet: open the address that the start printed.') };
}

// It may be too busy or out of descriptors to answer; the lock says whether it is there at all.
function silent(data: string): Finding {
  const pid = readHolder(data)?.pid;
  if (pid === undefined || !isHeld(data)) return well('House', 'not running');
  return ill('House', `process ${pid} holds the folder and does not answer`, `Raise its limit of open files, if that is what it lacks (prlimit --pid ${pid} --nofile=4096), else end it (kill ${pid}) and start it again.`);
}

/** What the house has had to say within the last hour; what lasts until it is started again is ill. */
export async function troubles(running: RunningHouse | null): Promise<Finding> {
  const { troubles: found } = await running?.status() ?? { troubles: [] };
  const lasting = found.find(({ code }) => LASTING.has(code));
  const [newest] = found;
  if (lasting) return ill('Lately', lasting.code, lasting.say);
  return newest ? note('Lately', found.map(({ code }) => code).join(', '), newest.say) : well('Lately', 'no trouble');
}

const LASTING: ReadonlySet<string> = new Set(['disk_failed', 'pod_damaged', 'views_damaged', 'clock_leapt']);

/** The port is free, or it is our own house that has it. */
export async function port({ port: wanted, host }: Config, running: RunningHouse | null): Promise<Finding> {
  const status = await running?.status();
  if (status?.url && new URL(status.url).port === String(wanted)) return well('Port', `${wanted}, held by this house`);
  return await free(wanted, host ?? '127.0.0.1')
    ? well('Port', `${wanted} is free`)
    : ill('Port', `${wanted} is taken by another program`, `Stop that program, or choose another port: npx commonhold start --port ${wanted + 1}`);
}

function free(wanted: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(wanted, host, () => { server.close(() => resolve(true)); });
  });
}

/** Every database file reads well. Asked only of a folder that nobody uses, under its lock. */
export function databases(data: string, running: RunningHouse | null, bar: Bar): Finding {
  if (running) return well('Databases', 'not read while the house runs');
  if (!existsSync(join(data, 'house.db'))) return well('Databases', 'none yet');
  let lock;
  try {
    lock = lockFolder(data);
  } catch (error) {
    if (error instanceof Refusal) return note('Databases', error.message, 'Ask again when that process has ended.');
    // A folder that takes no writes cannot be kept from others meanwhile; what ails it is a finding of its own.
    const told = storageRefusal(error);
    if (told instanceof Refusal) return note('Databases', `not read: ${told.message}`, 'Ask again when the folder can be written.');
    throw error;
  }
  try {
    const finding = verdict(files(data), bar);
    if (finding.state === 'ill') lock.doubt(true);
    return finding;
  } finally {
    lock.release();
  }
}

function verdict(paths: readonly string[], bar: Bar): Finding {
  const broken: string[] = [];
  for (const [i, path] of paths.entries()) {
    if (!sound(path)) broken.push(path);
    bar.at({ done: i + 1, of: paths.length });
  }
  bar.end();
  if (broken.length === 0) return well('Databases', `${paths.length} files read well`);
  const lost = broken.find((path) => !RENEWED.has(basename(path)));
  return ill('Databases', `${broken.join(', ')} ${broken.length === 1 ? 'is' : 'are'} damaged`,
    lost === undefined ? 'Start the house: it makes them anew by itself.' : `Keep a copy of the folder, then put ${lost} back from a backup.`);
}

/** What a house begins anew when it finds it damaged. */
const RENEWED = new Set(['views.db', 'log.db']);

const files = (data: string): string[] => readdirSync(data, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.db') && name !== 'lock.db').sort().map((name) => join(data, name));

function sound(path: string): boolean {
  try {
    const db = openSqlite(path, { durability: 'normal' });
    try {
      return db.prepare<{ quick_check: string }>('PRAGMA quick_check').get()?.quick_check === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
