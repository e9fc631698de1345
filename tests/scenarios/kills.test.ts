import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@commonhold/sdk';
import { runCli } from '../support/cli.ts';
import { freePort, startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { holdsAll, makeWriter, wholeTimeline, type Insist, type Writer } from '../support/writers.ts';

/** Two houses at a time, one for each core of a small machine, killed so often each. */
const HOUSES = 2;
const KILLS = 100;
const PEOPLE = 8;
const CHECK_EVERY = 25;
/** A life lasts so long at most after its first yes, in ms. */
const LONGEST = 150;

test('200 kills at any moment under load: all that was acknowledged is there, once, without any repair', async (t) => {
  const cache = tempFolder(t, 'compiled');
  const lived = await Promise.all(Array.from({ length: HOUSES }, () => liveAndDie(t, cache)));
  t.diagnostic(lived.map(({ yes, again, kept }) => `${yes} yes, ${again} tries repeated, ${kept} posts at the end`).join('; '));
  for (const { again } of lived) assert.ok(again > KILLS / 2, `only ${again} tries were cut off: the kills came at quiet moments`);
});

async function liveAndDie(t: TestContext, cache: string): Promise<{ yes: number; again: number; kept: number }> {
  const data = tempFolder(t, 'kills');
  const port = await freePort();
  const start = () => startHouse(t, { data, port, env: { NODE_COMPILE_CACHE: cache } });
  const life = makeLife();
  const { members, writers } = await settle(await start(), life.insist);
  let going = true;
  const writing = writers.map(async (writer) => { while (going) { await writer.write(); life.said(); } });
  for (let kill = 1; kill <= KILLS; kill++) {
    const house = await start();
    await life.begins();
    await wait(Math.random() * LONGEST);
    life.ends();
    await house.kill();
    assert.doesNotMatch(house.output(), /trouble|fault/);
    if (kill % CHECK_EVERY === 0) await runCli(['verify', data], { data });
  }
  going = false;
  const last = await start();
  life.begins();
  await Promise.all(writing);
  const live = await holdsAll(members[0]!, writers);
  await followersHeard(writers);
  await last.stop();
  await runCli(['verify', data], { data });
  await runCli(['reindex'], { data });
  const again = await start();
  assert.deepEqual(await wholeTimeline(members[0]!), live, 'the views are not what a reindex makes of the pods');
  await again.stop();
  return { yes: life.yes, again: life.again, kept: live.size };
}

/** Founds and fills the house, and stops it well once, which also leaves the next starts compiled. */
async function settle(house: HouseProcess, insist: Insist): Promise<{ members: Member[]; writers: Writer[] }> {
  const members = [await found(house)];
  const { invite } = await members[0]!.client.invites.make({ uses: PEOPLE });
  while (members.length < PEOPLE) members.push(await join(house, invite, `person${members.length}`));
  await house.stop();
  return { members, writers: members.map((member, i) => makeWriter(member, members[(i + 1) % PEOPLE]!, insist)) };
}

/** When the house is there, as far as the writers know; each of them repeats what a kill cut off. */
function makeLife() {
  let up = Promise.withResolvers<void>();
  let first = Promise.withResolvers<void>();
  const life = {
    yes: 0, again: 0,
    /** The house is there; resolves at its first yes. */
    begins: () => { first = Promise.withResolvers(); up.resolve(); return first.promise; },
    ends: () => { up = Promise.withResolvers(); },
    said: () => { life.yes++; first.resolve(); },
    insist: (async (attempt) => {
      for (;;) {
        await up.promise;
        try { return await attempt(); } catch (error) {
          if (!(error instanceof ApiError && error.code === 'unreachable')) throw error;
          life.again++;
        }
      }
    }) satisfies Insist,
  };
  return life;
}

/** What was followed or unfollowed arrives at the other pod, whatever was killed on the way. */
async function followersHeard(writers: readonly Writer[]): Promise<void> {
  for (const [i, { member, follows }] of writers.entries()) {
    const other = writers[(i + 1) % writers.length]!.member;
    for (let tries = 0; (await other.client.people.get(member.persona)).followsYou !== follows; tries++) {
      assert.ok(tries < 100, `${other.handle} never heard that ${member.handle} ${follows ? 'follows' : 'follows no more'}`);
      await wait(50);
    }
  }
}
