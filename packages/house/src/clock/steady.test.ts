import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uptime } from 'node:os';
import { machineClocks, makeSteadyClock } from './steady.ts';

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR, YEAR = 365 * DAY;
const START = Date.UTC(2027, 0, 1);

/** A machine whose clocks a test moves; an hour on already unless told otherwise. */
function machine({ settled = true } = {}) {
  const at = { wall: START, running: 5000, awake: 9000 };
  const told: string[] = [];
  const now = makeSteadyClock({ wall: () => at.wall, running: () => at.running, awake: () => at.awake }, ({ code, message }) => { told.push(`${code}: ${message}`); });
  const pass = (ms: number) => { at.wall += ms; at.running += ms; at.awake += ms; };
  const sleep = (ms: number) => { at.wall += ms; at.awake += ms; };
  if (settled) pass(HOUR);
  return { at, told, now, pass, sleep, begun: at.wall };
}

test('a clock that runs, drifts, is corrected or wakes from a long sleep is believed', () => {
  const { at, told, now, pass, sleep } = machine();
  for (const change of [() => pass(1), () => pass(3 * DAY), () => { at.wall += 90_000; }, () => { at.wall -= 6 * DAY; }, () => { at.wall += 6 * DAY; }, () => sleep(60 * DAY), () => pass(HOUR)]) {
    change();
    assert.equal(now(), at.wall);
  }
  assert.deepEqual(told, []);
});

for (const [way, leap] of [['ahead', YEAR], ['back', -YEAR]] as const) {
  test(`a leap of a year ${way} is told and not followed; when the clock is set right, it is believed again`, () => {
    const { at, told, now, pass, sleep, begun } = machine();
    assert.equal(now(), begun);
    at.wall += leap;
    assert.equal(now(), begun);
    assert.match(told[0]!, way === 'ahead' ? /^clock_leapt: .* from 2027-01-01 01:00 to 2028-01-01 01:00 UTC.* set the clock; .* start the house again\.$/ : /to 2026-01-01 01:00 UTC/);
    pass(HOUR);
    assert.equal(now(), begun + HOUR);
    sleep(HOUR);
    assert.equal(now(), begun + 2 * HOUR);
    assert.equal(told.length, 3, 'it is told again while it lasts');
    at.wall -= leap;
    assert.equal(now(), at.wall);
    pass(DAY);
    assert.equal(now(), at.wall);
    assert.equal(told.length, 3);
  });

  test(`a leap of a year ${way} that nobody takes back is believed after a day`, () => {
    const { at, now, pass, begun } = machine();
    at.wall += leap;
    assert.equal(now(), begun);
    pass(DAY + MINUTE);
    assert.equal(now(), begun + leap + DAY + MINUTE);
    pass(1);
    assert.equal(now(), at.wall);
  });
}

test('a machine that has only just started may find its time', () => {
  const { at, told, now } = machine({ settled: false });
  at.wall += 3 * YEAR;
  assert.equal(now(), at.wall);
  assert.deepEqual(told, []);
});

test('the clocks of this machine are in milliseconds', () => {
  assert.ok(Math.abs(machineClocks.wall() - Date.now()) < 5000);
  assert.ok(Math.abs(machineClocks.running() - performance.now()) < 5000);
  assert.ok(Math.abs(machineClocks.awake() - uptime() * 1000) < 5000);
});
