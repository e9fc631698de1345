import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { makeSettings } from './settings.ts';
import { setState } from './state.ts';
import { KINDS, type NewsSettings } from './types.ts';

/** Says which kinds of news are wanted: the others are neither listed nor counted nor told. Nothing is lost by it. */
export const makeSetSettings = ({ gate }: { gate: Gate }) => async (caller: Caller & { persona: string }, wanted: NewsSettings): Promise<NewsSettings> => {
  await setState(gate, caller, (body) => ({ ...body, unwantedKinds: KINDS.filter((kind) => !wanted[kind]) }));
  return makeSettings({ gate })(caller);
};
