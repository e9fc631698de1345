import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** Many people who each ask now and then, on a connection of their own. */
export interface Others {
  /** Lets them ask for a while; how long each answer took, in ms, and how many came as they should. */
  live(ms: number): Promise<{ waits: number[]; good: number }>;
  close(): void;
}

/** Opens one connection each; every one asks what `ask` gives, `perSecond` times a second, whatever the others do. */
export async function openOthers(port: number, count: number, perSecond: number, ask: (person: number, n: number) => Buffer): Promise<Others> {
  const sockets = Array.from({ length: count }, () => connect({ port, host: '127.0.0.1', noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  // A connection that the server ends counts as an answer that did not come.
  for (const socket of sockets) socket.on('error', () => {});
  return {
    live: async (ms) => {
      const until = performance.now() + ms;
      const found = await Promise.all(sockets.map((socket, i) => person(socket, i, { until, every: 1000 / perSecond, ask })));
      return { waits: found.flatMap(({ waits }) => waits), good: found.reduce((sum, { good }) => sum + good, 0) };
    },
    close: () => { for (const socket of sockets) socket.destroy(); },
  };
}

interface Way { until: number; every: number; ask: (person: number, n: number) => Buffer }

async function person(socket: Socket, i: number, { until, every, ask }: Way): Promise<{ waits: number[]; good: number }> {
  const waits: number[] = [];
  let good = 0;
  // Spread over the time between two requests, so that people do not ask in step.
  let next = performance.now() + every * ((i * 0.618) % 1);
  for (let n = 0; next < until; n++, next += every) {
    await new Promise((resolve) => { setTimeout(resolve, Math.max(0, next - performance.now())); });
    const from = performance.now();
    socket.write(ask(i, n));
    if (await answer(socket)) good++;
    waits.push(performance.now() - from);
  }
  return { waits, good };
}

// True for 2xx; answers of servers on this machine begin in one piece with their head.
function answer(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    if (socket.destroyed) { resolve(false); return; }
    let missing = -1;
    let ok = false;
    const take = (chunk: Buffer) => {
      if (missing < 0) {
        const end = chunk.indexOf('\r\n\r\n') + 4;
        const head = chunk.toString('latin1', 0, end);
        ok = head.startsWith('HTTP/1.1 2');
        missing = end + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      }
      missing -= chunk.length;
      if (missing <= 0) done(ok);
    };
    const gone = () => done(false);
    const done = (value: boolean) => { socket.off('data', take).off('close', gone); resolve(value); };
    socket.on('data', take).on('close', gone);
  });
}

/** The value below which 99 of 100 lie. */
export const p99 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
