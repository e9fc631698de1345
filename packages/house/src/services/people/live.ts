import type { Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { OnError } from '../../journal.ts';
import { linksOf } from './links.ts';
import { PEOPLE } from './types.ts';

interface Ear { caller: Caller & { persona: string }; listen(event: { type: string; data: string }): void }

/**
 * Tells people that something changed in who follows them, asks to, or is followed by them, here or on another of their devices:
 * `people` with `{requests}`, how many wait. Nobody hears of anybody else's.
 */
export function makeLive({ gate, feed, onError }: { gate: Gate; feed: Feed; onError: OnError }) {
  const ears = new Set<Ear>();
  const due = new Set<string>();
  const tellDue = () => {
    const owners = new Set(due);
    due.clear();
    for (const ear of ears) if (owners.has(ear.caller.persona)) tellOne(ear);
  };
  const tellOne = (ear: Ear) => {
    try {
      const requests = new Set(linksOf(gate, ear.caller, 'requests').map(({ link }) => link.persona)).size;
      ear.listen({ type: 'people', data: JSON.stringify({ requests }) });
    } catch (error) { onError(error); }
  };
  feed.listen(PEOPLE, ({ persona, collection }) => {
    if (collection === 'profile' || ![...ears].some(({ caller }) => caller.persona === persona)) return;
    // The changes of one moment are told as one.
    if (due.size === 0) setImmediate(tellDue);
    due.add(persona);
  });
  return (caller: Ear['caller'], listen: Ear['listen']): (() => void) => {
    const ear: Ear = { caller, listen };
    ears.add(ear);
    return () => { ears.delete(ear); };
  };
}
