import { contractHash, statementHash, type Contract } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import { NOTES } from '../../../packages/house/src/testing/notes.ts';
import { laneBy } from '../../../packages/house/src/testing/phone.ts';
import type { Random } from '../random.ts';
import { signedOut, status, type Generator } from './ask.ts';
import { noteKey, someNote, tick } from './data-model.ts';
import { anybody, isNotFound } from './reading.ts';
import type { World } from './world.ts';

const NDJSON = { 'content-type': 'application/x-ndjson' };
const suite = makeNodeSuite();
const contract = contractHash(suite, NOTES as unknown as Contract);

/** Records by a device of the asker's own: for themselves they come in, for anybody else there is no such place. */
const hand: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const persona = random.once(4) ? anybody(world, random) : asker.persona ?? anybody(world, random);
  const path = `/pods/${persona}/records`;
  const none = signedOut(asker);
  const keys = world.keys.get(persona);
  if (none || asker.persona !== persona || !keys) return { asker, path, raw: '', headers: NDJSON, judge: none ?? isNotFound };
  const lines = random.once(6) ? random.pick(['nonsense\n', '{"type":"lane"}\n', '{"type":"entry"}', '{"type":"end","lines":1}\n']) : null;
  if (lines !== null) return { asker, path, raw: lines, headers: NDJSON, judge: status(400) };
  return { asker, path, headers: NDJSON, ...handed(world, random, persona, { seed: keys.deviceSeed, keyLogHead: statementHash(suite, keys.statements[2]!.statement) }) };
};

function handed(world: World, random: Random, persona: string, { seed, keyLogHead }: { seed: Uint8Array; keyLogHead: string }): Pick<ReturnType<Generator>, 'raw' | 'judge'> {
  const { audience } = someNote(random, 'lines');
  const stored = audience === 'house' ? `house:${world.house}` : audience;
  const lane = laneBy({ suite, persona, seed, keyLogHead, contract, now: Date.now }, { service: 'notes', collection: 'lines', audience: stored });
  const notes = Array.from({ length: 1 + random.below(3) }, () => ({ key: noteKey(random), body: someNote(random, 'lines').body }));
  const versions = notes.map(({ key, body }) => lane.put(key, body as never).id);
  const broken = random.once(5);
  if (broken) lane.put(noteKey(random), random.pick<object>([{ title: 1 }, { nosuch: true }]) as never);
  return {
    raw: Buffer.from(lane.text()).toString(),
    judge: (answer) => {
      const bad = status(broken ? 400 : 200)(answer);
      if (bad || broken) return bad;
      notes.forEach(({ key, body }, i) => world.notes.push({ persona, author: persona, collection: 'lines', key, audience, body, version: versions[i]!, written: tick() }));
      const { applied } = answer.json as { applied: number };
      return applied === notes.length ? null : `took ${applied} of ${notes.length}`;
    },
  };
}

/** Nothing in this world waits for a decision: each device writes what no other one does. */
const repairs: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const nothing = JSON.stringify({ conflicts: [], parked: [], more: 0 });
  return { asker, path: '/me/repairs', judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? (answer.text === nothing ? null : `waits: ${answer.text}`)) };
};

const repair: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const choose = random.pick(['keep', 'other', 'both', 'accept', 'drop', 'nosuch']);
  const id = random.pick(['1', '1.ahead', '0', 'nothing', '99.after_close']);
  return { asker, path: `/me/repairs/${id}`, body: { choose }, judge: signedOut(asker) ?? status(choose === 'nosuch' ? 400 : 404) };
};

/** Cases for what comes from other devices of a person. */
export const DEVICES_READING: Record<string, Generator> = { 'GET /me/repairs': repairs };
export const DEVICES_WRITING: Record<string, Generator> = { 'POST /pods/{persona}/records': hand, 'POST /me/repairs/{id}': repair };
