import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyKeyLog, verifyLog } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { makeNodeSuite } from '@commonhold/house';
import { runCli } from '../support/cli.ts';
import { readExport } from '../support/export.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, signIn, type Member } from '../support/people.ts';
import { wholeTimeline } from '../support/writers.ts';

const WRITES = 1000;
const PEOPLE = 8;

test('kill -9 during 1,000 concurrent writes loses nothing that was acknowledged', async (t) => {
  const data = tempFolder(t, 'kill');
  const before = await startHouse(t, { data });
  const people = await fill(before);
  const acknowledged = await writeUntilKilled(before, people);
  assert.ok(acknowledged.size > 20, `only ${acknowledged.size} writes were acknowledged before the kill`);
  assert.ok(acknowledged.size < WRITES, 'the kill came too late to prove anything');

  const after = await startHouse(t, { data, port: before.port });
  const reader = await signIn(after, 'ada');
  const live = await wholeTimeline(reader);
  for (const [key, text] of acknowledged) assert.equal(live.get(key), text, `the acknowledged post ${key} is not there`);
  for (const person of people) {
    const mine = [...live.keys()].filter((key) => key.startsWith(person.persona));
    assert.equal(new Set(mine).size, mine.length);
  }
  await after.stop();

  for (const person of people) await verifyPod(data, person.handle);
  await runCli(['reindex'], { data });
  const again = await startHouse(t, { data, port: before.port });
  assert.deepEqual(await wholeTimeline(await signIn(again, 'ada')), live, 'the views are not what a reindex makes of the pods');
  await again.stop();
});

async function fill(house: HouseProcess): Promise<Member[]> {
  const ada = await found(house);
  const { invite } = await ada.client.invites.make({ uses: PEOPLE });
  const rest = [];
  for (let i = 1; i < PEOPLE; i++) rest.push(await join(house, invite, `person${i}`));
  return [ada, ...rest];
}

/** Writes from everybody at once; after a fifth of the answers the house is killed. Answers what was acknowledged. */
async function writeUntilKilled(house: HouseProcess, people: readonly Member[]): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  let killed: Promise<void> | null = null;
  const writes = Array.from({ length: WRITES }, async (_, i) => {
    const { client, persona } = people[i % people.length]!;
    const text = `write ${i}`;
    const made = await client.microblog.post({ text, audience: 'house' }, `write-${i}`).catch(() => null);
    if (!made) return;
    acknowledged.set(`${persona}/${made.key}`, text);
    if (acknowledged.size >= WRITES / 5) killed ??= house.kill();
  });
  await Promise.all(writes);
  await (killed ?? house.kill());
  return acknowledged;
}

async function verifyPod(data: string, handle: string): Promise<void> {
  const { statements, lanes } = readExport((await runCli(['export', handle, '--lines'], { data })).stdout);
  const keyLog = verifyKeyLog(nobleSuite, statements);
  assert.ok(keyLog.ok);
  assert.ok(lanes.length > 0);
  const suite = makeNodeSuite();
  for (const { announcement, entries } of lanes) {
    const verdict = verifyLog(suite, { announcement, entries, keyLog: keyLog.value });
    assert.deepEqual(verdict.ok ? 'verified' : verdict, 'verified', handle);
  }
}
