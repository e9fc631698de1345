import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { NewsKind } from '../../views/news.ts';
import { KINDS, NEWS, type Quiet, type StateBody } from './types.ts';

/** How far somebody has read, and what they want to be told: a record of their own that nobody else reads. */
export interface State { readUpTo: string; kinds: ReadonlySet<NewsKind>; quiet: Quiet | null }

/** The caller's own mark; everything is wanted and unread until they say otherwise. */
export function stateOf(gate: Gate, caller: Caller & { persona: string }): State {
  const { readUpTo = '', unwantedKinds = [], quiet = null } = bodyOf(gate, caller);
  return { readUpTo, quiet, kinds: new Set(KINDS.filter((kind) => !unwantedKinds.includes(kind))) };
}

/** Changes part of it. */
export async function setState(gate: Gate, caller: Caller & { persona: string }, change: (body: StateBody) => StateBody | null): Promise<void> {
  await gate.transact(caller, caller.persona, NEWS, (tx) => {
    const body = change(bodyOf(gate, caller));
    if (body) tx.put('state', { key: 'self', body: { ...body } });
  });
}

function bodyOf(gate: Gate, caller: Caller & { persona: string }): StateBody {
  const item = gate.reader(caller, caller.persona, NEWS)?.get('state', 'self');
  return item ? JSON.parse(item.body) as StateBody : {};
}
