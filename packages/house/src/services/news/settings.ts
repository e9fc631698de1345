import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { stateOf } from './state.ts';
import { KINDS, type NewsSettings, type Wanted } from './types.ts';

/** Which kinds of news the caller wants, and their quiet hours. */
export const makeSettings = ({ gate }: { gate: Gate }) => (caller: Caller & { persona: string }): NewsSettings => {
  const { kinds, quiet } = stateOf(gate, caller);
  return { ...Object.fromEntries(KINDS.map((kind) => [kind, kinds.has(kind)])) as Wanted, quiet };
};
