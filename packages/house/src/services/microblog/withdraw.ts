import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { Transactor } from '../../firewall/transactor.ts';
import { ownPost, unknownPost } from './own.ts';
import { hydrate } from './hydrate.ts';
import { nameOf } from './marks.ts';
import { asItIs } from './post.ts';
import type { OwnDeps } from './remove.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type PostItem, type Quotable, type Ref } from './types.ts';

type Somebody = Caller & { persona: string };

/**
 * Withdraws one's own post from a post that quotes it: nobody is shown it there any more, whatever else changes. `post`: the key of one's
 * own. Doing it twice changes nothing. Refuses `post_unknown`, also where the caller knows of no such quote.
 */
export const makeWithdraw = ({ gate, views, turns, now }: OwnDeps) => (caller: Somebody, key: string, by: Ref): Promise<void> => turns(caller.persona, async () => {
  const own = nameOf({ persona: caller.persona, key });
  const { standing, quotes } = await views.ask(({ quotes: view }) => ({ standing: view.standing([nameOf(by)]), quotes: view.laneOf(nameOf(by), own) !== null }));
  const pair = `${nameOf(by)} ${own}`;
  const knows = standing.noted.has(pair) || standing.withdrawn.has(pair) || (quotes && hydrate(gate, caller, [by]).length > 0);
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const post = ownPost(gate, caller, key);
    if (!knows) throw unknownPost();
    if (!standing.withdrawn.has(pair)) tx.put('unquoted', { body: { post: key, by: { persona: by.persona, key: by.key }, createdAt: now() }, audience: audienceFor(post.audience) });
  });
});

// What says that a post was withdrawn is for nobody beyond its readers; there is none for its author alone.
const audienceFor = (post: string): string => (post === 'only-me' ? 'close' : post);

/** What says so goes with the post to its new readers, in the same write. */
export function moveWithdrawn(tx: Transactor, gate: Gate, owner: Somebody, keys: readonly string[], audience: string): void {
  for (const key of keys) {
    const item = gate.reader(owner, owner.persona, MICROBLOG).get('unquoted', key);
    if (item && tx.remove('unquoted', key)) tx.put('unquoted', { body: JSON.parse(item.body) as Record<string, string>, audience: audienceFor(audience) });
  }
}

interface QuotableDeps extends OwnDeps { show: (caller: Somebody, refs: readonly Ref[]) => Promise<Shown> }

/** Says of one's own post who may quote it from now on; what quotes it already does. Refuses `post_unknown`. */
export const makeSetQuotable = ({ gate, turns, show }: QuotableDeps) => (caller: Somebody, key: string, quotes: Quotable): Promise<PostItem> => turns(caller.persona, async () => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    const { body } = ownPost(gate, caller, key);
    if (body.quotes !== quotes) tx.put('posts', { key, body: { ...body, quotes } as unknown as Record<string, string> });
  });
  return asItIs(show, caller, { persona: caller.persona, key });
});
