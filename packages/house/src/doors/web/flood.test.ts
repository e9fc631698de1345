import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { makeFair } from './checks/fair.ts';
import { stand } from './fixture.ts';

test('fair: whoever asks first in a turn goes at once; the rest of theirs one a turn, in order, beside everybody else', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), async (callers) => {
    const fair = makeFair();
    const went: { caller: string; n: number; at: number }[] = [];
    let now = 0;
    // Scheduled before those of `fair`, so that it counts each turn at its beginning.
    const tick = () => { now++; if (went.length < callers.length) setImmediate(tick); };
    setImmediate(tick);
    const waiting = callers.map((caller, n) => Promise.resolve(fair(caller)).then(() => { went.push({ caller, n, at: now }); }));
    await Promise.all(waiting);
    for (const name of ['a', 'b', 'c']) {
      const mine = went.filter(({ caller }) => caller === name);
      assert.deepEqual(mine.map(({ n }) => n), mine.map(({ n }) => n).toSorted((x, y) => x - y));
      assert.equal(new Set(mine.map(({ at }) => at)).size, mine.length, 'one a turn');
      assert.ok((mine.at(-1)?.at ?? 0) <= mine.length, 'and no turn is let pass');
    }
  }), { numRuns: 50 });
});

test('fair: more than wait for their turns already are refused, and others are not', async () => {
  const fair = makeFair();
  const asked = Array.from({ length: 65 }, () => fair('one'));
  assert.throws(() => fair('one'), { code: 'too_many_requests' });
  assert.equal(fair('other'), undefined);
  await Promise.all(asked);
  assert.equal(fair('new'), undefined);
});

async function open(t: TestContext, port: number): Promise<{ socket: Socket; heard: () => string; closed: Promise<unknown> }> {
  const socket = connect({ port, host: '127.0.0.1' });
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('error', () => {});
  return { socket, heard: () => text, closed: once(socket, 'close') };
}

const asks = (port: number, times: number): string => `GET /healthz HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`.repeat(times);
const answers = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status!);

test('a packet full of requests: the first few are answered, then one no, and the connection ends; others are served meanwhile', async (t) => {
  const { port } = await stand(t);
  const [many, few] = [await open(t, port), await open(t, port)];
  many.socket.write(asks(port, 400));
  few.socket.write(asks(port, 3));
  while (answers(few.heard()).length < 3) await once(few.socket, 'data');
  await many.closed;
  assert.deepEqual(answers(many.heard()), [...Array<string>(16).fill('200'), '429']);
  assert.match(many.heard(), /retry-after: 1\r\n[^]*too_many_requests/i);
  assert.deepEqual(answers(few.heard()), ['200', '200', '200']);
});

test('whoever is over the limit hears so a second later, and what they sent since is never read', async (t) => {
  const { port } = await stand(t, { limits: { read: { burst: 2, perSecond: 0.001 } } });
  const one = await open(t, port);
  const from = performance.now();
  one.socket.write(asks(port, 4));
  await one.closed;
  assert.deepEqual(answers(one.heard()), ['200', '200', '429']);
  assert.ok(performance.now() - from >= 990);
});
