import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, fromNow, fullTime, monthOf, type Clock } from './time.ts';

const clock: Clock = { locale: 'en-GB', now: 'now', timeZone: 'UTC' };
const at = (text: string) => Date.parse(`${text}Z`);
const now = at('2025-11-19T12:00:00');

test('how long ago, in words', () => {
  const cases: Record<string, string> = {
    '2025-11-19T12:00:00': 'now', '2025-11-19T12:05:00': 'now', '2025-11-19T11:59:30': 'now', '2025-11-19T11:46:00': '14 mins',
    '2025-11-19T10:59:00': '1 hr', '2025-11-19T00:30:00': '11 hrs', '2025-11-18T23:30:00': 'yesterday', '2025-11-18T00:00:00': 'yesterday',
    '2025-11-17T23:59:00': '17 Nov', '2025-01-01T00:00:00': '1 Jan', '2024-12-31T23:59:00': '31 Dec 2024',
  };
  for (const [then, words] of Object.entries(cases)) assert.equal(ago(at(then), now, clock), words, then);
});

test('less than an hour before midnight is still minutes', () => assert.equal(ago(at('2025-11-18T23:50:00'), at('2025-11-19T00:10:00'), clock), '20 mins'));

test('other languages say it their way', () => assert.equal(ago(at('2025-11-18T12:00:00'), now, { ...clock, locale: 'sv' }), 'i går'));

test('whole moments and months', () => {
  assert.match(fullTime(at('2025-11-19T21:04:00'), clock), /Wednesday.*19 November 2025.*21:04/);
  assert.equal(monthOf(at('2025-11-19T21:04:00'), clock), 'November 2025');
});

test('how far a moment is, either way', () => {
  const hour = 3_600_000;
  assert.deepEqual([fromNow(3 * hour, 0, 'en'), fromNow(0, 2 * 24 * hour, 'en'), fromNow(10_000, 0, 'en'), fromNow(90 * 60_000, 0, 'en')], ['in 3 hours', '2 days ago', 'in 1 minute', 'in 2 hours']);
  assert.deepEqual([hour - 1000, 24 * hour - 1000, hour - 60_000, 23 * hour].map((ms) => fromNow(ms, 0, 'en')), ['in 1 hour', 'in 1 day', 'in 59 minutes', 'in 23 hours']);
});
