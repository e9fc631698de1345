import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '@commonhold/sdk';
import type { Member } from './people.ts';

const PATIENCE_MS = 60_000;

/** How somebody's own job stands once it has ended. */
export async function endOfMine({ client }: Pick<Member, 'client'>, id: string): Promise<Job> {
  for (const late = Date.now() + PATIENCE_MS; ;) {
    const job = (await client.jobs.mine()).jobs.find((one) => one.id === id);
    if (job && job.state !== 'running') return job;
    assert.ok(Date.now() < late, JSON.stringify(job));
    await wait(20);
  }
}
