import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { constants, cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Seeded } from './day-seed.ts';

/** A house after a long life: its data folder, and who lives there. */
export interface DayHouse extends Seeded { data: string }

const MADE_BY = ['packages/core/src/**/*.ts', 'packages/house/src/**/*.ts', 'spec/contracts/**/*.json', 'tests/perf/{day-seed,residents,content}.ts'];

/**
 * A copy of a filled house to be measured, in `folder`. Filling one takes minutes, so the last is kept in the folder of temporary files
 * under a name that says what made it: all of the house's own code, its contracts, and the scale.
 */
export async function dayHouse(root: string, folder: string, scale: readonly number[]): Promise<DayHouse> {
  const shelf = join(tmpdir(), 'commonhold-bench-day');
  const kept = join(shelf, `${scale.join('-')}-${fingerprint(root)}`);
  if (!existsSync(kept)) {
    for (const old of existsSync(shelf) ? readdirSync(shelf) : []) if (old.startsWith(`${scale.join('-')}-`)) rmSync(join(shelf, old), { recursive: true, force: true });
    const making = `${kept}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    try {
      const seeded = await seed(join(making, 'data'), scale);
      writeFileSync(join(making, 'seeded.json'), JSON.stringify(seeded));
      renameSync(making, kept);
    } catch (error) {
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  const data = join(folder, 'data');
  cpSync(join(kept, 'data'), data, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { data, ...JSON.parse(readFileSync(join(kept, 'seeded.json'), 'utf8')) as Seeded };
}

function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const path of globSync([...MADE_BY], { cwd: root }).filter((name) => !name.endsWith('.test.ts')).sort()) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** In a process of its own, which may have the memory that a house may not. */
async function seed(data: string, scale: readonly number[]): Promise<Seeded> {
  const child = fork(join(import.meta.dirname, 'day-seed.ts'), [data, ...scale.map(String)], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  const told = once(child, 'message').then(([seeded]) => seeded as Seeded);
  const seeded = await Promise.race([told, gone.then(() => null)]);
  const [code] = await gone as [number | null];
  if (!seeded || code !== 0) throw new Refusal('unavailable', 'server_ended', 'The house of a long life could not be filled; what went wrong stands above.');
  return seeded;
}
