import { signal } from '@preact/signals';
import type { Person, Profile } from '@commonhold/sdk';
import { client } from './client.ts';

/** Everyone whose name is known to this page, by persona id. */
export const known = signal<Readonly<Record<string, Person>>>({});
/** The people of the house, once asked for. */
export const directory = signal<readonly Profile[] | null>(null);

/** Takes in names that came with posts. */
export function meet(people: Readonly<Record<string, Person>>): void {
  const news = Object.values(people).some((person) => {
    const had = known.peek()[person.persona];
    return had?.name !== person.name || had.handle !== person.handle;
  });
  if (news) known.value = { ...known.peek(), ...people };
}

/** Asks for the people of the house. */
export async function loadDirectory(): Promise<readonly Profile[]> {
  const { people } = await client.people.list();
  meet(Object.fromEntries(people.map(({ persona, handle, name }) => [persona, { persona, handle, name }])));
  return directory.value = people;
}

/** Whether the reader follows somebody; undefined while the directory is not known. */
export const follows = (persona: string): boolean | undefined => directory.value?.find((person) => person.persona === persona)?.follows;

function mark(persona: string, yes: boolean): void {
  directory.value = directory.peek()?.map((person) => person.persona === persona ? { ...person, follows: yes } : person) ?? null;
}

/** Follows or unfollows: shown at once, taken back if the house says no. */
export async function setFollow(persona: string, yes: boolean): Promise<void> {
  mark(persona, yes);
  try {
    await (yes ? client.people.follow(persona) : client.people.unfollow(persona));
  } catch (error) {
    mark(persona, !yes);
    throw error;
  }
}
