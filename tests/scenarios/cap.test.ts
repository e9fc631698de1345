import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { test } from 'node:test';
import { ApiError } from '@commonhold/sdk';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { join, memberOf } from '../support/people.ts';
import { moveIn } from '../perf/residents.ts';

const CAPACITY = 300;
const RACERS = 20;
const SEATS_LEFT = 5;

test('three hundred people live here, the 301st cannot, and a race for the last seats has as many winners as seats', async (t) => {
  const data = tempFolder(t, 'cap');
  const [founder] = await moveIn(data, CAPACITY - SEATS_LEFT);
  const house = await startHouse(t, { data });
  const ada = memberOf(house, founder!, 'person0');
  const { invite } = await ada.client.invites.make({ uses: RACERS });
  assert.equal((await house.client().health()).people, CAPACITY - SEATS_LEFT);

  const outcomes = await Promise.all(Array.from({ length: RACERS }, (_, i) => attempt(house, invite, `racer${i}`)));
  assert.deepEqual(tally(outcomes), { joined: SEATS_LEFT, house_full: RACERS - SEATS_LEFT });
  assert.equal(await attempt(house, invite, 'latecomer'), 'house_full');
  assert.equal((await house.client().health()).people, CAPACITY);
  assert.equal((await ada.client.people.list()).people.length, CAPACITY);
  assert.equal(readdirSync(joinPath(data, 'pods')).filter((name) => name.endsWith('.db')).length, CAPACITY, 'a lost race leaves no pod behind');

  const { left } = (await ada.client.invites.list()).invites.find((one) => one.invite === invite)!;
  assert.equal(left, RACERS - SEATS_LEFT, 'a refused join costs the invite nothing');
  await house.stop();
});

async function attempt(house: HouseProcess, invite: string, handle: string): Promise<string> {
  try {
    await join(house, invite, handle);
    return 'joined';
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}

function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
