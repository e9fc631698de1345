import { Refusal } from '@commonhold/core';
import type { Somebody } from '../firewall/caller.ts';
import type { Household } from '../household/household.ts';
import type { People } from '../services/people/index.ts';
import type { Microblog } from '../services/microblog/index.ts';
import type { Failed, Why } from './types.ts';

/** The lists that Mastodon gives and takes as CSV. */
export const LISTS = ['following', 'blocks', 'mutes', 'lists', 'bookmarks'] as const;
/** One of them. */
export type CsvList = (typeof LISTS)[number];

/** What lists are read from and written to. `host`: what stands behind the @ of an address here. */
export interface CsvDeps {
  household: Pick<Household, 'byHandle' | 'personOf'>;
  people: Pick<People, 'list' | 'blocked' | 'follow' | 'block' | 'mute'>;
  microblog: Pick<Microblog, 'lists' | 'addList' | 'setList' | 'bookmarks' | 'bookmark'>;
  origin(): string;
}

/** The first line, where Mastodon writes one: its exact words, since it looks for them. */
const HEADS: Readonly<Partial<Record<CsvList, string>>> = { following: 'Account address,Show boosts,Notify on new posts,Languages', mutes: 'Account address,Hide notifications' };

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
const lineOf = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\n`;

interface Named { persona: string; handle: string }

/** One of somebody's lists as CSV, as Mastodon writes and reads it. */
export async function csvOf(deps: CsvDeps, caller: Somebody, list: CsvList): Promise<string> {
  const host = new URL(deps.origin()).host;
  const acct = ({ handle }: Named): string => `${handle}@${host}`;
  const rows: Record<CsvList, () => Promise<string[][]> | string[][]> = {
    following: () => deps.people.list(caller).filter(({ follows }) => follows).map((one) => [acct(one), 'true', 'false', '']),
    blocks: () => blockedOf(deps, caller).blocked.map((one) => [acct(one)]),
    mutes: () => blockedOf(deps, caller).muted.map((one) => [acct(one), 'true']),
    lists: () => listsOf(deps, caller).flatMap(({ name, people }) => people.map((one) => [name, acct(one)])),
    bookmarks: () => bookmarksOf(deps, caller),
  };
  const head = HEADS[list];
  return (head === undefined ? '' : `${head}\n`) + (await rows[list]()).map(lineOf).join('');
}

const blockedOf = ({ people }: CsvDeps, caller: Somebody): { blocked: Named[]; muted: Named[] } => people.blocked(caller) as { blocked: Named[]; muted: Named[] };

interface List { key: string; name: string; people: Named[]; replies: boolean }
const listsOf = ({ microblog }: CsvDeps, caller: Somebody): List[] => (JSON.parse(microblog.lists(caller)) as { lists: List[] }).lists;

async function bookmarksOf({ microblog, origin, household }: CsvDeps, caller: Somebody): Promise<string[][]> {
  const rows: string[][] = [];
  for (let before: string | undefined; ;) {
    const page = JSON.parse(await microblog.bookmarks(caller, { first: 50, ...(before === undefined ? {} : { before }) })) as { items: { persona: string; key: string }[]; next: string | null };
    for (const { persona, key } of page.items) rows.push([`${origin()}/@${household.personOf(persona)?.handle ?? persona}/${key}`]);
    if (page.next === null) return rows;
    before = page.next;
  }
}

/** Fields of every line (RFC 4180); empty lines are none. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/y;
  for (const clean = text.replace(/^\ufeff/, ''); field.lastIndex < clean.length;) {
    const found = field.exec(clean);
    if (!found) throw new Refusal('invalid', 'bad_csv', 'This is not CSV as it should be: a quotation mark is not closed.', { expected: 'CSV' });
    row.push(found[1] === undefined ? found[2]!.trim() : found[1].replaceAll('""', '"'));
    if (found[3] === ',') { if (field.lastIndex === clean.length) row.push(''); else continue; }
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

/** Something of a list to be done, and what it was called. */
type Act = (row: readonly string[]) => Promise<Why | null>;

/** What came of a list. */
export interface CsvTally { made: number; failed: number }

/** Takes in one of Mastodon's lists, a line at a time; what is not here is told and left out. Refuses `bad_csv`. */
export async function bringCsv(deps: CsvDeps, { caller, list, text, fail, progress, signal }: {
  caller: Somebody; list: CsvList; text: string; fail(failed: Failed): Promise<void>; progress(done: number, of: number): void; signal: AbortSignal;
}): Promise<CsvTally> {
  const rows = rowsOf(text).filter((row) => row[0] !== 'Account address');
  const act = actOf(deps, caller, list);
  const tally = { made: 0, failed: 0 };
  for (const [i, row] of rows.entries()) {
    signal.throwIfAborted();
    const why = await act(row).catch(whyOf);
    if (why) { tally.failed++; await fail({ item: row.join(', ').slice(0, 300), why }); } else tally.made++;
    progress(i + 1, rows.length);
  }
  return tally;
}

function whyOf(error: unknown): Why {
  if (!(error instanceof Refusal) || error.kind === 'unavailable') throw error;
  if (error.code === 'limit_reached' || error.code === 'person_unknown' || error.code === 'post_unknown') return error.code;
  return error.code.endsWith('_self') ? 'oneself' : 'refused';
}

function actOf(deps: CsvDeps, caller: Somebody, list: CsvList): Act {
  const { people, microblog } = deps;
  const about = (work: (persona: string) => Promise<unknown>): Act => async ([address = '']) => {
    const found = personaAt(deps, address);
    if (found.why) return found.why;
    await work(found.persona);
    return null;
  };
  const acts: Record<CsvList, Act> = {
    following: about((persona) => people.follow(caller, persona)),
    blocks: about((persona) => people.block(caller, persona)),
    mutes: about((persona) => people.mute(caller, persona, {})),
    lists: async ([name = '', address = '']) => {
      const found = personaAt(deps, address);
      if (found.why) return found.why;
      const tidy = name.slice(0, 60);
      const had = listsOf(deps, caller).find((one) => one.name === tidy);
      if (had) await microblog.setList(caller, had.key, { name: had.name, replies: had.replies, people: [...had.people.map(({ persona }) => persona), found.persona] });
      else await microblog.addList(caller, { name: tidy, people: [found.persona] });
      return null;
    },
    bookmarks: async ([address = '']) => {
      const url = URL.parse(address);
      const [, handle, key] = /^\/@([^/]+)\/([\w-]{22})$/.exec(url?.pathname ?? '') ?? [];
      if (!url) return 'bad_line';
      if (url.origin !== deps.origin() || handle === undefined || key === undefined) return 'elsewhere';
      const persona = deps.household.byHandle(handle)?.persona;
      if (persona === undefined) return 'person_unknown';
      await microblog.bookmark(caller, { persona, key });
      return null;
    },
  };
  return acts[list];
}

function personaAt({ household, origin }: CsvDeps, address: string): { persona: string; why?: never } | { why: Why; persona?: never } {
  const [handle = '', host] = address.replace(/^@/, '').split('@');
  if (handle === '') return { why: 'bad_line' };
  if (host !== undefined && host.toLowerCase() !== new URL(origin()).host) return { why: 'elsewhere' };
  const person = household.byHandle(handle);
  return person ? { persona: person.persona } : { why: 'person_unknown' };
}
