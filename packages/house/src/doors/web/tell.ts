import type { IncomingMessage, ServerResponse } from 'node:http';
import { carrierOf, stopReading } from './checks/carrier.ts';
import type { Reply } from './problem.ts';
import { write } from './write.ts';

/** How long whoever asks too much waits to hear so. */
const HOLD_MS = 1000;

const held = new WeakSet<object>();

/** True while somebody on this connection waits to hear that they ask too much: what they sent beside that is not answered. */
export function isHeld(carrier: ReturnType<typeof carrierOf>): boolean {
  if (!held.has(carrier)) return false;
  stopReading(carrier);
  return true;
}

/**
 * Answers with a problem. Whoever asks too much hears it later, and as the last thing on their connection; until then nothing
 * more of it is read: what they send backs up on their side, where it costs nobody else anything.
 */
export function tell(incoming: IncomingMessage, outgoing: ServerResponse, reply: Reply): void {
  if (!reply.late) { write(outgoing, reply); return; }
  const carrier = carrierOf(incoming);
  held.add(carrier);
  stopReading(carrier);
  const headers = incoming.httpVersionMajor === 2 ? reply.headers : { ...reply.headers, connection: 'close' };
  const timer = setTimeout(() => { write(outgoing, { ...reply, headers }); }, HOLD_MS);
  outgoing.once('close', () => { clearTimeout(timer); carrier.destroy(); });
}
