import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { stateOf } from './state.ts';
import { KINDS, type NewsSettings } from './types.ts';

/** Which kinds of news the caller wants. */
export const makeSettings = ({ gate }: { gate: Gate }) => (caller: Caller & { persona: string }): NewsSettings => {
  const { kinds } = stateOf(gate, caller);
  return Object.fromEntries(KINDS.map((kind) => [kind, kinds.has(kind)])) as NewsSettings;
};
