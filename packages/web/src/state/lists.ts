import { signal } from '@preact/signals';
import type { Person, PostItem, ListOfPeople } from '@commonhold/sdk';
import { client } from './client.ts';
import { dropFeed, openFeed, type Feed } from './feed.ts';
import { known, meet } from './people.ts';

/** The reader's lists of people, by name; null until the house has said. */
export const lists = signal<readonly ListOfPeople[] | null>(null);

const TABS = 'commonhold.list-tabs';

function readTabs(): ReadonlyMap<string, string> {
  try {
    return new Map(JSON.parse(localStorage.getItem(TABS) ?? '[]') as [string, string][]);
  } catch {
    return new Map();
  }
}

/** Which lists stand as tabs over Home, in this browser: their names by key, so that the tabs are there before the lists are. */
export const listTabs = signal(readTabs());

function keepTabs(next: ReadonlyMap<string, string>): void {
  listTabs.value = next;
  try {
    localStorage.setItem(TABS, JSON.stringify([...next]));
  } catch { /* storage is off: the tab lasts for this page */ }
}

/** Puts a list among the tabs of Home. */
export const addListTab = ({ key, name }: Pick<ListOfPeople, 'key' | 'name'>): void => keepTabs(new Map(listTabs.peek()).set(key, name));
/** Takes a list out of the tabs of Home. */
export const dropListTab = (key: string): void => keepTabs(new Map([...listTabs.peek()].filter(([one]) => one !== key)));

const byName = (a: ListOfPeople, b: ListOfPeople): number => a.name.localeCompare(b.name);
const put = (more: readonly ListOfPeople[], gone?: string): void => {
  lists.value = [...(lists.peek() ?? []).filter(({ key }) => key !== gone && !more.some((one) => one.key === key)), ...more].sort(byName);
};

/** Asks the house. */
export async function loadLists(): Promise<void> {
  const answer = await client.microblog.lists();
  meet(Object.fromEntries(answer.lists.flatMap(({ people }) => people.map((person): [string, Person] => [person.persona, person]))));
  lists.value = [...answer.lists].sort(byName);
  keepTabs(new Map(lists.value.filter(({ key }) => listTabs.peek().has(key)).map(({ key, name }) => [key, name])));
}

/** What a list is made of. */
export interface ListWish { name: string; people: string[]; replies: boolean }

/** Makes a list, or makes one another; answers it as it is then. Throws what the house says. */
export async function saveList(key: string | null, wish: ListWish): Promise<ListOfPeople> {
  const { key: made } = await (key === null ? client.microblog.addList(wish) : client.microblog.setList(key, wish));
  const saved = { key: made, ...wish, people: wish.people.flatMap((persona) => known.peek()[persona] ?? []) };
  put([saved]);
  if (listTabs.peek().has(saved.key)) addListTab(saved);
  dropFeed(`list:${saved.key}`);
  return saved;
}

/** Takes a list away from the screen; answers how to put it back. */
export function hideList(key: string): () => void {
  const before = lists.peek();
  put([], key);
  return () => { lists.value = before; };
}

/** Lists that are open and that a post belongs to; without a post, all that are open. */
export function openListFeeds(item?: PostItem): Feed[] {
  const holds = ({ people, replies }: ListOfPeople) => !item || (people.some(({ persona }) => persona === item.persona) && (replies || !item.body.replyTo));
  return (lists.peek() ?? []).filter(holds).flatMap(({ key }) => openFeed(`list:${key}`) ?? []);
}
