import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { verifyKeyLog, verifyLog, type EntryLine, type LaneLine } from '@commonhold/core';
import { linesOf, openTrialDevices, rowsOf, type TrialDevice, type TrialDevices } from '../../testing/devices.ts';
import { verifyPod } from '../../firewall/verify/pod.ts';

/*
 * Two devices write while they are apart, then hand each other what they have, cut and mixed in any way. What was built on what is
 * written down here, where nothing is erased: what nothing was built on may not be lost without a word.
 */
type Line = LaneLine | EntryLine;
interface Written { id: string; text: string; op: 'put' | 'remove'; key: string }

const KEYS = ['a', 'b', 'c'];
const AUDIENCES = ['everyone', 'only-me'];
const step = fc.record({
  who: fc.integer({ min: 0, max: 1 }), act: fc.constantFrom('put', 'put', 'put', 'remove', 'hand'), key: fc.constantFrom(...KEYS),
  audience: fc.constantFrom(...AUDIENCES), late: fc.integer({ min: 0, max: 5 }), cut: fc.double({ min: 0, max: 1, noNaN: true }),
});
type Step = { who: number; act: string; key: string; audience: string; late: number; cut: number };

/** Part of the lines of a pod, whole batches of each lane, in another order. */
function some(lines: readonly Line[], cut: number): Line[] {
  const lanes = [...new Set(lines.map((line) => (line.type === 'entry' ? line.lane : String((line.signed['statement'] as { lane: string }).lane))))];
  const kept = lanes.filter((_, i) => cut > 0.8 || (i + 1) / lanes.length > cut / 2);
  return lines.filter((line) => (line.type === 'entry' ? kept.includes(line.lane) : kept.includes(String((line.signed['statement'] as { lane: string }).lane))))
    .toSorted((a, b) => (cut > 0.5 ? 1 : -1) * ((b.type === 'entry' ? b.seq : 0) - (a.type === 'entry' ? a.seq : 0)));
}

class Story {
  /** What each device wrote, and what it was written upon, as it saw it. */
  readonly written = new Map<string, Written>();
  readonly builtOn = new Set<string>();
  #count = 0;

  async play(devices: readonly TrialDevice[], persona: string, { who, act, key, audience, late, cut }: Step): Promise<void> {
    const [here, there] = who === 0 ? [devices[0]!, devices[1]!] : [devices[1]!, devices[0]!];
    here.clock.ms += late;
    if (act === 'hand') { await there.take(some(here.lines(), cut)); return; }
    const ref = here.pod.personas.get(persona)!.ref;
    const full = Buffer.from(key.padEnd(16, '.')).toString('base64url');
    const before = here.pod.sql.row.get(ref, 'notes', 'lines', full);
    if (act === 'remove' && before?.op !== 'put') return;
    const text = `${key}${this.#count++}`;
    // Who removes at one place removes what lost there, too.
    if (act === 'remove') for (const { record } of here.pod.sql.conflictsOfKey.all(ref, 'notes', 'lines', full)) this.builtOn.add(hex(record));
    const row = await here.write({ key, audience, op: act as 'put' | 'remove', ...(act === 'put' ? { body: { text } } : { audience: before!.audience }) });
    if (before) this.builtOn.add(hex(before.id));
    this.written.set(hex(row.id), { id: hex(row.id), text, op: act as 'put' | 'remove', key });
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const said = (of: TrialDevice, persona: string): { rows: string[]; kept: string[] } => {
  const { ref } = of.pod.personas.get(persona)!;
  const texts = (bodies: (string | null)[]) => bodies.filter((body) => body !== null).map((body) => (JSON.parse(body) as { text: string }).text);
  return { rows: texts(of.pod.sql.rows.all(ref, 'notes', 'lines').map(({ body }) => body)), kept: texts(of.pod.sql.conflicts.all(ref, 1000).map(({ body }) => body)) };
};

/** Each lane of a pod checks out as a stranger would check it, conflicts and all; so does the file, as `commonhold verify` looks at it. */
function isWhole({ suite, keyLog, persona }: TrialDevices, of: TrialDevice): void {
  const state = verifyKeyLog(suite, keyLog);
  const lines = linesOf(of.pod, persona);
  for (const line of lines) {
    if (line.type !== 'lane') continue;
    const { lane } = line.signed['statement'] as { lane: string };
    const entries = lines.filter((one): one is EntryLine => one.type === 'entry' && one.lane === lane);
    const verdict = verifyLog(suite, { announcement: line.signed, entries, keyLog: state.ok ? state.value : (null as never) });
    assert.ok(verdict.ok, JSON.stringify(verdict));
  }
  const damages: string[] = [];
  const { path } = of.pod;
  of.pods.close();
  verifyPod(suite, { path, file: 'pod.db', persona, handle: null, device: of.key, house: null }, { tell: ({ code, says }) => { damages.push(`${code} ${says}`); }, step: () => {}, changes: () => {} });
  of.reopen();
  // The contract of these pods is a name alone.
  assert.deepEqual(damages.filter((one) => !one.startsWith('contract_')), []);
}

test('two devices, any writes, any order, any cuts: the same rows everywhere, and nothing is lost without a word', { timeout: 110_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
    const trial = openTrialDevices(2);
    try {
      const { devices, persona } = trial;
      const story = new Story();
      for (const one of steps) await story.play(devices, persona, one);
      for (let round = 0; round < 2; round++) for (const [here, there] of [[devices[0]!, devices[1]!], [devices[1]!, devices[0]!]] as const) await there.take(here.lines());
      assert.deepEqual(rowsOf(devices[0]!.pod, persona), rowsOf(devices[1]!.pod, persona));
      const tips = [...story.written.values()].filter(({ id, op }) => op === 'put' && !story.builtOn.has(id));
      for (const one of devices) {
        const { rows, kept } = said(one, persona);
        for (const { text } of tips) assert.ok(rows.includes(text) || kept.includes(text), `${text} is nowhere: ${rows.join()} / ${kept.join()}`);
        isWhole(trial, one);
        const again = await one.take(devices[one === devices[0] ? 1 : 0]!.lines());
        assert.deepEqual([again.applied, again.parked, again.conflicts], [0, 0, 0]);
        const before = [rowsOf(one.pod, persona), kept];
        one.reopen();
        assert.deepEqual([rowsOf(one.pod, persona), said(one, persona).kept], before);
      }
    } finally { trial.close(); }
  }), { numRuns: 60, endOnFailure: true });
});

test('a thousand writes on each of two devices that were apart: one state in the end, zero loss', async (t) => {
  const trial = openTrialDevices(2);
  t.after(trial.close);
  const { devices, persona } = trial;
  const story = new Story();
  const rounds = Array.from({ length: 100 }, (_, i) => i);
  for (const who of [0, 1]) {
    for (const round of rounds) {
      await Promise.all(Array.from({ length: 10 }, (_, i) => {
        const n = who * 7919 + round * 31 + i * 17;
        return story.play(devices, persona, { who, act: n % 11 === 0 ? 'remove' : 'put', key: `k${n % 150}`, audience: AUDIENCES[n % 2]!, late: n % 3, cut: 1 });
      }));
    }
  }
  const took = await Promise.all(devices.map((one, i) => one.take(devices[1 - i]!.lines())));
  for (const { applied } of took) assert.ok(applied > 900);
  assert.deepEqual(rowsOf(devices[0]!.pod, persona), rowsOf(devices[1]!.pod, persona));
  const tips = [...story.written.values()].filter(({ id, op }) => op === 'put' && !story.builtOn.has(id));
  for (const one of devices) {
    const { rows, kept } = said(one, persona);
    const there = new Set([...rows, ...kept]);
    assert.deepEqual(tips.filter(({ text }) => !there.has(text)), []);
    isWhole(trial, one);
  }
});
