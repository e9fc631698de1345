import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteOf, readPlace } from './place.ts';

const place = { house: `c${'a'.repeat(52)}`, podDevice: 'd'.repeat(43), recoveryKey: 'r'.repeat(43) };

test('a place goes into a note and comes out of it, alone or at the end of an address', () => {
  const note = noteOf(place);
  assert.match(note, /^[\w-]+$/);
  assert.deepEqual([readPlace(note), readPlace(` https://old.example/moved/name#${note}\n`)], [place, place]);
});

test('what is no such note is none', () => {
  const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url').padEnd(44, 'A');
  for (const bad of ['', 'hello', 'x'.repeat(60), coded({ house: 'a' }), coded(['a', 'b']), coded(['a', 'b', 3]), `${noteOf(place)}!`]) assert.equal(readPlace(bad), null, bad);
});
