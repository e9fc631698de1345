import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest, Http2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

/* A request comes by HTTP/1.1 on a socket, or by HTTP/2 as one stream of a session; here is all in which the two differ to the door. */

const streamOf = (incoming: IncomingMessage): ServerHttp2Stream | null =>
  (incoming.httpVersionMajor === 2 ? (incoming as unknown as Http2ServerRequest).stream : null);

/** What carries a request, and others of the same sender: the socket, or the session of HTTP/2. */
export function carrierOf(incoming: IncomingMessage): Socket | Http2Session {
  const stream = streamOf(incoming);
  return stream === null ? incoming.socket : stream.session ?? incoming.socket;
}

/** Ends a request in the middle. */
export function cutOff(incoming: IncomingMessage): void {
  const stream = streamOf(incoming);
  if (stream === null) incoming.destroy();
  else stream.destroy();
}

/** Whether the whole body came. A stream that was cut off ends like any other. */
export const isWhole = (incoming: IncomingMessage): boolean =>
  (incoming.httpVersionMajor === 2 ? incoming.complete && !(incoming as unknown as Http2ServerRequest).aborted : incoming.complete);

/** Whether a body may come. */
export function hasBody(incoming: IncomingMessage): boolean {
  const stream = streamOf(incoming);
  return stream === null ? incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined : !stream.endAfterHeaders;
}
