import { signal } from '@preact/signals';
import type { Person } from '@commonhold/sdk';
import { client } from './client.ts';
import { feed } from './feed.ts';
import { meet } from './people.ts';
import { readable } from './reading.ts';

/** Where is looked: everything one may read, or one's own posts. */
export type SearchIn = 'all' | 'own';

/** Somebody asks for words: the posts as a list that grows, people and tags beside it. */
function openSearch(q: string, where: SearchIn) {
  const people = signal<readonly Person[]>([]);
  const tags = signal<readonly string[]>([]);
  const posts = feed(`search:${where}:${q}`, async ({ before }) => {
    const found = await readable(client.microblog.search({ q, ...(where === 'own' ? { in: where } : {}), ...(before ? { before } : {}) }));
    if (!before) {
      meet(Object.fromEntries(found.people.map((person) => [person.persona, person])));
      people.value = found.people;
      tags.value = found.tags;
    }
    return found.posts;
  });
  return { q, where, posts, people, tags };
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
