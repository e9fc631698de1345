import { signal } from '@preact/signals';
import type { Following, Person, PostItem, Profile } from '@commonhold/sdk';
import type { Called } from './called.ts';
import { client } from './client.ts';
import { makeTurns } from './latest.ts';

/** Everyone whose name is known to this page, by persona id. */
export const known = signal<Readonly<Record<string, Person>>>({});
/** The people of the house, once asked for. */
export const directory = signal<readonly Profile[] | null>(null);

/** Takes in names that came with posts. */
export function meet(people: Readonly<Record<string, Person>>): void {
  const news = Object.values(people).some((person) => {
    const had = known.peek()[person.persona];
    return had?.name !== person.name || had.handle !== person.handle || had.picture !== person.picture || had.petname !== person.petname;
  });
  if (news) known.value = { ...known.peek(), ...people };
}

/** What a line says of somebody, of all that an answer does. */
export const lineOf = ({ persona, handle, name, petname, picture, ownName }: Called): Called =>
  ({ persona, handle, name, ...(petname === undefined ? {} : { petname, ownName: ownName ?? name }), ...(picture === undefined ? {} : { picture }) });

/** The same for many, to be met. */
export const linesOf = (people: readonly Called[]): Record<string, Called> => Object.fromEntries(people.map((one) => [one.persona, lineOf(one)]));

/** Takes in everybody whom posts name: who wrote them, and who likes one's own or passed them on. */
export function meetAll({ items, people }: { items: readonly PostItem[]; people: Readonly<Record<string, Person>> }): void {
  const others = items.flatMap(({ likes, boosts }) => [...likes?.people ?? [], ...boosts?.people ?? []]);
  meet({ ...linesOf(others), ...people });
}

const turns = makeTurns();

/** Asks for the people of the house. */
export async function loadDirectory(): Promise<readonly Profile[]> {
  const isNewest = turns();
  const { people } = await client.people.list();
  meet(linesOf(people));
  if (isNewest()) directory.value = people;
  return people;
}

/** Asks for the people of the house once; a failure is left to the next time. */
export function needPeople(): void {
  if (!directory.peek()) void loadDirectory().catch(() => undefined);
}

/** Whether the reader follows somebody; undefined while the directory is not known. */
export const follows = (persona: string): boolean | undefined => directory.value?.find((person) => person.persona === persona)?.follows;

/** How the reader stands to somebody, as far as this page knows; a locked person is asked first. */
export const standing = (persona: string): Following & { locked: boolean } | undefined => {
  const person = directory.value?.find((one) => one.persona === persona);
  return person && { follows: person.follows, asked: person.asked ?? false, locked: person.locked ?? false };
};

/** Shows how the reader stands to somebody. */
export function markFollow(persona: string, now: Following): void {
  directory.value = directory.peek()?.map((person) => person.persona === persona ? { ...person, ...now } : person) ?? null;
}
