import { signal } from '@preact/signals';
import type { Filter, PostItem } from '@commonhold/sdk';
import { filterOf, wordsOf, type Filtered, type FilterPlace } from '../words/filters.ts';
import { client } from './client.ts';
import { myPersona } from './session.ts';

/** The reader's word filters; none until the house has said. */
export const filters = signal<readonly Filter[]>([]);

/** Asks for them anew: at the first list, and after they were changed. */
export async function loadFilters(): Promise<void> {
  filters.value = (await client.microblog.filters()).filters;
}

/** The filter that a post meets in a place at a time (ms); one's own words are never filtered. */
export function filteredIn(item: PostItem, place: FilterPlace | undefined, now: number): Filtered | null {
  if (!place || filters.value.length === 0 || item.persona === myPersona.value) return null;
  return filterOf(wordsOf(item), filters.value, place, now);
}
