import { signal } from '@preact/signals';
import { ApiError, type WholeProfile } from '@commonhold/sdk';
import { client } from './client.ts';
import { makeTurns } from './latest.ts';
import { directory, linesOf, meet } from './people.ts';

/** A profile that is open; starts with what the directory knows. */
export function openProfile(who: string) {
  const person = signal<WholeProfile | null>(directory.peek()?.find((one) => one.handle === who || one.persona === who) ?? null);
  const fault = signal<unknown>(null);
  const turns = makeTurns();
  return {
    person, fault,
    /** Asks the house. What is shown already stays when it does not answer. */
    async load(): Promise<void> {
      fault.value = null;
      const isNewest = turns();
      try {
        const found = await client.people.get(who);
        meet(linesOf([found]));
        if (isNewest()) person.value = found;
      } catch (error) {
        if (!isNewest()) return;
        if (error instanceof ApiError && error.status === 404) person.value = null;
        if (person.peek() === null) fault.value = error;
      }
    },
    /** Shows a change before or after the house knows it. */
    change(part: Partial<WholeProfile>): void {
      if (person.peek()) person.value = { ...person.peek()!, ...part };
    },
  };
}

const open = new Map<string, ReturnType<typeof openProfile>>();

/** The profile of `who` (handle or persona id), made once. */
export function profileOf(who: string): ReturnType<typeof openProfile> {
  let found = open.get(who);
  if (!found) open.set(who, found = openProfile(who));
  return found;
}
