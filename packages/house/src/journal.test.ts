import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '@commonhold/core';
import { makeJournal } from './journal.ts';

function open() {
  const lines: Record<string, unknown>[] = [];
  const clock = { ms: 0 };
  const journal = makeJournal((line) => { const { at: _at, ...said } = JSON.parse(line) as Record<string, unknown>; lines.push(said); }, () => clock.ms);
  return { lines, clock, journal };
}

test('a trouble is told in a sentence, once a minute, with how many there were', () => {
  const { lines, clock, journal } = open();
  const full = Object.assign(new TypeError('what somebody wrote'), { errcode: 13 });
  for (let i = 0; i < 5; i++) journal.error(full);
  clock.ms += 61_000;
  journal.error(Object.assign(new TypeError('and wrote'), { code: 'ENOSPC' }));
  assert.deepEqual(lines.map(({ event, code, more }) => [event, code, more]), [['trouble', 'no_space', undefined], ['trouble', 'no_space', 4]]);
  assert.match(String(lines[0]?.['say']), /full.*Make room/);
  assert.deepEqual(journal.troubles().map(({ code, n }) => [code, n]), [['no_space', 6]]);
});

test('of what is unknown only the name is told; it is nothing for the doctor', () => {
  const { lines, journal } = open();
  journal.error(new RangeError('a body'));
  journal.error('a body');
  assert.deepEqual(lines, [{ event: 'trouble', code: 'RangeError' }, { event: 'trouble', code: 'string' }]);
  assert.deepEqual(journal.troubles(), []);
});

test('what happens is told each time; troubles are kept for an hour, newest first', () => {
  const { lines, clock, journal } = open();
  for (let i = 0; i < 2; i++) journal.line('fault', { id: i });
  assert.equal(lines.length, 2);
  journal.error(new Refusal('unavailable', 'one', 'One.'));
  clock.ms += 1000;
  journal.line('trouble', { code: 'two', say: 'Two.' });
  assert.deepEqual(journal.troubles().map(({ code }) => code), ['two', 'one']);
  clock.ms += 3_599_500;
  assert.deepEqual(journal.troubles().map(({ code }) => code), ['two']);
});
