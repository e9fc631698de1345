import { signal } from '@preact/signals';
import { ApiError, type Page, type Person } from '@commonhold/sdk';
import { searchKept } from '../offline/search.ts';
import { client } from './client.ts';
import { feed } from './feed.ts';
import { meet } from './people.ts';
import { readable } from './reading.ts';
import { myPersona } from './session.ts';

/** Where is looked: everything one may read, or one's own posts. */
export type SearchIn = 'all' | 'own';

/* No answer at all, or a proxy's for a house that is away. */
const isAway = (error: unknown): boolean => error instanceof ApiError && (error.status === 0 || (error.status >= 502 && error.status <= 504));

/** Somebody asks for words: the posts as a list that grows, people and tags beside it. */
function openSearch(q: string, where: SearchIn) {
  const people = signal<readonly Person[]>([]);
  const tags = signal<readonly string[]>([]);
  const fromHere = signal(false);
  const show = (found: { people: readonly Person[]; tags: readonly string[] }, here: boolean): void => {
    meet(Object.fromEntries(found.people.map((person) => [person.persona, person])));
    people.value = found.people;
    tags.value = found.tags;
    fromHere.value = here;
  };
  const here = async (persona: string): Promise<Page> => {
    const found = await searchKept(persona, q, where === 'own');
    show(found, true);
    return { items: found.posts, people: found.names, next: null, newest: null };
  };
  const posts = feed(`search:${where}:${q}`, async ({ before }) => {
    try {
      const found = await readable(client.microblog.search({ q, ...(where === 'own' ? { in: where } : {}), ...(before ? { before } : {}) }));
      if (!before) show(found, false);
      return found.posts;
    } catch (error) {
      const persona = myPersona.peek();
      if (before || persona === null || !isAway(error)) throw error;
      // Where nothing is kept, the house's silence is all there is to say.
      return here(persona).catch(() => { throw error; });
    }
  });
  return { q, where, posts, people, tags, /** Found in this browser, since the house did not answer. */ fromHere };
}

/** What `openSearch` makes. */
export type Search = ReturnType<typeof openSearch>;

const recent = new Map<string, Search>();

/** A search, made once: going back finds it as it was. */
export function searchFor(q: string, where: SearchIn): Search {
  const name = `${where}:${q}`;
  let found = recent.get(name);
  if (!found) recent.set(name, found = openSearch(q, where));
  return found;
}
