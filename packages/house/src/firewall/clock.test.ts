import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { clockMs, Refusal, utf8, verifyExport } from '@commonhold/core';
import { openTrialFirewall } from '../testing/firewall.ts';
import { NOTES } from '../testing/notes.ts';
import { phoneOf } from '../testing/phone.ts';

const trial = openTrialFirewall(['ada', 'bob'], NOTES);
after(() => trial.close());
const { ada } = trial.people as Record<'ada', typeof trial.people[string]>;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const lines = { persona: ada.persona, service: 'notes', collection: 'lines' };
const write = async (title: string): Promise<string> => {
  const { items: [item] } = await trial.firewall.gate.data.put(ada, lines, { items: [{ body: { title } }] });
  return (JSON.parse(trial.firewall.gate.get(ada, ada.persona, 'notes', 'lines', item!.key)!) as { at: string }).at;
};
const count = async (): Promise<number> => (await trial.firewall.gate.data.count(ada, lines, {})).count;
function isBehind(error: unknown): boolean {
  assert.ok(error instanceof Refusal);
  assert.deepEqual([error.kind, error.code], ['unavailable', 'clock_behind']);
  assert.match(error.message, /Set it right, then try again/);
  return true;
}

test('a clock that goes back is counted on from; beyond a day nothing is written, reading goes on, and a clock set right is all that it takes', async () => {
  const start = trial.clock.ms;
  let last = await write('first');
  for (const back of [1, HOUR, DAY - 1]) {
    trial.clock.ms = start - back;
    const next = await write(`behind by ${back}`);
    assert.ok(next > last && clockMs(next) === start, 'later than the last, never later than it must be');
    last = next;
  }
  trial.clock.ms = start - DAY - HOUR;
  const before = await count();
  await assert.rejects(write('refused'), isBehind);
  await assert.rejects(trial.firewall.gate.data.remove(ada, lines, { where: { title: { eq: 'first' } } }), isBehind);
  trial.reopen();
  await assert.rejects(write('refused again'), isBehind);
  assert.equal(await count(), before);
  trial.clock.ms = start;
  assert.ok(await write('right again') > last);
});

test('a clock that leaps by a year, forth and back, loses nothing, and records of the leap are what they are', async () => {
  const start = trial.clock.ms;
  const normal = await write('now');
  trial.clock.ms = start + YEAR;
  const future = await write('a year ahead');
  assert.equal(clockMs(future), start + YEAR);
  trial.clock.ms = start;
  const held = await count();
  await assert.rejects(write('too early now'), isBehind);
  assert.equal(await count(), held);
  trial.clock.ms = start - YEAR;
  await assert.rejects(write('far too early'), isBehind);
  trial.clock.ms = start + YEAR - DAY + HOUR;
  assert.ok(await write('close enough') > future && future > normal);
  const verdict = await verifyExport(trial.suite, [...trial.firewall.exportOf(ada.persona)!].map(utf8));
  assert.ok(verdict.ok);
});

test('a phone that is a year ahead waits for a year, and holds up neither the house nor what another phone writes', async () => {
  const of = { service: 'notes', collection: 'lines', audience: 'only-me' };
  const [fast, right] = [phoneOf(trial, ada.persona, of), phoneOf(trial, ada.persona, of)];
  fast.ahead(YEAR);
  fast.put(fast.key(), { title: 'from the future' });
  right.put(right.key(), { title: 'from now' });
  const take = (one: typeof fast) => trial.firewall.records.receive(ada, ada.persona, one.text());
  assert.deepEqual([(await take(fast)).parked, (await take(right)).applied], [1, 1]);
  const ours = await write('by the house');
  assert.ok(clockMs(ours) < trial.clock.ms + DAY);
  trial.clock.ms += YEAR - 10 * 60_000 + 1;
  await trial.firewall.settle();
  assert.deepEqual(trial.firewall.records.repairs(ada), { conflicts: [], parked: [], more: 0 });
});
