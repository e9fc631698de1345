import type { ServerResponse } from 'node:http';
import { flat } from './checks/headers.ts';
import type { Reply } from './problem.ts';

/** Writes a finished answer, unless one has begun. */
export function write(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  if (outgoing.headersSent) { outgoing.destroy(); return; }
  // HTTP/2 has no such header: its sessions end otherwise.
  const { connection, ...others } = headers;
  const sent = connection !== undefined && 'stream' in outgoing ? others : headers;
  const length = status === 204 ? [] : ['content-length', String(Buffer.byteLength(body))];
  outgoing.writeHead(status, [...flat(sent), ...length]);
  outgoing.end(body);
}
