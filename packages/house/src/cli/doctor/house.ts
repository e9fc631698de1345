import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Config } from '../../config/config.ts';
import { lockFolder } from '../../folder/lock.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { findRunning, type RunningHouse } from '../control.ts';
import type { Bar } from '../progress.ts';
import { ill, note, well, type Finding } from './finding.ts';

/** Who holds the data folder, and what that house says of itself. */
export async function holder(config: Config): Promise<{ finding: Finding; running: RunningHouse | null }> {
  const running = await findRunning(config.data);
  if (!running) return { running, finding: well('House', 'not running') };
  const { url, people, capacity, memory, founded } = await running.status();
  const says = `running as process ${running.pid} at ${url ?? 'no address'}, ${people} of ${capacity} people, ${Math.round(memory / 2 ** 20)} MiB`;
  return { running, finding: founded ? well('House', says) : note('House', says, 'Nobody has founded it yet: open the address that the start printed.') };
}

/** The port is free, or it is our own house that has it. */
export async function port({ port: wanted, host }: Config, running: RunningHouse | null): Promise<Finding> {
  const status = await running?.status();
  if (status?.url && new URL(status.url).port === String(wanted)) return well('Port', `${wanted}, held by this house`);
  return await free(wanted, host ?? '127.0.0.1')
    ? well('Port', `${wanted} is free`)
    : ill('Port', `${wanted} is taken by another program`, `Stop that program, or choose another port: npm start -- --port ${wanted + 1}`);
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
    throw error;
  }
  try {
    return verdict(files(data), bar);
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
  const [first] = broken;
  const derived = first!.endsWith('views.db');
  return ill('Databases', `${broken.join(', ')} ${broken.length === 1 ? 'is' : 'are'} damaged`,
    derived ? `Remove ${first} and run: npx commonhold reindex` : `Keep a copy of the folder, then put ${first} back from a backup.`);
}

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
