import type { Caller } from '../../firewall/caller.ts';
import type { PeopleDeps } from './profile.ts';
import { unlink } from './unlink.ts';

/** Blocks somebody no more; whom they followed before is not followed again by itself. */
export const makeUnblock = ({ gate, onUnblocked }: Pick<PeopleDeps, 'gate' | 'onUnblocked'>) => async (caller: Caller & { persona: string }, persona: string): Promise<{ blocked: boolean }> => {
  await unlink(gate, caller, persona, 'block');
  onUnblocked(persona);
  return { blocked: false };
};
