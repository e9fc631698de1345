import { Refusal } from '@commonhold/core';

/** The persona of somebody else, by the look of it. Refuses `person_unknown` for what is no persona id, and the caller under `code`. */
export function other(caller: { persona: string }, persona: string, code: string): string {
  if (persona === caller.persona) throw new Refusal('invalid', code, 'That is you.');
  if (!/^c[a-z2-7]{52}$/.test(persona)) throw new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
  return persona;
}
