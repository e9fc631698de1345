import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { makeSettings } from './settings.ts';
import { setState } from './state.ts';
import { KINDS, type NewsSettings, type Quiet, type Wanted } from './types.ts';

/**
 * Says which kinds of news are wanted: the others are neither listed nor counted nor told. Nothing is lost by it. Quiet hours (as they were,
 * when nothing is said of them) keep nothing back: they ask the reader's screens to announce nothing meanwhile. Refuses `bad_quiet`.
 */
export const makeSetSettings = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, { quiet, ...wanted }: Wanted & { quiet?: Quiet | null }): Promise<NewsSettings> => {
  if (quiet && quiet.from === quiet.to) throw new Refusal('invalid', 'bad_quiet', 'Quiet hours need a beginning and another end.', { field: '/quiet', expected: 'two times' });
  await setState(gate, caller, ({ quiet: before, ...body }) => {
    const hours = quiet === undefined ? before : quiet;
    return { ...body, unwantedKinds: KINDS.filter((kind) => !wanted[kind]), ...(hours && { quiet: hours }) };
  });
  return makeSettings({ gate })(caller);
};
