import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals';
import { makeWish } from './wish.ts';

interface Whole { likes: boolean; boosts: boolean; from: number }
const START: Whole = { likes: true, boosts: true, from: 0 };

/* A house whose answers come when the test says so. */
function slowHouse() {
  const waiting: { sent: Whole; answer: (whole: Whole) => void; refuse: (why: Error) => void }[] = [];
  const shown = signal<Whole | null>(START);
  const wish = makeWish(shown, (sent) => new Promise<Whole>((answer, refuse) => { waiting.push({ sent, answer, refuse }); }));
  return { waiting, shown, wish };
}
const turn = (): Promise<void> => new Promise((done) => { setImmediate(done); });

test('what is changed while one is on its way is shown at once and goes after it, the last wish once', async () => {
  const { waiting, shown, wish } = slowHouse();
  const all = Promise.all([wish({ likes: false }), wish({ boosts: false }), wish({ from: 2 }), wish({ from: 22 })]);
  assert.deepEqual(shown.value, { likes: false, boosts: false, from: 22 });
  await turn();
  assert.deepEqual(waiting.map(({ sent }) => sent), [{ ...START, likes: false }]);
  waiting[0]!.answer(waiting[0]!.sent);
  await turn();
  assert.deepEqual(shown.value, { likes: false, boosts: false, from: 22 }, 'an earlier answer takes no later wish back');
  assert.equal(waiting.length, 2);
  waiting[1]!.answer({ ...waiting[1]!.sent, from: 21 });
  await all;
  assert.deepEqual(shown.value, { likes: false, boosts: false, from: 21 }, 'what the house keeps');
});

test('a no shows what stands, tells everybody who waited, and the next wish begins there', async () => {
  const { waiting, shown, wish } = slowHouse();
  const first = wish({ likes: false });
  waiting[0]!.answer(waiting[0]!.sent);
  await first;
  const both = Promise.allSettled([wish({ boosts: false }), wish({ from: 5 })]);
  waiting[1]!.refuse(new TypeError('no'));
  assert.deepEqual((await both).map(({ status }) => status), ['rejected', 'rejected']);
  assert.deepEqual(shown.value, { ...START, likes: false });
  const next = wish({ from: 7 });
  assert.deepEqual(waiting[2]!.sent, { ...START, likes: false, from: 7 });
  waiting[2]!.answer(waiting[2]!.sent);
  await next;
});
