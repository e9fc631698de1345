import { wordsIn } from '@commonhold/core';
import type { Caller } from '../../../firewall/caller.ts';
import { tagKey } from '../../../views/entries.ts';
import type { Wanted } from '../../../views/search.ts';
import type { Views } from '../../../views/views.ts';
import type { Housemates } from '../../shared/housemates.ts';
import { isSeen } from '../../shared/seen.ts';
import { placed, timeline, type ReadDeps } from '../timeline.ts';
import type { PageQuery } from '../types.ts';
import { foundPlaces } from './places.ts';
import { searchQuery, type SearchQuery } from './query.ts';

/** What is searched: words as typed, where (`all`, `own`, a persona), and a tag that must be there. */
export interface SearchInput extends Omit<PageQuery, 'after'> { q: string; in?: string; tag?: string }

interface Deps extends ReadDeps {
  housemates: Housemates;
  /** What somebody calls another; known to themselves alone. */
  petnameOf(owner: string, other: string): string | undefined;
}

const NAMED = 8;
const TAGS = 8;

/**
 * Searches everything that the caller may read, as JSON text `{posts, people, tags}`: posts and kept replies newest first; people and
 * tags, at most eight of each, with the first page alone. Whatever is typed has an answer. Refuses `bad_cursor`.
 */
export const makeSearch = (deps: Deps) => async (caller: Caller & { persona: string }, input: SearchInput): Promise<string> => {
  const query = searchQuery(input.q);
  const wanted = wantedBy(deps.housemates, caller, input, query);
  const posts = await timeline(deps, caller, input, placed(({ search }, window) => (wanted ? search.find(caller.persona, wanted, window) : []), foundPlaces));
  const more = input.before === undefined && input.in === undefined;
  const people = more ? await peopleFor(deps, caller, query) : [];
  const tags = more ? await deps.views.ask((views) => tagsFor(views, caller, query)) : [];
  return `{"posts":${posts},"people":[${people.map((persona) => deps.personOf(caller, persona)).join(',')}],"tags":${JSON.stringify(tags)}}`;
};

// Null where there is nothing to look for, or where nobody can have written it.
function wantedBy(housemates: Housemates, caller: Caller & { persona: string }, { in: where, tag }: SearchInput, { phrases, open, tags, from }: SearchQuery): Wanted | null {
  const authors = new Set(from.map((handle) => housemates.find(handle)?.persona ?? null));
  if (where === 'own') authors.add(caller.persona);
  else if (where !== undefined && where !== 'all') authors.add(where);
  const [author = null] = authors;
  const all = [...new Set([...tags, ...(tag === undefined ? [] : [tagKey(tag)])])];
  if (authors.size > 1 || authors.has(null) || (phrases.length + all.length === 0 && author === null)) return null;
  return { phrases, open, tags: all, author };
}

// Every word is the beginning of one of their name, of their handle, or of what the caller calls them.
async function peopleFor({ gate, views, housemates, petnameOf }: Deps, caller: Caller & { persona: string }, { words, tags, from }: SearchQuery): Promise<string[]> {
  if (words.length === 0 || tags.length + from.length > 0) return [];
  const names = await views.ask((all) => all.names.all());
  const found: string[] = [];
  for (const { persona, handle } of housemates.all()) {
    const petname = petnameOf(caller.persona, persona);
    const own = [...names.get(persona) ?? [], ...handle.split(/[._-]/), ...(petname === undefined ? [] : wordsIn(petname))];
    if (words.every((word) => own.some((one) => one.startsWith(word))) && isSeen(gate, caller, persona) && found.push(persona) === NAMED) break;
  }
  return found;
}

// The one tag that is being typed, or the last word.
const tagsFor = ({ search }: Views, { persona }: { persona: string }, { words, tags, from }: SearchQuery): string[] => {
  const start = tags.findLast((tag) => !tag.startsWith(':')) ?? words.at(-1);
  return start === undefined || from.length > 0 ? [] : search.tags(persona, start, TAGS);
};
