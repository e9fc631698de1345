import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { canonical, fromBase64Url, toBase64Url, type Envelope, type EntryLine } from '@commonhold/core';
import { keyOf, openTrialPods } from '../../testing/pods.ts';
import type { LaneHead } from '../pod/types.ts';
import { mergeIn, merging } from './merge.ts';
import type { Checked } from './types.ts';

interface Told { id: string; rev: number; op: 'put' | 'remove'; at: string; device: string; base: string | null; says?: string }
interface Story { name: string; records: Told[]; holds: string; kept: string[] }
const { merge: { held } } = JSON.parse(readFileSync(new URL('../../../../../spec/vectors/record.json', import.meta.url), 'utf8')) as { merge: { held: Story[] } };

const trial = openTrialPods();
after(() => trial.close());
const KEY = keyOf('story');

function orders<T>(all: readonly T[]): T[][] {
  return all.length < 2 ? [[...all]] : all.flatMap((one, i) => orders(all.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}

function checkedOf({ id, rev, op, at, device, base, says }: Told, collection: string, lane: LaneHead): Checked {
  const body = says === undefined ? null : canonical({ says });
  const envelope: Envelope = { v: 1, persona: trial.persona, device, service: 'notes', lane: toBase64Url(lane.lane), contract: '', collection, key: KEY, seq: ++lane.seq, at, rev, base, op };
  const line: EntryLine = { type: 'entry', lane: envelope.lane, device, seq: envelope.seq, id, envelope: JSON.stringify(envelope), ...(body === null ? {} : { salt: toBase64Url(trial.suite.random(32)) }) };
  return { seq: envelope.seq, id: fromBase64Url(id)!, envelope, body, blobs: [], line, why: null, chain: null };
}

describe('merge.held: what holds a key and what is kept beside it, in whatever order records come', () => {
  for (const { name, records, holds, kept } of held) {
    it(name, async () => {
      for (const [n, order] of orders(records).entries()) {
        const collection = `c${n}`;
        const undo = new Error('undo');
        await assert.rejects(trial.pod.write(() => {
          const { pod } = trial;
          const persona = pod.personas.get(trial.persona)!;
          const lanes = new Map<string, LaneHead>();
          const laneOf = (device: string): LaneHead => {
            const had = lanes.get(device);
            if (had) return had;
            const lane = trial.suite.random(16);
            const ref = pod.sql.putLane.run(persona.ref, 'notes', collection, 'everyone', device, lane, '{}', trial.suite.random(32), '').lastInsertRowid;
            const head = { ref, service: 'notes', collection, audience: 'everyone', device, lane, seq: 0, chain: new Uint8Array(32) };
            persona.lanes.push(head);
            lanes.set(device, head);
            return head;
          };
          const work = merging(pod, persona);
          for (const one of order) mergeIn(work, laneOf(one.device), checkedOf(one, collection, laneOf(one.device)));
          const row = pod.sql.row.get(persona.ref, 'notes', collection, KEY)!;
          assert.equal(toBase64Url(row.id), holds, order.map(({ id }) => id).join());
          assert.deepEqual(pod.sql.conflictsOfKey.all(persona.ref, 'notes', collection, KEY).map(({ record }) => toBase64Url(record)).toSorted(), kept.toSorted(), order.map(({ says }) => says ?? 'removed').join());
          throw undo;
        }), undo);
      }
    });
  }
});
