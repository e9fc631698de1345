import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@commonhold/sdk';
import { makeQueue, type Shelf, type Write } from './queue.ts';

type Answer = (write: Write) => Promise<unknown>;

function makeShelf(): Shelf & { rows: Map<string, Write> } {
  const rows = new Map<string, Write>();
  return {
    rows,
    all: async (persona) => [...rows.values()].filter((row) => row.persona === persona).map((row) => ({ ...row })),
    put: async (write) => { rows.set(write.key, { ...write }); },
    drop: async (_, key, order) => { if (rows.get(key)?.order === order) rows.delete(key); },
  };
}

/** One lock for all tabs of a test. */
function makeLock(): (act: () => Promise<void>) => Promise<void> {
  let tail = Promise.resolve();
  return (act) => { const turn = tail.then(act); tail = turn.catch(() => undefined); return turn; };
}

function tab(shelf: Shelf, locked: (act: () => Promise<void>) => Promise<void>, answer: Answer) {
  const laters: (() => void)[] = [];
  const log: string[] = [];
  const others: ReturnType<typeof makeQueue>[] = [];
  const queue = makeQueue({
    persona: 'ada', shelf, locked, now: () => 1, later: (act) => { laters.push(act); },
    send: (write) => { log.push(`${write.method} ${write.key}`); return answer(write); },
    sent: (key, said) => { for (const other of others) void other.heard({ key, answer: said }); },
    tell: () => {},
  });
  return { queue, laters, log, others };
}

const post = (key: string) => ({ key, method: 'POST' as const, path: '/microblog/posts', body: { text: key }, label: key });
const away = async (): Promise<never> => { throw new ApiError(0, 'unreachable', 'The house did not answer.'); };

test('what is written while the house is away waits, survives the page, and goes out once, in order, under its own keys', async () => {
  const shelf = makeShelf();
  const before = tab(shelf, makeLock(), away);
  assert.deepEqual(await Promise.all([before.queue.add(post('a')), before.queue.add(post('b')), before.queue.add(post('c'))]), [{ state: 'waiting' }, { state: 'waiting' }, { state: 'waiting' }]);
  assert.equal(shelf.rows.size, 3);
  const after = tab(shelf, makeLock(), async () => ({ done: true }));
  await after.queue.drain();
  assert.deepEqual(after.log, ['POST a', 'POST b', 'POST c']);
  assert.equal(shelf.rows.size, 0);
});

test('two tabs never send one twice, and the one that wrote it hears the answer of the one that sent it', async () => {
  const shelf = makeShelf();
  const locked = makeLock();
  let here = false;
  const answer: Answer = async ({ key }) => (here ? { post: key } : away());
  const one = tab(shelf, locked, answer);
  const two = tab(shelf, locked, answer);
  one.others.push(two.queue);
  two.others.push(one.queue);
  await one.queue.add(post('a'));
  await two.queue.add(post('b'));
  const tries = one.log.length + two.log.length;
  here = true;
  const mine = one.queue.add(post('c'));
  await Promise.all([two.queue.drain(), one.queue.drain()]);
  assert.deepEqual(await mine, { state: 'sent', answer: { post: 'c' } });
  assert.equal(one.log.length + two.log.length, tries + 3);
});

test('a lost answer is asked again under the same key', async () => {
  const shelf = makeShelf();
  let first = true;
  const { queue, log, laters } = tab(shelf, makeLock(), async () => { if (first) { first = false; return away(); } return {}; });
  assert.deepEqual(await queue.add(post('a')), { state: 'waiting' });
  laters.shift()!();
  await queue.drain();
  assert.deepEqual(log, ['POST a', 'POST a']);
  assert.equal(shelf.rows.size, 0);
});

test('a no is told to whoever waits for it; otherwise it is kept with its sentence, and the others go on', async () => {
  const shelf = makeShelf();
  const no: Answer = async ({ key }) => { if (key === 'a') throw new ApiError(400, 'bad_text', 'Too long.'); return {}; };
  const now = tab(shelf, makeLock(), no);
  const outcome = await now.queue.add(post('a'));
  assert.equal(outcome.state === 'refused' && outcome.error.code, 'bad_text');
  assert.equal(shelf.rows.size, 0);
  const offline = tab(shelf, makeLock(), away);
  await Promise.all([offline.queue.add(post('a')), offline.queue.add(post('b'))]);
  const later = tab(shelf, makeLock(), no);
  await later.queue.drain();
  assert.deepEqual([...shelf.rows.values()].map(({ key, state, refused }) => [key, state, refused?.detail]), [['a', 'refused', 'Too long.']]);
  assert.equal((await later.queue.takeBack('a'))?.label, 'a');
  assert.equal(shelf.rows.size, 0);
});

test('a newer wish under the same key takes the place of the older, even while that one is under way', async () => {
  const shelf = makeShelf();
  let release = (): void => {};
  const { queue, log } = tab(shelf, makeLock(), ({ method }) => (method === 'PUT' ? new Promise((resolve) => { release = () => resolve({}); }) : Promise.resolve({})));
  const like = { key: 'like:p', path: '/microblog/posts/p/k/like', label: 'like' };
  const first = queue.add({ ...like, method: 'PUT' });
  while (log.length === 0) await new Promise(setImmediate);
  const second = queue.add({ ...like, method: 'DELETE' });
  await new Promise(setImmediate);
  release();
  await Promise.all([first, second]);
  await queue.drain();
  assert.deepEqual(log, ['PUT like:p', 'DELETE like:p']);
  assert.equal(shelf.rows.size, 0);
});

test('a house that fails at one write again and again does not hold up the others', async () => {
  const shelf = makeShelf();
  const { queue, laters, log } = tab(shelf, makeLock(), async ({ key }) => { if (key === 'a') throw new ApiError(500, 'fault', 'Something broke.'); return {}; });
  await Promise.all([queue.add(post('a')), queue.add(post('b'))]);
  while (laters.length > 0) { laters.shift()!(); await queue.drain(); }
  assert.equal(log.filter((line) => line === 'POST a').length, 5);
  assert.deepEqual([...shelf.rows.values()].map(({ key, state }) => [key, state]), [['a', 'refused']]);
});
