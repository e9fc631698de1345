import { request } from 'node:http';
import { Refusal } from '@commonhold/core';
import { follow, netOf, read, type PageDeps } from './page.ts';

/** Fetches a JSON document as text: of the open internet, and with `local` of this machine. Refuses `page_unreachable`, whatever stood in the way. */
export type FetchDocument = (url: string, how: { local: boolean }) => Promise<string>;

const JSON_TYPES = /^application\/([\w.+-]+\+)?json\b/i;
const MS = 5000;

/** The same guard as for pages. A service on this machine is asked on its loopback address alone, and redirects nowhere. */
export function makeFetchDocument(deps: PageDeps = netOf({ accept: 'application/json', types: JSON_TYPES })): FetchDocument {
  const open = follow(deps);
  return (url, { local }) => (local && isLocal(url) ? fetchLocal(url) : open(url));
}

function isLocal(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(url);
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1') && username === '' && password === '';
}

async function fetchLocal(url: string): Promise<string> {
  try {
    const got = await new Promise<{ text?: string }>((resolve, reject) => {
      request(url, { signal: AbortSignal.timeout(MS), agent: false, headers: { accept: 'application/json' }, lookup: (_host, options, done) => { if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }]); else done(null, '127.0.0.1', 4); } },
        (incoming) => { read(incoming, JSON_TYPES).then(resolve, reject); }).on('error', reject).end();
    });
    if (got.text !== undefined) return got.text;
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal('unavailable', 'page_unreachable', 'Nothing answered there. Start the service, then try again.', { cause });
  }
  throw new Refusal('unavailable', 'page_unreachable', 'Nothing answered there. Start the service, then try again.');
}
