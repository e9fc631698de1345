import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { keepKnown } from './known.ts';
import { unknown, type PeopleDeps } from './profile.ts';

type Deps = Pick<PeopleDeps, 'gate' | 'housemates' | 'relations' | 'now'>;
type Me = Caller & { persona: string };

/** What a code holds that one shows to somebody in the same room: who one is, and the head of one's key log. */
export interface Code { persona: string; handle: string; key: string }

/** The caller's own code. */
export const makeCode = ({ gate, housemates }: Pick<Deps, 'gate' | 'housemates'>) => ({ persona }: Me): Code => {
  const keys = gate.keys(persona);
  if (!keys) throw unknown();
  return { persona, handle: housemates.handleOf(persona) ?? '', key: keys.head };
};

/**
 * Keeps that the caller met somebody and saw this head of their key log on their own screen. Refuses `person_unknown`, `verify_self`, and
 * `key_differs`: the house holds another head, so one of the two does not say what the other's device says.
 */
export const makeVerify = (deps: Deps) => async (caller: Me, persona: string, key: string): Promise<{ at: number; key: string }> => {
  if (persona === caller.persona) throw new Refusal('invalid', 'verify_self', 'That is you.');
  const keys = deps.housemates.find(persona)?.persona === persona && !deps.relations.apart(caller.persona, persona) ? deps.gate.keys(persona) : null;
  if (!keys) throw unknown();
  if (keys.head !== key) throw new Refusal('conflict', 'key_differs', 'These are not the keys that this house has for them.', { field: '/key' });
  const verified = { at: deps.now(), key };
  await keepKnown(deps, caller, persona, (had) => ({ ...had, verified }));
  return verified;
};

/** Forgets that one met somebody; fine when one never did. */
export const makeUnverify = (deps: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Me, persona: string): Promise<void> => {
  await keepKnown(deps, caller, persona, ({ verified: _verified, ...rest }) => rest);
};
