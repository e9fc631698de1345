import type { Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { Gate } from '../../firewall/gate.ts';
import { linksOf } from './links.ts';
import { PEOPLE } from './types.ts';

interface Ear { caller: Caller & { persona: string }; listen(event: { type: string; data: string }): void }

/**
 * Tells people that something changed in who follows them, asks to, or is followed by them, here or on another of their devices:
 * `people` with `{requests}`, how many wait. Nobody hears of anybody else's.
 */
export function makeLive({ gate, feed }: { gate: Gate; feed: Feed }) {
  const ears = new Set<Ear>();
  const due = new Set<string>();
  const tellDue = () => {
    for (const ear of ears) {
      if (!due.has(ear.caller.persona)) continue;
      const requests = new Set(linksOf(gate, ear.caller, 'requests').map(({ link }) => link.persona)).size;
      ear.listen({ type: 'people', data: JSON.stringify({ requests }) });
    }
    due.clear();
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
