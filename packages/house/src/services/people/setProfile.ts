import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { PEOPLE, type ProfileBody } from './types.ts';

/** Changes the caller's own name and words about themselves. Refuses `bad_name`, `bad_body`. */
export const makeSetProfile = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, wanted: ProfileBody): Promise<void> => {
  const name = wanted.name.trim();
  if (name === '') throw new Refusal('invalid', 'bad_name', 'A name needs some letters.', { field: '/name', expected: 'at least one letter' });
  const body = { name, ...(wanted.bio ? { bio: wanted.bio } : {}) };
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => tx.put('profile', { key: 'self', body }));
};
