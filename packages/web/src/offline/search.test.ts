import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostItem } from '@commonhold/sdk';
import { findIn, type Kept } from './search.ts';

const ADA = { persona: 'cada', handle: 'ada', name: 'Ada Lovelace' }, BOB = { persona: 'cbob', handle: 'bob', name: 'Bob' };
let last = 0;
const kept = (by: typeof ADA, text: string, more: Partial<PostItem['body']> = {}, beside: Partial<PostItem> = {}): Kept => {
  const at = ++last;
  return { item: { persona: by.persona, key: `k${at}`, at: '', audience: 'house', body: { text, createdAt: at, ...more }, liked: false, ...beside } as PostItem, people: { [ADA.persona]: ADA, [BOB.persona]: BOB } };
};
const ROWS = [
  kept(BOB, 'Low tide at six. #tide'), kept(ADA, 'The tide song, from the top.'), kept(BOB, 'Dinner?', { poll: { options: ['Über die Brücke', 'Home'], until: 9, multiple: false } }),
  kept(ADA, 'See https://a.example', { warning: 'A spoiler' }), kept(BOB, '', { images: [{ full: 'x', width: 1, height: 1, alt: 'A grey seal' }] }),
];
const found = (typed: string, own: string | null = null) => findIn(ROWS, typed, own).posts.map(({ key }) => key);

test('what is kept is searched as the house would: every word, the last as a beginning, phrases, tags, people, what is in it', () => {
  for (const [typed, keys] of [
    ['tide', ['k2', 'k1']], ['tid', ['k2', 'k1']], ['tid song', []], ['SONG ti', ['k2']], ['"low tide"', ['k1']], ['"tide low"', []], ['#Tide', ['k1']], ['from:ada tide', ['k2']],
    ['has:poll', ['k3']], ['has:link', ['k4']], ['has:image seal', ['k5']], ['brucke', ['k3']], ['spoiler', ['k4']], ['nothing', []], ['…', []],
  ] as const) assert.deepEqual(found(typed), keys, typed);
  assert.deepEqual(found('tide', BOB.persona), ['k1']);
  assert.deepEqual([findIn(ROWS, 'low', null).names, findIn(ROWS, 'nothing', null).names], [{ [ADA.persona]: ADA, [BOB.persona]: BOB }, {}], 'the names that the posts need, and no more');
});

test('people are found by the beginning of a name, tags by theirs, and among own posts neither', () => {
  const { people, tags } = findIn(ROWS, 'love', null);
  assert.deepEqual([people, tags], [[ADA], []]);
  assert.deepEqual(findIn(ROWS, 'ti', null).tags, ['tide']);
  assert.deepEqual(findIn(ROWS, 'ada', ADA.persona).people, []);
});

test('a post that stands in two timelines, or was passed on, is found once', () => {
  const [row] = ROWS;
  const twice = [row!, { ...row!, item: { ...row!.item, boost: { by: ADA.persona, at: 99, key: 'b' } } }];
  assert.deepEqual(findIn(twice, 'tide', null).posts, [row!.item]);
});

test('ten thousand posts are looked through in less than 200 ms', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => kept(n % 2 ? ADA : BOB, `Line ${n} of the long song about the harbour, its boats and the people who mend them.`));
  findIn(many.slice(0, 500), 'harbour', null);
  const took = [1, 2, 3].map(() => {
    // What this thread took of the processor, whatever else the machine does.
    const from = process.threadCpuUsage();
    assert.equal(findIn(many, 'line 777', null).posts.length, 11);
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1000;
  });
  assert.ok(Math.min(...took) < 200, `${took.join()} ms`);
});
