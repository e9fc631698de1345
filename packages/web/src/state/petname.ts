import type { Person } from '@commonhold/sdk';
import { ownNameOf, type Called } from './called.ts';
import { client } from './client.ts';
import { directory, known, lineOf } from './people.ts';
import { profileOf } from './profile.ts';
import { hearRings } from './rings.ts';

/** Calls somebody by a name of the reader's own, or by theirs again (null): on this page at once when the house has it, which may throw. */
export async function setPetname(person: Person, petname: string | null): Promise<void> {
  const { persona, handle } = person;
  await (petname === null ? client.people.dropPetname(persona) : client.people.setPetname(persona, petname));
  const own = ownNameOf(person);
  const called = <P extends Called>({ petname: _old, ownName: _own, ...rest }: P): P => ({ ...rest, name: petname ?? own, ...(petname === null ? {} : { petname, ownName: own }) }) as P;
  known.value = { ...known.peek(), [persona]: called(known.peek()[persona] ?? lineOf(person)) };
  directory.value = directory.peek()?.map((one) => (one.persona === persona ? called(one) : one)) ?? null;
  for (const who of [handle, persona]) {
    const open = profileOf(who).person;
    if (open.peek()) open.value = called(open.peek()!);
  }
  void hearRings();
}
