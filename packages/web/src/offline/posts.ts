import type { Page, People, PostItem } from '@commonhold/sdk';
import { change, inStore, under } from './database.ts';

/** A timeline of which the last posts are kept, and what was asked of it. */
export interface KeptList { name: 'home' | 'house'; query: { before?: string; after?: string; first?: string } }
interface Row { persona: string; list: string; id: string; item: PostItem; people: People }

/** How many posts of a timeline are kept. */
export const MOST_POSTS = 500;
const CURSOR = 'kept:';
const PAGE = 30;
const LISTS = /^\/microblog\/(home|house)(?:\?(.*))?$/;

/** The timeline that an address asks for; null for any other, and for a timeline that is narrowed. */
export function listOf(path: string): KeptList | null {
  const found = LISTS.exec(path);
  if (!found) return null;
  const query = Object.fromEntries(new URLSearchParams(found[2] ?? ''));
  return Object.keys(query).every((name) => ['before', 'after', 'first'].includes(name)) ? { name: found[1] as KeptList['name'], query } : null;
}

/** Whether an address asks for a page that only this browser has. */
export const isOwnCursor = (path: string): boolean => listOf(path)?.query.before?.startsWith(CURSOR) === true;

/** Names an entry of a timeline so that names sort by time: when it came there, then what it is. */
export function entryId(item: PostItem): string {
  const ms = item.boost?.at ?? item.body.createdAt;
  return [ms.toString(16).padStart(12, '0'), item.persona, item.key, item.boost?.by ?? ''].join('/');
}

/** What is not there any more between two ends of a page: deleted, or not for the reader now. `top`: the page is the newest. */
export function goneFrom(known: readonly string[], page: readonly string[], top: boolean): string[] {
  if (page.length === 0) return [];
  const shown = new Set(page);
  const newest = page.reduce((a, b) => a > b ? a : b);
  const oldest = page.reduce((a, b) => a < b ? a : b);
  return known.filter((id) => !shown.has(id) && id > oldest && (top || id < newest));
}

const keysOf = async (persona: string, list: string): Promise<string[]> =>
  (await inStore('posts', 'readonly', (store) => store.getAllKeys(under(persona, list)))).map((key) => (key as string[])[2]!);

/** Names that stand anywhere in a post. */
function peopleIn(item: PostItem, people: People): People {
  const text = JSON.stringify(item);
  return Object.fromEntries(Object.entries(people).filter(([persona]) => text.includes(persona)));
}

/** Keeps a page of a timeline; posts that are not on it any more go, and the oldest beyond what is kept. */
export async function keepPage(persona: string, { name, query }: KeptList, text: string): Promise<void> {
  const page = JSON.parse(text) as Page;
  const rows = page.items.map((item): Row => ({ persona, list: name, id: entryId(item), item, people: peopleIn(item, page.people) }));
  const known = await keysOf(persona, name);
  const fresh = rows.map(({ id }) => id);
  const gone = query.after === undefined ? goneFrom(known, fresh, query.before === undefined) : [];
  const all = [...new Set([...known, ...fresh])].filter((id) => !gone.includes(id)).sort();
  const old = new Set(all.slice(0, Math.max(0, all.length - MOST_POSTS)));
  await change('posts', rows.filter(({ id }) => !old.has(id)), [...gone, ...old].map((id) => [persona, name, id]));
}

/** A page out of what is kept, as JSON; null when nothing is, or when it asks what is new. */
export async function keptPage(persona: string, { name, query }: KeptList): Promise<string | null> {
  if (query.after !== undefined || (query.before !== undefined && !query.before.startsWith(CURSOR))) return null;
  const rows = (await inStore('posts', 'readonly', (store) => store.getAll(under(persona, name)) as IDBRequest<Row[]>)).reverse();
  const from = query.before?.slice(CURSOR.length);
  const older = from === undefined ? rows : rows.filter(({ id }) => id < from);
  if (rows.length === 0) return null;
  const some = older.slice(0, Number(query.first ?? PAGE));
  const next = some.length < older.length ? CURSOR + some.at(-1)!.id : null;
  return JSON.stringify({ items: some.map(({ item }) => item), people: Object.assign({}, ...some.map(({ people }) => people)) as People, next, newest: null } satisfies Page);
}

/** Keeps a post no longer: it was deleted, or is not for the reader any more. */
export async function forgetPost(persona: string, post: { persona: string; key: string }): Promise<void> {
  const part = `/${post.persona}/${post.key}/`;
  for (const list of ['home', 'house']) {
    const ids = (await keysOf(persona, list)).filter((id) => id.includes(part));
    await change('posts', [], ids.map((id) => [persona, list, id]));
  }
}

/** How many posts of a timeline are kept. */
export const countKept = async (persona: string, list: KeptList['name']): Promise<number> => (await keysOf(persona, list)).length;
