import type { IncomingMessage } from 'node:http';
import { isSecure } from './checks/host.ts';
import { proveCaller } from './checks/session.ts';
import type { WebDeps } from './ports.ts';
import type { Route } from './route.ts';
import { makeAdmit, type Rates } from './serve.ts';

/** What a page of the app asks first, answered beforehand: JSON by address. Null where nobody is signed in, or where it is not a reader who opens the page. */
export type First = (incoming: IncomingMessage, path: string) => Promise<Map<string, string>> | null;

const EVERYWHERE = ['/house', '/me', '/news?first=1', '/news/settings', '/people/requests'];
const LISTS: Readonly<Record<string, string>> = { '/': '/microblog/house?first=30', '/feed/following': '/microblog/home?first=30' };
const BESIDE = ['/microblog/marks', '/microblog/filters'];

/**
 * Answers what the app is about to ask, through the same routes and checks. On a slow network each question would wait for the one before:
 * the page, the script, who is asking, and only then the posts.
 */
export function makeFirst(routes: readonly Route[], deps: WebDeps, rates: Rates): First {
  const list = [...EVERYWHERE, ...Object.values(LISTS), ...BESIDE];
  const known = new Map(list.map((address) => {
    const [path = '', search = ''] = address.split('?');
    const route = routes.find((one) => one.method === 'GET' && one.path === path)!;
    const admit = makeAdmit(route, deps, rates);
    return [address, async (incoming: IncomingMessage) => route.handler(await admit({ incoming, params: {}, search }))] as const;
  }));
  return (incoming, path) => {
    if (!isOpened(incoming) || !isSignedIn(deps, incoming)) return null;
    const posts = LISTS[path];
    return answered([...EVERYWHERE, ...(posts === undefined ? [] : [posts, ...BESIDE])], (address) => known.get(address)!(incoming));
  };
}

// A service worker fetches the page to keep it: what is anybody's own must not be in that one. Where browsers do not say, there is none.
// Nor in one that another site leads to, which could do so again and again, put words of its own beside what is private, and see by the packed length whether they are the same.
const isOpened = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-fetch-mode'] === undefined || headers['sec-fetch-mode'] === 'navigate') && headers['sec-fetch-site'] !== 'cross-site';

function isSignedIn({ household, network }: WebDeps, { headers }: IncomingMessage): boolean {
  const { cookie, host } = headers;
  return cookie !== undefined && proveCaller(household.sessionOf, { cookie }, { secure: isSecure(network, host), from: () => '' }).byCookie;
}

// What cannot be answered now is asked again by the app, which says why.
async function answered(addresses: readonly string[], ask: (address: string) => Promise<{ text?: string; json?: unknown }>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await Promise.all(addresses.map(async (address) => {
    try {
      const { text, json } = await ask(address);
      found.set(address, text ?? JSON.stringify(json));
    } catch { /* left to the app */ }
  }));
  return found;
}
