import { Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { MICROBLOG } from './types.ts';

/** Where a filter of words works. */
export const PLACES = ['home', 'house', 'lists', 'threads', 'profiles', 'news'] as const;
/** A filter of words: what is hidden or warned of, where, and until when (ms); the app applies it. */
export interface FilterInput { words: string[]; whole?: boolean; how: 'hide' | 'warn'; places: (typeof PLACES)[number][]; until?: number }
/** One of one's filters. */
export interface Filter extends FilterInput { key: string; createdAt: number }
type Me = Caller & { persona: string };
interface Deps { gate: Gate; now(): number }

/** One's filters, the newest first. */
export const makeFilters = ({ gate }: Deps) => (caller: Me): Filter[] =>
  (gate.reader(caller, caller.persona, MICROBLOG)?.list('filters') ?? []).map(({ key, body }) => ({ key, ...JSON.parse(body) as Omit<Filter, 'key'> }))
    .toSorted((a, b) => b.createdAt - a.createdAt || (a.key < b.key ? -1 : 1));

/** Adds a filter. Refuses `bad_words`, and `limit_reached` beyond two hundred. */
export const makeAddFilter = ({ gate, now }: Deps) => (caller: Me, input: FilterInput): Promise<Filter> =>
  gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const body = { ...tidy(input), createdAt: now() };
    return { key: tx.put('filters', { body: body as unknown as Json }).key, ...body };
  });

/** Changes a filter. Refuses `filter_unknown`, `bad_words`. */
export const makeSetFilter = ({ gate }: Deps) => (caller: Me, key: string, input: FilterInput): Promise<Filter> =>
  gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const body = { ...tidy(input), createdAt: filterOf(gate, caller, key).createdAt };
    tx.put('filters', { key, body: body as unknown as Json });
    return { key, ...body };
  });

/** Removes a filter. Refuses `filter_unknown`. */
export const makeDropFilter = ({ gate }: Deps) => async (caller: Me, key: string): Promise<void> => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => { filterOf(gate, caller, key); tx.remove('filters', key); });
};

function filterOf(gate: Gate, caller: Me, key: string): Filter {
  const item = gate.reader(caller, caller.persona, MICROBLOG)?.get('filters', key);
  if (!item) throw new Refusal('not_found', 'filter_unknown', 'There is no such filter.');
  return JSON.parse(item.body) as Filter;
}

function tidy({ words, places, ...how }: FilterInput): FilterInput {
  const told = [...new Set(words.map((word) => word.trim()))];
  if (!told.every((word) => word !== '' && word.isWellFormed())) throw new Refusal('invalid', 'bad_words', 'A filter needs words.', { field: '/words' });
  return { ...how, words: told, places: [...new Set(places)] };
}
