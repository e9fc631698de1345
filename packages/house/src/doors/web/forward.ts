import type { IncomingMessage, ServerResponse } from 'node:http';
import { toldOf } from './checks/forwarded.ts';
import type { Network } from './ports.ts';
import { HTTPS_ONLY } from './problem.ts';
import { write } from './write.ts';

/**
 * Takes what a trusted proxy tells: the host that the visitor asked for, if it is the house's own public one, and whether they came
 * by https; false when they did not and have been answered (led there, or refused).
 */
export function takeForwarded(network: Network, incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const { proto, host } = toldOf(incoming, network);
  const [origin = ''] = network.urls;
  if (host !== null && origin.endsWith(`//${host}`)) incoming.headers.host = host;
  if (!network.secure || proto === null || proto === 'https') return true;
  if (incoming.method === 'GET' || incoming.method === 'HEAD') outgoing.writeHead(308, { location: `${origin}${incoming.url ?? '/'}`, 'cache-control': 'no-store' }).end();
  else write(outgoing, HTTPS_ONLY);
  return false;
}
