import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { Refusal } from '@commonhold/core';

/** Kept-alive connections to one server on this machine, each with one request under way. */
export interface Load {
  /** Sends what `next` gives until the time is over; answers how many were answered, and in how many ms. */
  slice(ms: number, next: () => Buffer): Promise<{ requests: number; ms: number }>;
  close(): void;
}

const END_OF_HEAD = '\r\n\r\n';

/** The bytes of a request, made before anything is measured. */
export function request(port: number, method: string, path: string, more: { session?: string; body?: object } = {}): Buffer {
  const body = more.body === undefined ? '' : JSON.stringify(more.body);
  const head = [`${method} ${path} HTTP/1.1`, `Host: localhost:${port}`, 'Accept: application/json'];
  if (more.session !== undefined) head.push(`Authorization: Bearer ${more.session}`);
  if (body !== '') head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(head.join('\r\n') + END_OF_HEAD + body);
}

/** Opens the connections. An answer that is not 2xx, or has no length, ends the slice with Refusal `bad_answer`. */
export async function openLoad(port: number, connections = 16): Promise<Load> {
  const sockets = Array.from({ length: connections }, () => connect({ port, host: '127.0.0.1', noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return {
    slice: async (ms, next) => {
      const from = performance.now();
      const counts = await Promise.all(sockets.map((socket) => drive(socket, from + ms, next)));
      return { requests: counts.reduce((sum, count) => sum + count, 0), ms: performance.now() - from };
    },
    close: () => { for (const socket of sockets) socket.destroy(); },
  };
}

function drive(socket: Socket, until: number, next: () => Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let missing = 0;
    const done = (settle: () => void) => { socket.off('data', take).off('error', fail).off('close', gone); settle(); };
    const fail = (cause: Error) => done(() => reject(cause));
    const gone = () => fail(bad('the connection was closed'));
    const take = (chunk: Buffer) => {
      missing = missing > 0 ? missing - chunk.length : restOf(chunk);
      if (Number.isNaN(missing)) return fail(bad(chunk.toString('latin1', 0, 400)));
      if (missing > 0) return;
      answered++;
      if (performance.now() < until) socket.write(next());
      else done(() => resolve(answered));
    };
    socket.on('data', take).on('error', fail).on('close', gone);
    socket.write(next());
  });
}

// A head always comes in one piece from servers on this machine; how many bytes of the body are still to come.
function restOf(chunk: Buffer): number {
  const end = chunk.indexOf(END_OF_HEAD);
  const head = chunk.toString('latin1', 0, end);
  if (end < 0 || !head.startsWith('HTTP/1.1 2')) return NaN;
  const length = /\r\ncontent-length: (\d+)/i.exec(head);
  return length ? end + END_OF_HEAD.length + Number(length[1]) - chunk.length : NaN;
}

const bad = (what: string): Refusal => new Refusal('unavailable', 'bad_answer', `A measured server answered: ${what}`);
