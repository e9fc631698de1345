import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueWords, fieldTime, fieldValue, usualTimes } from './due.ts';

const clock = { locale: 'en-GB', now: 'now', timeZone: 'Europe/Stockholm' };
const at = (text: string) => Date.parse(text);
const now = at('2025-11-19T20:04:00Z');

test('when it goes out is said in words, in the zone of the reader', () => {
  assert.deepEqual(dueWords(at('2025-11-19T22:30:00Z'), now, clock), { day: 'today', time: '23:30', zone: 'Central European Standard Time' });
  assert.equal(dueWords(at('2025-11-19T23:30:00Z'), now, clock).day, 'tomorrow', 'midnight there, not elsewhere');
  assert.equal(dueWords(at('2025-11-28T07:00:00Z'), now, clock).day, 'Friday 28 November');
  const far = dueWords(at('2026-06-01T07:00:00Z'), now, clock);
  assert.match(far.day, /^Monday,? 1 June 2026$/);
  assert.deepEqual([far.time, far.zone], ['09:00', 'Central European Summer Time']);
  assert.equal(dueWords(at('2025-11-20T07:00:00Z'), now, { ...clock, locale: 'de' }).day, 'morgen');
});

test('a field for date and time holds what it was given', () => {
  const ms = Math.floor(now / 60_000) * 60_000;
  assert.equal(fieldTime(fieldValue(ms)), ms);
  assert.deepEqual([fieldTime(''), fieldTime('soon')], [null, null]);
});

test('the usual times lie ahead, each once', () => {
  for (let n = 0; n < 14 * 24; n++) {
    const from = now + n * 3_600_000;
    const times = usualTimes(from);
    assert.ok(times.every(({ due }) => due > from), new Date(from).toString());
    assert.equal(new Set(times.map(({ due }) => due)).size, times.length);
    const monday = times.find(({ name }) => name === 'monday');
    if (monday) assert.deepEqual([new Date(monday.due).getDay(), new Date(monday.due).getHours()], [1, 8]);
  }
});
