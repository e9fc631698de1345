import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntryLine } from '@commonhold/core';
import { inBatches } from './batches.ts';

const MIB = 2 ** 20;

/** An entry of a lane, told by its letter; capital: signed. */
const entryOf = (letter: string, seq: number): EntryLine => ({
  type: 'entry', lane: letter.toLowerCase(), device: 'd', seq, id: String(seq), ...(letter !== letter.toLowerCase() && { sig: 's', head: 'h' }),
} as EntryLine);

/** How many entries come together, of a text such as `aaAbB`. */
async function cut(letters: string, bytes: number): Promise<number[]> {
  const sizes: number[] = [];
  const batches = inBatches(({ length }) => { sizes.push(length); return Promise.resolve(); });
  for (const [seq, letter] of [...letters].entries()) await batches.take(entryOf(letter, seq), bytes);
  await batches.flush();
  return sizes;
}

test('what is taken in together is of one lane, and ends where it is signed', async () => {
  assert.deepEqual(await cut('', 1), []);
  assert.deepEqual(await cut('aaAbBaA', 100), [3, 2, 2]);
  assert.deepEqual(await cut('AAaA', 5 * MIB), [1, 1, 2]);
  assert.deepEqual(await cut(`${'a'.repeat(449)}A${'A'.repeat(450)}`, 100), [450, 400, 50]);
});

test('an archive in which no signature comes does not fill the memory', async () => {
  assert.deepEqual(await cut(`${'a'.repeat(31)}A`, MIB), [32]);
  await assert.rejects(cut('a'.repeat(40), MIB), { code: 'export_damaged' });
});
