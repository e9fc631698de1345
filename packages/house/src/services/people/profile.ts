import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Housemate, Housemates } from '../shared/housemates.ts';
import { linksOf } from './links.ts';
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
  const asked = askedOf(deps.gate, caller);
  // Whoever is not here is looked for like anybody: it takes the same to be told of nobody.
  const profile = mate ? describe(deps, caller, mate, asked) : profileBody(deps.gate, caller, who) && null;
  if (!profile) throw unknown();
  return profile;
};

/** The refusal for whom one cannot see, and for who is not there. */
export const unknown = (): Refusal => new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');

/** Whom the caller has asked and waits for. */
export function askedOf(gate: Gate, caller: Caller): ReadonlySet<string> {
  return caller.kind === 'anyone' ? new Set() : new Set(linksOf(gate, caller, 'asked').map(({ link }) => link.persona));
}

/** The body of a profile as the caller may read it, or null. */
export function profileBody(gate: Gate, caller: Caller, persona: string): ProfileBody | null {
  const item = gate.reader(caller, persona, PEOPLE)?.get('profile', 'self');
  return item ? JSON.parse(item.body) as ProfileBody : null;
}

/** A person as the caller may see them, or null where the contract of people does not let them. */
export function describe({ gate, relations, now }: PeopleDeps, caller: Caller, { persona, handle, joinedAt }: Housemate, asked: ReadonlySet<string>): Profile | null {
  const body = profileBody(gate, caller, persona);
  if (!body) return null;
  const { name, bio, locked } = body;
  const me = personaOf(caller);
  const mine = me === null ? [] : relations.between(me, persona);
  const until = me === null ? 0 : relations.mutedUntil(me, persona);
  const muted = until > now();
  return {
    ...gate.standing(persona), blocked: mine.includes('block'), muted, mutedUntil: muted && until !== Infinity ? until : null,
    persona, handle, name, bio: bio ?? null, joinedAt, me: me === persona, locked: locked ?? false,
    follows: mine.includes('follow'), asked: asked.has(persona), followsYou: mine.includes('follower'), close: mine.includes('close'),
  };
}
