import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Housemate, Housemates } from '../shared/housemates.ts';
import { PEOPLE, type Profile, type ProfileBody } from './types.ts';

/** What people's verbs need; `relations` are asked only about the caller themselves; `onUnblocked` hears who is blocked no more by somebody. */
export interface PeopleDeps { gate: Gate; housemates: Housemates; relations: Relations; now(): number; onUnblocked(persona: string): void }

interface Relations {
  between(owner: string, other: string): readonly string[];
  apart(one: string, other: string): boolean;
  mutedUntil(owner: string, other: string): number;
}

/** Somebody's profile by persona id or handle. Refuses `person_unknown`: for strangers, also where they may not read it. */
export const makeProfile = (deps: PeopleDeps) => (caller: Caller, who: string): Profile => {
  const mate = deps.housemates.find(who);
  const profile = mate ? describe(deps, caller, mate) : null;
  if (!profile) throw new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
  return profile;
};

/** A person as the caller may see them, or null where the contract of people does not let them. */
export function describe({ gate, relations, now }: PeopleDeps, caller: Caller, { persona, handle, joinedAt }: Housemate): Profile | null {
  const item = gate.reader(caller, persona, PEOPLE)?.get('profile', 'self');
  if (!item) return null;
  const { name, bio } = JSON.parse(item.body) as ProfileBody;
  const me = personaOf(caller);
  const mine = me === null ? [] : relations.between(me, persona);
  const until = me === null ? 0 : relations.mutedUntil(me, persona);
  const muted = until > now();
  return {
    blocked: mine.includes('block'), muted, mutedUntil: muted && until !== Infinity ? until : null,
    persona, handle, name, bio: bio ?? null, joinedAt, me: me === persona,
    follows: mine.includes('follow'), followsYou: mine.includes('follower'),
  };
}
