import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { ownPost } from './own.ts';
import { isWide } from './quoting.ts';
import { MICROBLOG } from './types.ts';

type Somebody = Caller & { persona: string };
const MOST = 5;

/** The keys of the posts that somebody has pinned, as far as the caller may know; the first one first. */
export function pinsOf(gate: Gate, caller: Caller, persona: string): string[] {
  const item = gate.reader(caller, persona, MICROBLOG).get('pins', 'self');
  return item ? (JSON.parse(item.body) as { posts: string[] }).posts : [];
}

/**
 * Writes the pins. They are for everyone only where each of them is: to whom a post is not shown, its name is not told either. What is
 * for few, or gone, is pinned no more.
 */
export function putPins(tx: Transactor, gate: Gate, owner: Somebody, keys: readonly string[]): string[] {
  const reader = gate.reader(owner, owner.persona, MICROBLOG);
  const posts = keys.map((key) => ({ key, audience: reader.get('posts', key)?.audience ?? '' })).filter(({ audience }) => isWide(audience));
  if (posts.length > 0) tx.put('pins', { key: 'self', body: { posts: posts.map(({ key }) => key) }, audience: posts.every(({ audience }) => audience === 'everyone') ? 'everyone' : 'house' });
  else tx.remove('pins', 'self');
  return posts.map(({ key }) => key);
}

/** After one's own post was removed, or is for others now: its pin follows. In the same write. */
export function followPins(tx: Transactor, gate: Gate, owner: Somebody, key: string): void {
  const keys = pinsOf(gate, owner, owner.persona);
  if (keys.includes(key)) putPins(tx, gate, owner, keys);
}

/** Puts one's own post before the others on one's page, the newest pin first. Refuses `pin_full`, `pin_narrow` (it is for few), `post_unknown`. */
export const makePin = ({ gate }: { gate: Gate }) => (caller: Somebody, key: string): Promise<{ pinned: string[] }> =>
  gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const { audience } = ownPost(gate, caller, key);
    if (!isWide(audience)) throw new Refusal('conflict', 'pin_narrow', 'Only what is for the house or for everyone can be pinned.');
    const pinned = pinsOf(gate, caller, caller.persona);
    if (pinned.includes(key)) return { pinned };
    if (pinned.length >= MOST) throw new Refusal('conflict', 'pin_full', `At most ${MOST} posts can be pinned. Unpin one first.`);
    return { pinned: putPins(tx, gate, caller, [key, ...pinned]) };
  });

/** Takes it from there. Fine when it was not pinned. */
export const makeUnpin = ({ gate }: { gate: Gate }) => (caller: Somebody, key: string): Promise<{ pinned: string[] }> =>
  gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const pinned = pinsOf(gate, caller, caller.persona);
    return { pinned: pinned.includes(key) ? putPins(tx, gate, caller, pinned.filter((one) => one !== key)) : pinned };
  });
