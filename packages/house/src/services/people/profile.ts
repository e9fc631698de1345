import { Refusal } from '@commonhold/core';
import { personaOf, type Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { KeysSince } from '../../firewall/identity.ts';
import type { Known } from '../../firewall/relations.ts';
import type { Housemate, Housemates } from '../shared/housemates.ts';
import { linksOf } from './links.ts';
import { PEOPLE, type Profile, type ProfileBody, type WholeProfile } from './types.ts';

/** What people's verbs need; `relations` are asked only about the caller themselves; `onUnblocked` hears who is blocked no more by somebody. */
export interface PeopleDeps { gate: Gate; housemates: Housemates; relations: Relations; now(): number; onUnblocked(persona: string): void }

interface Relations {
  between(owner: string, other: string): readonly string[];
  apart(one: string, other: string): boolean;
  mutedUntil(owner: string, other: string): number;
  knownAs(owner: string, other: string): Known | null;
}

/** Somebody's profile by persona id or handle. Refuses `person_unknown`: for strangers, also where they may not read it. */
export const makeProfile = (deps: PeopleDeps) => (caller: Caller, who: string): WholeProfile => {
  const mate = deps.housemates.find(who);
  const asked = askedOf(deps.gate, caller);
  // Whoever is not here is looked for like anybody: it takes the same to be told of nobody.
  const read = profileBody(deps.gate, caller, mate?.persona ?? who);
  // Whoever comes from another house has none here until it was brought along; to themselves they are there all the same.
  const body = read ?? (mate && mate.persona === personaOf(caller) ? { name: mate.handle } : null);
  if (!mate || !body) throw unknown();
  return { ...describe(deps, caller, { mate, body }, asked), ...more(deps, caller, mate.persona, body) };
};

/** What only a whole profile says. */
function more({ gate, relations }: PeopleDeps, caller: Caller, persona: string, { banner, fields }: ProfileBody): Pick<WholeProfile, 'banner' | 'fields' | 'verified'> {
  const me = personaOf(caller);
  const verified = me === null ? undefined : relations.knownAs(me, persona)?.verified;
  const since: KeysSince | null = (verified && gate.keys(persona, verified.key)?.since) ?? null;
  return { ...(banner && { banner }), ...(fields && { fields }), ...(verified && { verified: { ...verified, since } }) };
}

/** The refusal for whom one cannot see, and for who is not there. */
export const unknown = (): Refusal => new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');

/** Whom the caller has asked and waits for. */
export function askedOf(gate: Gate, caller: Caller): ReadonlySet<string> {
  return !('persona' in caller) ? new Set() : new Set(linksOf(gate, caller, 'asked').map(({ link }) => link.persona));
}

/** The body of a profile as the caller may read it, or null. */
export function profileBody(gate: Gate, caller: Caller, persona: string): ProfileBody | null {
  const item = gate.reader(caller, persona, PEOPLE)?.get('profile', 'self');
  return item ? JSON.parse(item.body) as ProfileBody : null;
}

/** A person whose profile the caller may read, as a list shows them. */
export function describe({ gate, relations, now }: PeopleDeps, caller: Caller, { mate: { persona, handle, joinedAt }, body }: { mate: Housemate; body: ProfileBody }, asked: ReadonlySet<string>): Profile {
  const { name, bio, locked, picture } = body;
  const me = personaOf(caller);
  const mine = me === null ? [] : relations.between(me, persona);
  const until = me === null ? 0 : relations.mutedUntil(me, persona);
  const muted = until > now();
  const petname = me === null ? undefined : relations.knownAs(me, persona)?.petname;
  return {
    ...gate.standing(persona), blocked: mine.includes('block'), muted, mutedUntil: muted && until !== Infinity ? until : null,
    persona, handle, name, ...(petname === undefined ? {} : { petname }), ...(picture && { picture: picture.small ?? picture.full }), bio: bio ?? null, joinedAt, me: me === persona, locked: locked ?? false,
    follows: mine.includes('follow'), asked: asked.has(persona), followsYou: mine.includes('follower'), close: mine.includes('close'),
  };
}
