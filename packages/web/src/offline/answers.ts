import { change, inStore, under } from './database.ts';
import { onceItStands } from '../state/stands.ts';
import { isOwnCursor, keepPage, keptPage, listOf } from './posts.ts';

/** An answer of the house as it came. */
interface Kept { persona: string; path: string; text: string; at: number }

/* What screens read. Never what only works with the house (sessions, devices, network), and never a secret. */
const SCREENS = /^\/(?:house|me|house\/(?:page|people|actions)|people(?:\/(?!requests\/)[^?]*)?|news|microblog\/(?!search)[^?]*)(?:\?.*)?$/;
const MOST = 200;
const LONGEST_MS = 30 * 24 * 3600_000;
const REMEMBERED = 'commonhold.me';

/** Who was signed in at this browser last, for when the house cannot say. */
export function lastHere(): string | null {
  try { return localStorage.getItem(REMEMBERED); } catch { return null; }
}

/** Remembers who is signed in, or that nobody is. */
export function rememberHere(persona: string | null): void {
  try {
    if (persona === null) localStorage.removeItem(REMEMBERED);
    else localStorage.setItem(REMEMBERED, persona);
  } catch { /* storage is off: nothing is kept for offline then */ }
}

const asAnswer = (text: string): Response => new Response(text, { headers: { 'content-type': 'application/json' } });

async function keep(persona: string, path: string, text: string): Promise<void> {
  const list = listOf(path);
  if (list) await keepPage(persona, list, text);
  else await change('answers', [{ persona, path, text, at: Date.now() } satisfies Kept]);
}

async function kept(persona: string, path: string): Promise<Response | null> {
  const list = listOf(path);
  const text = list ? await keptPage(persona, list) : (await inStore('answers', 'readonly', (store) => store.get([persona, path]) as IDBRequest<Kept | undefined>))?.text;
  return text === undefined || text === null ? null : asAnswer(text);
}

/* A proxy answers for a house that is away; the house itself says what is wrong. */
const isAway = (answer: Response): boolean => answer.status >= 502 && answer.status <= 504 && !answer.headers.get('content-type')?.includes('problem+json');

const pathOf = (input: RequestInfo | URL): string => {
  const { pathname, search } = new URL(input instanceof Request ? input.url : input, location.href);
  return pathname + search;
};

/* What the house tells everybody about itself is nobody's. */
const ANYBODYS = new Map([['/house', '*']]);

/** Whose answer it is: the answer itself says it for `/me`. */
const ownerOf = (path: string, text: string, who: string | null): string | null =>
  ANYBODYS.get(path) ?? (path === '/me' ? (JSON.parse(text) as { persona: string }).persona : who ?? lastHere());

/* Keeps what came, and forgets what is not there any more; nobody waits for it. */
async function remember(path: string, answer: Response, who: string | null): Promise<void> {
  if (answer.ok) {
    const text = await answer.text();
    const persona = ownerOf(path, text, who);
    if (persona) await keep(persona, path, text);
  } else if (who && (answer.status === 404 || answer.status === 410)) await change('answers', [], [[who, path]]);
}

/**
 * A `fetch` that keeps what screens read, for each person apart, and answers from there when the house does not.
 * `who` is whom the page acts as. Where the browser keeps nothing it is `ask` and no more.
 */
export function readingOffline(ask: typeof fetch, who: () => string | null): typeof fetch {
  const instead = async (path: string): Promise<Response | null> => {
    const persona = ANYBODYS.get(path) ?? who() ?? lastHere();
    return persona ? kept(persona, path).catch(() => null) : null;
  };
  const away = async (path: string, cause: unknown, ended: boolean): Promise<Response> => {
    const old = ended ? null : await instead(path);
    if (old) return old;
    throw cause;
  };
  return async (input, init) => {
    const path = pathOf(input);
    if ((init?.method ?? 'GET') !== 'GET' || !SCREENS.test(path)) return ask(input, init);
    if (isOwnCursor(path)) return await instead(path) ?? ask(input, init);
    const persona = who();
    try {
      const answer = await ask(input, init);
      if (isAway(answer)) return await instead(path) ?? answer;
      const copy = answer.clone();
      void onceItStands().then(() => remember(path, copy, persona)).catch(() => undefined);
      return answer;
    } catch (cause) { return away(path, cause, init?.signal?.aborted === true); }
  };
}

/** Lets the oldest answers go. */
export async function tidyAnswers(persona: string): Promise<void> {
  const rows = await inStore('answers', 'readonly', (store) => store.getAll(under(persona)) as IDBRequest<Kept[]>);
  const since = Date.now() - LONGEST_MS;
  const old = rows.sort((a, b) => b.at - a.at).filter(({ at }, place) => place >= MOST || at < since);
  await change('answers', [], old.map(({ path }) => [persona, path]));
}
