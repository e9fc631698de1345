import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../firewall/caller.ts';
import { addressOf } from './checks/address.ts';
import { API_HEADERS, flat } from './checks/headers.ts';
import { checkApp, isSecure } from './checks/host.ts';
import type { Limits } from './checks/limits.ts';
import { callerOf, proveCaller, ratedAs } from './checks/session.ts';
import { isSigned, proveSigned } from './checks/signed.ts';
import type { WebDeps } from './ports.ts';
import { NOT_FOUND, problemOf } from './problem.ts';
import { targetOf } from './serve.ts';
import { tell } from './tell.ts';
import { write } from './write.ts';

const NO_BYTES = new Uint8Array();
const HEAD = [...flat(API_HEADERS), 'content-type', 'application/json', 'content-length'];

/**
 * GET /pods/{persona}/{service}/{collection}/{key}, straight on node:http: the checks are the same functions as
 * everywhere, only the framework between them is left out.
 */
export function makeHot(deps: Pick<WebDeps, 'household' | 'network' | 'gate' | 'log' | 'suite' | 'signers' | 'clock'>, limits: Limits): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const { household, network, gate, log } = deps;
  const byToken = (headers: IncomingMessage['headers'], around: Parameters<typeof proveCaller>[2]): Caller => {
    const { session } = proveCaller(household.sessionOf, headers, around);
    checkApp(headers, session);
    limits.take('read', ratedAs(session, around.from));
    return callerOf(session);
  };
  const signedBy = (incoming: IncomingMessage, { secure, from, parts }: { secure: boolean; from: string; parts: string[] | null }): Caller => {
    const params = { persona: parts?.[2] ?? '', service: parts?.[3] ?? '' };
    const { caller, rated, seal } = proveSigned(deps, incoming, { target: targetOf(incoming, secure), params, from, miss: () => limits.take('read', from) });
    limits.take('read', rated);
    seal(NO_BYTES);
    return caller;
  };
  return (incoming, outgoing) => {
    try {
      const { headers } = incoming;
      const from = () => addressOf(incoming, network.proxy);
      const parts = partsOf(incoming.url!);
      const secure = isSecure(network, headers.host);
      const caller = isSigned(incoming) ? signedBy(incoming, { secure, from: from(), parts }) : byToken(headers, { secure, from });
      const text = parts === null ? null : gate.get(caller, parts[2]!, parts[3]!, parts[4]!, parts[5]!);
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
