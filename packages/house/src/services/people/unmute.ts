import type { Caller } from '../../firewall/caller.ts';
import type { Muted } from './mute.ts';
import type { PeopleDeps } from './profile.ts';
import { unlink } from './unlink.ts';

/** Mutes somebody no more. */
export const makeUnmute = ({ gate }: Pick<PeopleDeps, 'gate'>) => async (caller: Caller & { persona: string }, persona: string): Promise<Muted> => {
  await unlink(gate, caller, persona, 'mute');
  return { muted: false, until: null };
};
