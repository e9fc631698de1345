import type { Person } from '@commonhold/sdk';

/** Somebody whom the reader calls by a name of their own: `name` is that one, `ownName` the one that they gave themselves. */
export type Called = Person & { ownName?: string };

/** The name that somebody gave themselves. */
export const ownNameOf = (person: Called): string => person.ownName ?? person.name;

interface Line { name: string; petname: string; ownName?: string }
const isLine = (value: object): value is Line => 'petname' in value && 'name' in value && typeof value.petname === 'string' && typeof value.name === 'string';

/**
 * Puts the reader's own name for somebody in place of theirs, wherever an answer of the house names people; theirs stays beside it as
 * `ownName`. At this one place, so that no screen can forget it.
 */
export function callThem<T>(answer: T): T {
  if (Array.isArray(answer)) for (const one of answer) callThem(one);
  else if (typeof answer === 'object' && answer !== null) {
    if (isLine(answer) && answer.ownName === undefined) { answer.ownName = answer.name; answer.name = answer.petname; }
    for (const one of Object.values(answer)) callThem(one);
  }
  return answer;
}

/** `fetch` whose answers name people as the reader calls them. */
export const calling = (ask: typeof fetch): typeof fetch => async (to, how) => {
  const answer = await ask(to, how);
  const read = answer.json.bind(answer);
  answer.json = async () => callThem(await read() as unknown);
  return answer;
};
