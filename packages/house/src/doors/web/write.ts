import type { ServerResponse } from 'node:http';
import { flat } from './checks/headers.ts';
import type { Reply } from './problem.ts';

/** Writes a finished answer, unless one has begun. */
export function write(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  if (outgoing.headersSent) { outgoing.destroy(); return; }
  const length = status === 204 ? [] : ['content-length', String(Buffer.byteLength(body))];
  outgoing.writeHead(status, [...flat(headers), ...length]);
  outgoing.end(body);
}
