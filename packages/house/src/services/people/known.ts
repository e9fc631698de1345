import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { knownIn, type Known } from '../../firewall/relations.ts';
import { linksTo } from './links.ts';
import { PEOPLE } from './types.ts';

/**
 * Changes what the caller keeps of somebody for themselves alone. It is one record, whatever several devices made of it, and it goes
 * when nothing is kept any more. A block does not touch it: who somebody was stays known.
 */
export async function keepKnown({ gate, now }: { gate: Gate; now(): number }, caller: Caller & { persona: string }, persona: string, change: (had: Known) => Known): Promise<void> {
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const held = linksTo(gate, caller, persona, 'links', 'known');
    const [first, ...more] = held;
    const had = held.reduce<Known>((all, { link: { petname, verified } }) => ({ ...all, ...knownIn({ petname, verified }) }), {});
    const { petname, verified } = change(had);
    for (const { item } of more) tx.remove('links', item.key);
    if (petname === undefined && !verified) {
      if (first) tx.remove('links', first.item.key);
      return;
    }
    const body = { persona, relation: 'known', createdAt: first?.link.createdAt ?? now(), ...(petname === undefined ? {} : { petname }), ...(verified && { verified: { ...verified } }) };
    tx.put('links', { body, ...(first ? { key: first.item.key } : {}) });
  });
}
