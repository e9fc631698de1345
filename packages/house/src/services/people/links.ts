import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Item } from '../../firewall/reader.ts';
import { PEOPLE, type LinkBody } from './types.ts';

/** The caller's own links of one relation, from the collection that holds them. */
export function linksOf(gate: Gate, caller: Caller & { persona: string }, collection: 'links' | 'followers', relation: string): { item: Item; link: LinkBody }[] {
  const items = gate.reader(caller, caller.persona, PEOPLE)?.list(collection) ?? [];
  return items.map((item) => ({ item, link: JSON.parse(item.body) as LinkBody })).filter(({ link }) => link.relation === relation);
}
