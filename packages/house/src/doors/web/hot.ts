import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from './checks/address.ts';
import { API_HEADERS, flat } from './checks/headers.ts';
import { isSecure } from './checks/host.ts';
import type { Limits } from './checks/limits.ts';
import { callerOf, proveCaller, ratedAs } from './checks/session.ts';
import type { WebDeps } from './ports.ts';
import { NOT_FOUND, problemOf } from './problem.ts';
import { tell } from './tell.ts';
import { write } from './write.ts';

const HEAD = [...flat(API_HEADERS), 'content-type', 'application/json', 'content-length'];

/**
 * GET /pods/{persona}/{service}/{collection}/{key}, straight on node:http: the checks are the same functions as
 * everywhere, only the framework between them is left out.
 */
export function makeHot({ household, network, gate, log }: Pick<WebDeps, 'household' | 'network' | 'gate' | 'log'>, limits: Limits): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    try {
      const { headers } = incoming;
      const from = () => addressOf(incoming, network.proxy);
      const { session } = proveCaller(household.sessionOf, headers, { secure: isSecure(network, headers.host), from });
      limits.take('read', ratedAs(session, from));
      const parts = partsOf(incoming.url!);
      const text = parts === null ? null : gate.get(callerOf(session), parts[2]!, parts[3]!, parts[4]!, parts[5]!);
      if (text === null) return write(outgoing, NOT_FOUND);
      outgoing.writeHead(200, [...HEAD, String(Buffer.byteLength(text))]);
      outgoing.end(text);
    } catch (error) { tell(incoming, outgoing, problemOf(error, log, 'GET /pods')); }
  };
}

function partsOf(url: string): string[] | null {
  const query = url.indexOf('?');
  const parts = (query < 0 ? url : url.slice(0, query)).split('/');
  if (parts.length !== 6) return null;
  if (!url.includes('%')) return parts;
  try { return parts.map(decodeURIComponent); } catch { return null; }
}
