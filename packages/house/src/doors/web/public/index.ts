import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf as callerAddress } from '../checks/address.ts';
import { isSecure } from '../checks/host.ts';
import { accountsOf } from '../checks/session.ts';
import type { Rates } from '../serve.ts';
import type { WebDeps } from '../ports.ts';
import { problemOf } from '../problem.ts';
import { tell } from '../tell.ts';
import { atom, rss } from './feeds.ts';
import { makeGive, type Given } from './give.ts';
import { robotsOf, type Frame } from './layout.ts';
import { frontPage, gonePage, profilePage, threadPage, type Made } from './pages.ts';
import type { Showing } from './post.ts';
import { makePublicReader, type PublicReader } from './read.ts';
import { robots } from './robots.ts';
import { makeStyle } from './style.ts';
import { languageOf, wordsIn } from './words.ts';

const HTML = 'text/html; charset=utf-8';
const FEEDS = { 'feed.atom': ['application/atom+xml; charset=utf-8', atom], 'feed.rss': ['application/rss+xml; charset=utf-8', rss] } as const;
const FEED = /^\/@[^/]+\/feed\.(atom|rss)$/;
const PLACE = /^\/@([^/]{1,64})(?:\/([^/]{1,128}))?\/?$/;

/** The pages of a house for everyone: takes what is asked of them and answers it; false: it is somebody else's to answer. */
export type PublicFace = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** One request, on its way to an answer. */
interface Asked { path: string; who: string; what: string | undefined; before: string | undefined; reader: PublicReader; frame: Frame; showing: Showing }

/**
 * The house as everyone may see it, without scripts, at the addresses at which the app shows the same to whoever is signed in: pages of
 * those who opened theirs, conversations, feeds, and the front page where the stewards want one. What is not there, what is not for
 * everyone, and whose page is closed, is one and the same answer.
 */
export function makePublicFace(deps: WebDeps, { limits, fair }: Rates): PublicFace {
  const { household, network, dist, clock, log } = deps;
  const style = makeStyle(dist);
  const give = makeGive(clock);
  const isIn = (incoming: IncomingMessage): boolean => incoming.headers.cookie !== undefined && accountsOf(household.sessionOf, incoming.headers, isSecure(network, incoming.headers.host)).now !== null;
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, path: string, query: URLSearchParams): Promise<void> => {
    const from = callerAddress(incoming, network.proxy);
    limits.take('page', from);
    await fair(from);
    if (query.has('login')) { outgoing.writeHead(303, { location: `/login?next=${encodeURIComponent(path)}`, 'cache-control': 'no-store', 'content-length': '0' }).end(); return; }
    const asked = askedBy(deps, incoming, { path, before: query.get('before') ?? undefined, files: { style: style.path, icon: style.icon } });
    await give(incoming, outgoing, await pageFor(deps, asked));
  };
  // Feeds and robots.txt are programs' to read: they are the same for whoever asks. `?app` is how the app asks for its own page.
  const isOurs = (incoming: IncomingMessage, path: string, query: URLSearchParams): boolean => {
    if (path === '/robots.txt' || FEED.test(path)) return true;
    const isPlace = path === '/' ? household.settings.get('front') === true && !query.has('app') : path.startsWith('/@');
    return isPlace && household.count() > 0 && !isIn(incoming);
  };
  return (incoming, outgoing) => {
    const { method, url = '/' } = incoming;
    if (method !== 'GET' && method !== 'HEAD') return false;
    const cut = url.search(/[?#]|$/);
    const path = url.slice(0, cut);
    if (path === style.path) { giveStyle(incoming, outgoing, style); return true; }
    const query = new URLSearchParams(url.slice(cut + 1));
    if (!isOurs(incoming, path, query)) return false;
    answer(incoming, outgoing, path, query).catch((error: unknown) => tell(incoming, outgoing, problemOf(error, log, 'GET /@')));
    return true;
  };
}

function askedBy(deps: WebDeps, { headers }: IncomingMessage, { path, before, files }: Pick<Asked, 'path' | 'before'> & Pick<Frame, 'files'>): Asked {
  const { household: { persona: id, settings }, network, clock, guest } = deps;
  const reader = makePublicReader(deps);
  const language = languageOf(headers['accept-language']);
  const words = guest ? { ...wordsIn(language), login: wordsIn(language).look } : wordsIn(language);
  const origin = `${isSecure(network, headers.host) ? 'https' : 'http'}://${headers.host!.toLowerCase()}`;
  const [, who = '', what] = PLACE.exec(plainly(path)) ?? [];
  return {
    path, who, what, before, reader, showing: { language, words, residentOf: reader.residentOf, now: clock() },
    frame: { origin, language, words, house: { id, title: settings.get('title') ?? '', note: settings.get('note') || null }, files },
  };
}

function plainly(path: string): string {
  try { return decodeURIComponent(path); } catch { return ''; }
}

async function pageFor(deps: WebDeps, asked: Asked): Promise<Given> {
  const { path, who, what, before, frame } = asked;
  const about = `${frame.origin} ${path} ${before ?? ''} ${frame.language}`;
  const found = path === '/robots.txt' ? robotsFor(deps, asked) : path === '/' ? await front(asked) : who === '' ? null : what !== undefined && Object.hasOwn(FEEDS, what) ? await feed(asked, what as keyof typeof FEEDS) : await person(asked);
  if (found === null) return { status: 404, type: HTML, body: gonePage(frame), about, robots: robotsOf(false), kept: false };
  return { status: 200, about, kept: true, ...found };
}

type Found = Pick<Given, 'type' | 'body' | 'robots'> | null;

const html = ({ html: body, listed }: Made): Found => ({ type: HTML, body, robots: robotsOf(listed) });

function robotsFor({ household }: WebDeps, { reader }: Asked): Found {
  const listed = household.people().map(({ persona }) => reader.residentOf(persona)).filter((one) => one?.listed);
  return { type: 'text/plain; charset=utf-8', robots: robotsOf(false), body: robots(listed.map((one) => one!), household.settings.get('front') === true) };
}

async function front({ reader, frame, showing, before }: Asked): Promise<Found> {
  const people = reader.front();
  const posts = await reader.newest(people.map(({ persona }) => persona), before).catch(asBadPlace);
  return posts && html(frontPage(frame, showing, people, posts, before === undefined));
}

async function person({ reader, frame, showing, who, what, before }: Asked): Promise<Found> {
  const resident = reader.residentOf(who);
  if (!resident) return null;
  if (what === undefined) {
    const posts = await reader.by(resident.persona, before).catch(asBadPlace);
    return posts && html(profilePage(frame, showing, resident, posts, before === undefined));
  }
  const posts = await reader.thread(resident.persona, what);
  const focus = posts?.find((post) => post.persona === resident.persona && post.key === what);
  return focus ? html(threadPage(frame, showing, focus, posts!)) : null;
}

async function feed({ reader, frame, showing, who }: Asked, what: keyof typeof FEEDS): Promise<Found> {
  const resident = reader.residentOf(who);
  if (!resident) return null;
  const { posts } = await reader.newest([resident.persona]);
  const [type, make] = FEEDS[what];
  return { type, robots: robotsOf(resident.listed), body: make({ origin: frame.origin, house: frame.house.title, person: resident, posts, showing, bytes: (post, blob) => reader.bytes(post, blob) }) };
}

// A cursor that this house did not make leads nowhere.
function asBadPlace(error: unknown): null {
  if (error instanceof Error && (error as { code?: unknown }).code === 'bad_cursor') return null;
  throw error;
}

function giveStyle({ headers, method }: IncomingMessage, outgoing: ServerResponse, { text, etag }: { text: string; etag: string }): void {
  const sent = { 'content-type': 'text/css; charset=utf-8', etag, 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' };
  if (headers['if-none-match']?.includes(etag)) { outgoing.writeHead(304, sent).end(); return; }
  outgoing.writeHead(200, { ...sent, 'content-length': String(Buffer.byteLength(text)) });
  outgoing.end(method === 'HEAD' ? undefined : text);
}
