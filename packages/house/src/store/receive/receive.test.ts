import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refusal, type EntryLine, type LaneLine } from '@commonhold/core';
import { append } from '../pod/append.ts';
import { verifyPod as checkFile } from '../../firewall/verify/pod.ts';
import { chainFrom } from './chain.ts';
import { settleDue, settleLanes } from './receive.ts';
import { linesOf, openTrialDevices, revoke, rowsOf, type TrialDevice, type TrialDevices } from '../../testing/devices.ts';
import { keyOf, verifyPod } from '../../testing/pods.ts';

const open: TrialDevices[] = [];
after(() => { for (const one of open) one.close(); });
function two(): { trial: TrialDevices; house: TrialDevice; phone: TrialDevice } {
  const trial = openTrialDevices(2);
  open.push(trial);
  return { trial, house: trial.devices[0]!, phone: trial.devices[1]! };
}

type Line = LaneLine | EntryLine;
const isEntry = (line: Line): line is EntryLine => line.type === 'entry';
const code = (expected: string, field?: string) => (error: unknown): boolean => {
  assert.ok(error instanceof Refusal, String(error));
  assert.equal(error.code, expected);
  if (field !== undefined) assert.equal(error.field, field);
  return true;
};
const bodyOf = ({ pod }: TrialDevice, persona: string, key: string): string | null | undefined => pod.sql.row.get(pod.personas.get(persona)!.ref, 'notes', 'lines', keyOf(key))?.body;
const conflictsOf = ({ pod }: TrialDevice, persona: string): string[] => pod.sql.conflicts.all(pod.personas.get(persona)!.ref, 99).map(({ body }) => body);

test('what a phone wrote is there, told, and the chain is whole; a second time changes nothing', async () => {
  const { trial, house, phone } = two();
  await phone.write({ key: 'a', body: { title: 'one' } });
  await phone.write({ key: 'b', body: { title: 'two' }, audience: 'only-me' });
  await phone.write({ key: 'a', body: { title: 'three' } });
  const lines = phone.lines();
  assert.deepEqual(await house.take(lines), { applied: 3, known: 0, parked: 0, conflicts: 0 });
  assert.deepEqual(rowsOf(house.pod, trial.persona), rowsOf(phone.pod, trial.persona));
  assert.deepEqual(await house.take(lines), { applied: 0, known: 3, parked: 0, conflicts: 0 });
  assert.deepEqual(linesOf(house.pod, trial.persona), lines);
  house.reopen();
  assert.deepEqual(rowsOf(house.pod, trial.persona), rowsOf(phone.pod, trial.persona));
  assert.deepEqual(verifyPod(trial.suite, house.pod), [2, 1]);
});

test('the clock of the house goes on after what it took in', async () => {
  const { trial, house, phone } = two();
  phone.clock.ms += 60_000;
  const theirs = await phone.write({ key: 'a', body: { n: 1 } });
  await house.take(phone.lines());
  const ours = await house.write({ key: 'b', body: { n: 2 } });
  assert.ok(ours.at > theirs.at);
  house.reopen();
  assert.ok(house.pod.personas.get(trial.persona)!.clock >= ours.at);
});

test('two changes of the same record: one holds, the other is kept, until something is built on it', async () => {
  const { trial, house, phone } = two();
  await house.write({ key: 'a', body: { title: 'first' } });
  await phone.take(house.lines());
  await house.write({ key: 'a', body: { title: 'by the house' } });
  phone.clock.ms += 1000;
  await phone.write({ key: 'a', body: { title: 'by the phone' } });
  assert.deepEqual(await house.take(phone.lines()), { applied: 1, known: 1, parked: 0, conflicts: 1 });
  assert.deepEqual(await phone.take(house.lines()), { applied: 1, known: 2, parked: 0, conflicts: 1 });
  for (const one of [house, phone]) {
    assert.equal(bodyOf(one, trial.persona, 'a'), '{"title":"by the phone"}');
    assert.deepEqual(conflictsOf(one, trial.persona), ['{"title":"by the house"}']);
  }
  assert.deepEqual(await house.take(phone.lines()), { applied: 0, known: 3, parked: 0, conflicts: 0 });
  house.reopen();
  assert.deepEqual(conflictsOf(house, trial.persona), ['{"title":"by the house"}']);
  const lines = JSON.stringify(house.lines());
  assert.ok(lines.includes('by the house') && lines.includes('by the phone') && !lines.includes('first'));
  // Removing the record removes both.
  await house.write({ key: 'a', op: 'remove' });
  assert.deepEqual(conflictsOf(house, trial.persona), []);
  assert.ok(!JSON.stringify(house.lines()).includes('by the'));
  assert.deepEqual(verifyPod(trial.suite, house.pod), [3, 1]);
});

test('a remove beats a change that it does not know, and the change is kept to be asked about', async () => {
  const { trial, house, phone } = two();
  await house.write({ key: 'a', body: { title: 'first' } });
  await phone.take(house.lines());
  await phone.write({ key: 'a', op: 'remove' });
  house.clock.ms += 5000;
  await house.write({ key: 'a', body: { title: 'changed' } });
  assert.equal((await house.take(phone.lines())).conflicts, 1);
  assert.equal((await phone.take(house.lines())).conflicts, 1);
  for (const one of [house, phone]) {
    assert.equal(bodyOf(one, trial.persona, 'a'), null);
    assert.deepEqual(conflictsOf(one, trial.persona), ['{"title":"changed"}']);
  }
});

test('the same words twice are no conflict', async () => {
  const { trial, house, phone } = two();
  for (const one of [house, phone]) await one.write({ key: 'a', body: { title: 'same' } });
  assert.equal((await house.take(phone.lines())).conflicts, 0);
  assert.equal((await phone.take(house.lines())).conflicts, 0);
  assert.deepEqual(rowsOf(house.pod, trial.persona), rowsOf(phone.pod, trial.persona));
});

test('lines in any order are taken; a gap, a cut without a signature and a fork are refused, and nothing is written', async () => {
  const { trial, house, phone } = two();
  await Promise.all(['a', 'b', 'c'].map((key) => phone.write({ key, body: { key } })));
  await phone.write({ key: 'd', body: { d: 1 } });
  const lines = phone.lines();
  const [lane, one, two_, three, four] = lines as [LaneLine, EntryLine, EntryLine, EntryLine, EntryLine];
  const before = rowsOf(house.pod, trial.persona);
  await assert.rejects(house.take([lane, one, two_]), code('head_missing', 'lines[2]'));
  await assert.rejects(house.take([lane, two_, three]), code('lane_gap', 'lines[1].seq'));
  await assert.rejects(house.take([one]), code('lane_unknown', 'lines[0]'));
  await assert.rejects(house.take([lane, lane]), code('lane_twice', 'lines[1]'));
  assert.deepEqual(rowsOf(house.pod, trial.persona), before);
  assert.equal(house.pod.personas.get(trial.persona)!.lanes.length, 0);
  assert.equal((await house.take([three, one, lane, two_])).applied, 3);
  await assert.rejects(house.take([{ ...two_, id: one.id }]), code('lane_forked', 'lines[0].id'));
  await assert.rejects(house.take([four, { ...four, id: one.id }]), code('lane_forked'));
  assert.deepEqual(await house.take([four, two_]), { applied: 1, known: 1, parked: 0, conflicts: 0 });
});

test('hostile lines are refused with the code of what is wrong, and nothing of the call is written', async () => {
  const { trial, house, phone } = two();
  await phone.write({ key: 'a', body: { title: 'one' } });
  await phone.write({ key: 'b', body: { title: 'two' } });
  const lines = phone.lines();
  const entries = lines.filter(isEntry);
  const changed = (change: Partial<EntryLine>) => lines.map((line) => (line === entries[1] ? { ...entries[1]!, ...change } : line));
  for (const [change, expected] of [
    [{ body: { title: 'TWO' } }, 'wrong_body'], [{ salt: 'A'.repeat(43) }, 'wrong_body'], [{ sig: entries[0]!.sig! }, 'bad_signature'], [{ id: entries[0]!.id }, 'wrong_id'],
    [{ envelope: entries[0]!.envelope! }, 'wrong_id'], [{ envelope: '{}' }, 'bad_version'], [{ envelope: ` ${entries[1]!.envelope}` }, 'not_canonical'], [{ head: 'A'.repeat(43) }, 'head_unknown'],
  ] as const) {
    await assert.rejects(house.take(changed(change)), code(expected));
    assert.equal(house.pod.personas.get(trial.persona)!.lanes.length, 0);
  }
  const stranger = openTrialDevices(2);
  open.push(stranger);
  await stranger.devices[1]!.write({ key: 'a', body: {} });
  await assert.rejects(house.take(stranger.devices[1]!.lines()), code('wrong_persona'));
  assert.equal((await house.take(lines)).applied, 2);
});

test('a record from a clock that is ahead waits with all that follows it, and comes in when its time has come', async () => {
  const { trial, house, phone } = two();
  await phone.write({ key: 'a', body: { title: 'now' } });
  phone.clock.ms += 3_600_000;
  await phone.write({ key: 'b', body: { title: 'later' } });
  await phone.write({ key: 'b', body: { title: 'later still' } });
  await phone.write({ key: 'c', body: { title: 'last' } });
  assert.deepEqual(await house.take(phone.lines()), { applied: 2, known: 0, parked: 2, conflicts: 0 }, 'what is erased says nothing that could wait');
  assert.equal(bodyOf(house, trial.persona, 'c'), undefined);
  assert.deepEqual(await house.take(phone.lines()), { applied: 0, known: 4, parked: 0, conflicts: 0 });
  assert.deepEqual(linesOf(house.pod, trial.persona), phone.lines());
  const ours = await house.write({ key: 'z', body: {} });
  assert.ok(ours.at < '01'.padEnd(16, 'f') && parseInt(ours.at.slice(0, 12), 16) === house.clock.ms, 'the clock of the house is its own');
  house.reopen();
  assert.equal(house.pod.due, house.clock.ms + 3_600_000 - 600_000);
  house.clock.ms += 3_600_000 - 600_000 - 1;
  await settleDue(house.pods.held(), house.pen);
  assert.equal(bodyOf(house, trial.persona, 'c'), undefined);
  house.clock.ms += 2;
  await settleDue(house.pods.held(), house.pen);
  assert.equal(bodyOf(house, trial.persona, 'b'), '{"title":"later still"}');
  assert.equal(bodyOf(house, trial.persona, 'c'), '{"title":"last"}');
  assert.equal(house.pod.due, Infinity);
  assert.deepEqual(verifyPod(trial.suite, house.pod).toSorted(), [1, 4]);
});

test('one signature may vouch for records of which some wait; the file checks out all the same, and tells of damage in what waits', async () => {
  const { trial, house, phone } = two();
  await phone.pod.write(() => {
    const state = phone.pod.personas.get(trial.persona)!;
    const one = (key: string) => append(phone.pod, state, phone.pen, { service: 'notes', collection: 'lines', audience: 'everyone', op: 'put', key: keyOf(key), body: { key } });
    one('a');
    phone.clock.ms += 3_600_000;
    one('b');
  });
  assert.deepEqual(await house.take(phone.lines()), { applied: 1, known: 0, parked: 1, conflicts: 0 });
  const check = (): string[] => {
    const { path } = house.pod;
    house.pods.close();
    const damages: string[] = [];
    checkFile(trial.suite, { path, file: 'pod.db', persona: trial.persona, handle: null, device: house.key, house: null }, { tell: ({ code: found }) => { damages.push(found); }, step: () => {}, changes: () => {} });
    house.reopen();
    return damages.filter((found) => !found.startsWith('contract_'));
  };
  assert.deepEqual(check(), []);
  const { line } = house.pod.sql.parked.all(1)[0]!;
  for (const [broken, found] of [['{', 'parked_unreadable'], [line.replace(/"salt":"./, '"salt":"-'), 'wrong_body'], [line.replace(/\\"rev\\":1/, '\\"rev\\":2'), 'bad_base']] as const) {
    house.pod.db.prepare('UPDATE parked SET line = ?').run(broken);
    assert.notEqual(broken, line);
    assert.ok(check().includes(found), found);
  }
});

test('what a revoked device wrote and nobody has seen before waits', async () => {
  const { trial, house, phone } = two();
  await phone.write({ key: 'a', body: { title: 'before' } });
  await house.take(phone.lines());
  await phone.write({ key: 'b', body: { title: 'after' } });
  await revoke(house, trial, phone.key);
  assert.deepEqual(await house.take(phone.lines()), { applied: 0, known: 1, parked: 1, conflicts: 0 });
  assert.equal(bodyOf(house, trial.persona, 'b'), undefined);
  assert.equal(house.pod.sql.parkedLanes.all()[0]!.why, 'unseen');
});

test('a lane-close says how far: what counted beyond it is set aside, what had waited within it comes in', async () => {
  const { trial, house, phone } = two();
  for (const key of ['a', 'b', 'c']) await phone.write({ key, body: { key } });
  const early = phone.lines();
  const upToB = early.slice(0, 3);
  await house.take(early);
  const { lane } = phone.pod.personas.get(trial.persona)!.lanes[0]!;
  const closeAt = phone.pod.sql.entries.all(1).slice(0, 2);
  const chain = chainFrom(trial.suite, trial.persona, { device: phone.key, lane })(closeAt);
  await revoke(house, trial, phone.key, [{ lane, seq: 2, chain }]);
  await house.pod.write(() => settleLanes(house.pod, house.pod.personas.get(trial.persona)!, house.pen));
  assert.equal(bodyOf(house, trial.persona, 'b'), '{"key":"b"}');
  assert.equal(bodyOf(house, trial.persona, 'c'), undefined);
  assert.deepEqual(house.pod.sql.parkedLanes.all().map(({ why, count }) => [why, count]), [['after_close', 1]]);
  assert.deepEqual(linesOf(house.pod, trial.persona), early, 'it is all there still');
  assert.deepEqual(await house.take(upToB), { applied: 0, known: 2, parked: 0, conflicts: 0 });
  assert.deepEqual(await house.take(early), { applied: 0, known: 3, parked: 0, conflicts: 0 });
  house.reopen();
  assert.deepEqual(verifyPod(trial.suite, house.pod), [2]);
});

test('what nobody had seen before a revocation comes in when its revoker vouches for it, and another history never does', async () => {
  for (const honest of [true, false]) {
    const { trial, house, phone } = two();
    for (const key of ['a', 'b']) await phone.write({ key, body: { key } });
    const { lane, chain, seq } = phone.pod.personas.get(trial.persona)!.lanes[0]!;
    await revoke(house, trial, phone.key, [{ lane, seq, chain: honest ? chain : new Uint8Array(32) }]);
    await phone.write({ key: 'c', body: { key: 'c' } });
    const took = await house.take(phone.lines());
    assert.deepEqual(took, { applied: honest ? 2 : 0, known: 0, parked: honest ? 1 : 3, conflicts: 0 });
    assert.deepEqual(house.pod.sql.parkedLanes.all().map(({ why }) => why), ['after_close']);
  }
});

test('a house that lost its disk takes its own records back, and goes on with its own lane; one that wrote meanwhile is told of the fork', async () => {
  const { trial, house, phone } = two();
  for (const key of ['a', 'b']) await house.write({ key, body: { key } });
  await phone.take(house.lines());
  const back = trial.anew(house);
  assert.equal((await back.take(phone.lines())).applied, 2);
  await back.write({ key: 'c', body: { key: 'c' } });
  assert.equal(back.pod.personas.get(trial.persona)!.lanes.length, 1);
  assert.deepEqual(await phone.take(back.lines()), { applied: 1, known: 2, parked: 0, conflicts: 0 });
  assert.deepEqual(verifyPod(trial.suite, back.pod), [3]);
  await house.write({ key: 'd', body: { key: 'd' } });
  await assert.rejects(house.take(phone.lines()), code('lane_forked'));
  await assert.rejects(phone.take(house.lines()), code('lane_forked'));
});
