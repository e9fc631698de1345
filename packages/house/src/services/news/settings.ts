import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { stateOf } from './state.ts';
import type { NewsSettings } from './types.ts';

/** Which kinds of news the caller wants. */
export const makeSettings = ({ gate }: { gate: Gate }) => (caller: Caller & { persona: string }): NewsSettings => {
  const { kinds } = stateOf(gate, caller);
  return { reply: kinds.has('reply'), like: kinds.has('like'), follow: kinds.has('follow') };
};
