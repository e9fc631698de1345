import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { targetRefusal, type Target } from './target.ts';

const PART = '.part';

/** Backups in a folder that must be there: a missing one is a disk that is not plugged in, and nothing is made in its stead. */
export function folderTarget(root: string): Target {
  const folders = new Set<string>();
  const place = async (): Promise<void> => { if (!(await stat(root)).isDirectory()) throw targetRefusal('target_gone'); };
  return {
    async* list(prefix) {
      await told(place);
      const under = join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
      for (const name of namesIn(under, prefix.slice(0, prefix.lastIndexOf('/') + 1))) if (name.startsWith(prefix) && !name.endsWith(PART)) yield name;
    },
    get: (name) => told(async () => {
      await place();
      return readFile(join(root, name)).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return null; throw error; });
    }),
    put: (name, bytes) => told(async () => {
      await place();
      const path = join(root, name), part = `${path}.${randomUUID().slice(0, 8)}${PART}`, folder = dirname(path);
      if (!folders.has(folder)) { await mkdir(folder, { recursive: true, mode: 0o700 }); folders.add(folder); }
      try { await writeWhole(part, bytes); await rename(part, path); } catch (error) { await rm(part, { force: true }).catch(() => {}); throw error; }
    }),
    remove: (name) => told(() => rm(join(root, name), { force: true })),
    settle: () => told(async () => {
      if (process.platform === 'win32') return;
      const due = new Set([...folders].flatMap((folder) => [folder, dirname(folder)]));
      for (const folder of [...due, root]) await syncFolder(folder);
    }),
    tidy: (prefix) => told(async () => { for (const name of namesIn(join(root, prefix), prefix)) if (name.endsWith(PART)) await rm(join(root, name), { force: true }); }),
  };
}

/** Makes a folder to be a place for backups, before the first one. Refuses as the place itself does. */
export const makeFolder = (path: string): Promise<void> => told(async () => { await mkdir(path, { recursive: true, mode: 0o700 }); });

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try { await file.writeFile(bytes); await file.datasync(); } finally { await file.close(); }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try { await folder.sync(); } finally { await folder.close(); }
}

function* namesIn(folder: string, prefix: string): Iterable<string> {
  let entries;
  try { entries = readdirSync(folder, { withFileTypes: true }); } catch (error) { if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; throw error; }
  for (const entry of entries) {
    if (entry.isDirectory()) yield* namesIn(join(folder, entry.name), `${prefix}${entry.name}/`);
    else if (entry.isFile()) yield `${prefix}${entry.name}`;
  }
}

const CODES: Readonly<Record<string, Parameters<typeof targetRefusal>[0]>> = {
  ENOSPC: 'target_full', EDQUOT: 'target_full', EACCES: 'target_denied', EPERM: 'target_denied', EROFS: 'target_denied', ENOENT: 'target_gone', ENOTDIR: 'target_gone', ENODEV: 'target_gone', EIO: 'target_failed', ESTALE: 'target_gone',
};

async function told<T>(work: () => Promise<T>): Promise<T> {
  try { return await work(); } catch (error) {
    const code = error instanceof Refusal ? undefined : CODES[String((error as NodeJS.ErrnoException).code)];
    throw code ? targetRefusal(code, error) : error;
  }
}
