import type { IncomingMessage } from 'node:http';
import { Refusal } from '@commonhold/core';
import { isWhole } from './carrier.ts';

/** The most that a JSON body may have, in bytes. */
export const BODY_LIMIT = 64 * 1024;

/** So much of a body that is too big is read and thrown away, for so long: its sender then hears the answer and not a broken line. */
const PATIENCE = { bytes: 16 * 1024 * 1024, ms: 2000 };

/**
 * Reads a body, never holding more than the limit. Refuses `body_too_big` (the connection is then of no more use) and
 * `body_cut_short`.
 */
export function readBody(incoming: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > PATIENCE.bytes) return Promise.reject(tooBig(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let clock: NodeJS.Timeout | undefined;
    const refuse = () => {
      clearTimeout(clock);
      incoming.removeAllListeners('data');
      incoming.pause();
      reject(tooBig(limit));
    };
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) { chunks.push(chunk); return; }
      chunks.length = 0;
      clock ??= setTimeout(refuse, PATIENCE.ms);
      if (size > PATIENCE.bytes) refuse();
    });
    const cut = (cause?: unknown) => reject(new Refusal('invalid', 'body_cut_short', 'The body ended before it was whole.', { cause }));
    incoming.on('end', () => { if (!isWhole(incoming)) cut(); else if (size > limit) refuse(); else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)); });
    incoming.on('error', (cause) => {
      clearTimeout(clock);
      cut(cause);
    });
  });
}

const tooBig = (limit: number): Refusal =>
  new Refusal('too_big', 'body_too_big', `The body may have at most ${limit} bytes.`, { expected: `at most ${limit} bytes` });
