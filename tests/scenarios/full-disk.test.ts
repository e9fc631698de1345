import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ApiError } from '@commonhold/sdk';
import { startHouse, type HouseProcess } from '../support/house-process.ts';
import { endOfMine } from '../support/jobs.ts';
import { found, join as joinHouse, type Member } from '../support/people.ts';
import { noSmallDisk, smallDisk } from '../support/small-disk.ts';

test('a full disk: a sentence that says what to do, nothing acknowledged is lost, reading goes on, and room brings everything back', async (t) => {
  const missing = noSmallDisk();
  if (missing !== null) { t.skip(missing); return; }
  const data = smallDisk(t, 24);
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const bob = await joinHouse(house, (await ada.client.invites.make()).invite, 'bob');
  const kept = await writeUntilFull(ada, data);

  await assert.rejects(bob.client.microblog.post({ text: 'no room', audience: 'house' }, 'bob-1'), refusedForSpace);
  await assert.rejects(bob.client.people.setProfile({ name: 'Robert' }), refusedForSpace);
  assert.equal((await house.client().health()).status, 'ok');
  assert.ok((await bob.client.microblog.house()).items.length > 0, 'the timeline can still be read');
  for (const key of kept.slice(-50)) {
    const { ok } = await fetch(`${house.url}/pods/${ada.persona}/microblog/posts/${key}`, { headers: { authorization: `Bearer ${bob.session}` } });
    assert.ok(ok, 'a post that was acknowledged is not there');
  }

  rmSync(join(data, 'filler'));
  const again = await bob.client.microblog.post({ text: 'room again', audience: 'house' }, 'bob-1');
  await nothingLost(house, ada, [...kept, again.key]);
  await house.kill();
  const restarted = await startHouse(t, { data, port: house.port });
  await nothingLost(restarted, ada, [...kept, again.key]);
  await restarted.kill();
});

test('an archive that unpacks to more than the disk has is refused before the disk is full, and nothing of it stays', async (t) => {
  const missing = noSmallDisk();
  if (missing !== null) { t.skip(missing); return; }
  const MIB = 2 ** 20, data = smallDisk(t, 300), house = await startHouse(t, { data });
  const ada = await found(house), piece = randomBytes(16 * 1024);
  const packed = gzipSync(Buffer.concat(Array.from({ length: 256 * MIB / piece.length }, () => piece)), { level: 1 });
  let least = Infinity;
  const watching = setInterval(() => { const { bavail, bsize } = statfsSync(data); least = Math.min(least, bavail * bsize); }, 5);
  t.after(() => clearInterval(watching));
  const { job } = await ada.client.imports.past(packed as Uint8Array<ArrayBuffer>, 'as-it-was');
  const { state, failed } = await endOfMine(ada, job.id);
  assert.deepEqual([state, failed?.code], ['failed', 'no_space']);
  assert.match(failed!.say, /room[^]*Nothing was changed/);
  assert.ok(least > 32 * MIB && least < 200 * MIB, `${Math.round(least / MIB)} MiB were left`);
  const place = join(data, 'bringing');
  assert.deepEqual(existsSync(place) ? readdirSync(place, { recursive: true }).map(String).filter((name) => /spool|archive/.test(name)) : [], []);
  await ada.client.microblog.post({ text: 'the house goes on', audience: 'house' }, 'ada-1');
  await house.kill();
});

const refusedForSpace = (error: unknown): boolean => {
  assert.ok(error instanceof ApiError, String(error));
  assert.equal(error.status, 503);
  assert.equal(error.code, 'no_space');
  assert.match(error.detail ?? '', /full.*Make room/);
  return true;
};

/** Posts and fills by turns until the house says that there is no room. Answers the keys of what it acknowledged. */
async function writeUntilFull({ client }: Member, data: string): Promise<string[]> {
  const kept: string[] = [];
  for (let i = 0; i < 4000; i++) {
    try { appendFileSync(join(data, 'filler'), Buffer.alloc(256 * 1024, 1)); } catch { /* the rest of the room is for the house to use up */ }
    try { kept.push((await client.microblog.post({ text: `post ${i} ${'x'.repeat(400)}`, audience: 'house' }, `full-${i}`)).key); } catch (error) {
      refusedForSpace(error);
      return kept;
    }
  }
  throw new assert.AssertionError({ message: 'the disk never filled' });
}

async function nothingLost(house: HouseProcess, { session }: Member, keys: readonly string[]): Promise<void> {
  const client = house.client(session);
  const found = new Set<string>();
  for (let before: string | null | undefined; before !== null;) {
    const page = await client.microblog.house({ first: 100, ...(before ? { before } : {}) });
    for (const { key } of page.items) found.add(key);
    before = page.next;
  }
  assert.deepEqual(keys.filter((key) => !found.has(key)), []);
}
