import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '@commonhold/core';
import { itemsIn } from './index.ts';

async function* cut(text: string | Buffer, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function all(text: string | Buffer, key?: string, size = 7): Promise<(string | object)[]> {
  const found: (string | object)[] = [];
  for await (const item of itemsIn(cut(text, size), key)) found.push('text' in item ? item.text.trim() : item);
  return found;
}

test('the elements of any list come one by one, wherever its bytes are cut', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), async (list, size, isPretty) => {
    const text = JSON.stringify(list, null, isPretty ? 2 : 0);
    const parsed = (found: (string | object)[]): unknown[] => found.map((one) => JSON.parse(one as string) as unknown);
    assert.deepEqual(parsed(await all(`window.YTD.tweets.part0 = ${text}`, undefined, size)), JSON.parse(text));
    assert.deepEqual(parsed(await all(`{"a":[1,[2]],"b":{"items":[9]},"c":"items","items":${text},"d":[3]}`, 'items', size)), JSON.parse(text));
  }), { numRuns: 100 });
});

test('what is damaged is told element by element, and the list goes on', async () => {
  assert.deepEqual(await all(Buffer.concat([Buffer.from('[1,"'), Buffer.from([0xff, 0xfe]), Buffer.from('",{"a":tru},3]')])), ['1', { n: 1, why: 'bad_encoding' }, '{"a":tru}', '3']);
  assert.deepEqual(await all(`["${'x'.repeat(2 ** 20)}",2]`, undefined, 65536), [{ n: 0, why: 'too_big' }, '2']);
  for (const text of ['[1,2', '{"other":[1]}', '', 'null', '{"items":5}']) {
    await assert.rejects(all(text, text.startsWith('{') ? 'items' : undefined), (error) => error instanceof Refusal && error.code === 'archive_damaged', text);
  }
});
