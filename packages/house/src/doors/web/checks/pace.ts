import type { IncomingMessage } from 'node:http';
import { Refusal } from '@commonhold/core';
import { cutOff, hasBody, isWhole } from './carrier.ts';

/** How long an ordinary body may take. */
const BODY_MS = 30_000;
/** Of a long one so many bytes must come in each such time: a slow line, and not one that only holds a place. */
const PACE = { ms: 20_000, bytes: 64 * 1024 } as const;

const clocks = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Ends a request whose body is not there in time. */
export function hurry(incoming: IncomingMessage): void {
  if (!hasBody(incoming)) return;
  const clock = setTimeout(() => { if (!incoming.complete) cutOff(incoming); }, BODY_MS).unref();
  clocks.set(incoming, clock);
  incoming.once('close', () => clearTimeout(clock));
}

/**
 * A long body as it comes, as long as it keeps coming; the connection outlives an early end, so that the answer still gets through.
 * Throws `body_cut_short`, also for one that comes too slowly.
 */
export async function* bodyOf(incoming: IncomingMessage, pace: { ms: number; bytes: number } = PACE): AsyncIterable<Uint8Array> {
  clearTimeout(clocks.get(incoming));
  let fresh = 0;
  const clock = setInterval(() => { if (fresh < pace.bytes && !incoming.readableEnded) cutOff(incoming); fresh = 0; }, pace.ms).unref();
  try {
    for await (const piece of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) { fresh += piece.length; yield piece; }
  } catch (cause) { throw cutShort(cause); } finally { clearInterval(clock); drain(incoming); }
  if (!isWhole(incoming)) throw cutShort();
}

// What still comes of a body that nobody wants is thrown away, for so long.
function drain(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return;
  hurry(incoming);
  incoming.resume();
}

const cutShort = (cause?: unknown): Refusal => new Refusal('invalid', 'body_cut_short', 'The body ended before it was whole.', { cause });

/** The length that a request announces; undefined when it does not, or not as a number. */
export function lengthOf({ headers }: IncomingMessage): number | undefined {
  const said = headers['content-length'];
  return said !== undefined && /^\d{1,15}$/.test(said) ? Number(said) : undefined;
}
