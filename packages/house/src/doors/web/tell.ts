import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Reply } from './problem.ts';
import { write } from './write.ts';

/** How long whoever asks too much waits to hear so. */
const HOLD_MS = 1000;

const held = new WeakSet<Socket>();

/** True while somebody on this connection waits to hear that they ask too much: what they sent beside that is not answered. */
export function isHeld({ httpVersionMajor, socket }: IncomingMessage): boolean {
  if (httpVersionMajor === 2 || !held.has(socket)) return false;
  stop(socket);
  return true;
}

// A tick later, since node:http goes on reading at the end of each request.
const stop = (socket: Socket): void => { process.nextTick(() => socket.pause()); };

/**
 * Answers with a problem. Whoever asks too much hears it later, and as the last thing on their connection; until then nothing
 * more of it is read: what they send backs up on their side, where it costs nobody else anything.
 */
export function tell(incoming: IncomingMessage, outgoing: ServerResponse, reply: Reply): void {
  if (!reply.late) { write(outgoing, reply); return; }
  const timer = setTimeout(() => { write(outgoing, { ...reply, headers: { ...reply.headers, connection: 'close' } }); }, HOLD_MS);
  outgoing.once('close', () => clearTimeout(timer));
  // HTTP/2 has no more streams open than it may: those that wait are what slows the sender down, and the others go on.
  if (incoming.httpVersionMajor === 2) return;
  const { socket } = incoming;
  held.add(socket);
  stop(socket);
  outgoing.once('close', () => { socket.destroy(); });
}
