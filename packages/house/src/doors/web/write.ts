import type { ServerResponse } from 'node:http';
import { flat } from './checks/headers.ts';
import type { Reply } from './problem.ts';

/** Writes a finished answer, unless one has begun. */
export function write(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  if (outgoing.headersSent) { outgoing.destroy(); return; }
  // HTTP/2 has no such header: its sessions end otherwise.
  const { connection, ...others } = headers;
  const sent = connection !== undefined && 'stream' in outgoing ? others : headers;
  const content = body.length > SHORT && body.length <= LONG ? bytesOf(body) : body;
  const length = status === 204 ? [] : ['content-length', String(Buffer.byteLength(content))];
  outgoing.writeHead(status, [...flat(sent), ...length]);
  outgoing.end(content);
}

/* Shorter texts are sent with their headers in one piece; longer ones would keep much memory for seldom. */
const SHORT = 1024, LONG = 256 * 1024;
const scratch = Buffer.allocUnsafeSlow(3 * LONG);

/** UTF-8 of a text in one pass: to measure it first, and then write it, takes three times as long where it is not plain ASCII. */
const bytesOf = (text: string): Buffer => Buffer.from(scratch.subarray(0, scratch.write(text, 'utf8')));
