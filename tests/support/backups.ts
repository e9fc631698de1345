import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '@commonhold/sdk';
import type { Member } from './people.ts';

const PATIENCE_MS = 60_000;
const KEEP = { daily: 7, weekly: 4, monthly: 6 };

/** Says where backups go; none is made by itself. */
export const backupsTo = ({ client }: Member, path: string) => client.backups.setSettings({ on: false, hour: 4, keep: KEEP, target: { kind: 'folder', path } });

/** A job of the house when it has ended. */
export async function endOf({ client }: Member, { id }: Job): Promise<Job> {
  for (const late = Date.now() + PATIENCE_MS; ;) {
    const job = (await client.jobs.ofHouse()).jobs.find((one) => one.id === id);
    if (job && job.state !== 'running') return job;
    assert.ok(Date.now() < late, `the job ${id} did not end`);
    await wait(50);
  }
}

/** Makes a backup; what it is called. */
export async function backedUp(steward: Member): Promise<string> {
  const { state, result, failed } = await endOf(steward, await steward.client.backups.make());
  assert.equal(state, 'done', failed?.say);
  return (result as { id: string }).id;
}

/** What a drill of that backup finds. */
export async function drilled(steward: Member, id: string): Promise<{ ok: boolean; found: string[] }> {
  const { state, result, failed } = await endOf(steward, await steward.client.backups.drill(id));
  assert.equal(state, 'done', failed?.say);
  return result as { ok: boolean; found: string[] };
}
