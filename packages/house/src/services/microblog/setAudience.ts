import { Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { KeptRef } from '../../views/kept.ts';
import { answersTo, upTo } from './audiences.ts';
import { ownPost } from './own.ts';
import { moveKept } from './follow-up.ts';
import { nameOf } from './marks.ts';
import { parentOf } from './parent.ts';
import { followPins } from './pins.ts';
import { asItIs } from './post.ts';
import { checkQuoteReach, offerQuote } from './quoting.ts';
import { type OwnDeps } from './remove.ts';
import type { Shown } from './show.ts';
import { moveWithdrawn } from './withdraw.ts';
import { MICROBLOG, type PostBody, type PostItem, type Ref } from './types.ts';

interface Deps extends OwnDeps { show: (caller: Caller & { persona: string }, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Says anew who may read one's own post: it leaves one lane for another with its earlier wordings; likes stay. Replies that the caller
 * keeps under it go with it as far as they were written for its readers, and never to more. A reply stays within what it answers.
 * What quotes a post stays within that post. Refuses `reply_too_wide`, `quote_too_wide`, `post_unknown`.
 */
export const makeSetAudience = ({ gate, views, turns, suite, now, show }: Deps) => (caller: Caller & { persona: string }, key: string, audience: string): Promise<PostItem> =>
  turns(caller.persona, async () => {
    const { replyTo } = ownPost(gate, caller, key).body;
    const { versions, kept, parent, withdrawn } = await views.ask((all) => ({
      versions: all.versions.keys(caller.persona, key), kept: all.kept.under(caller.persona, key), parent: replyTo ? all.kept.of(replyTo.persona, replyTo.key) : null,
      withdrawn: all.quotes.about(caller.persona, nameOf({ persona: caller.persona, key })).withdrawn,
    }));
    await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
      const post = ownPost(gate, caller, key);
      if (post.audience === audience) return;
      const allowed = allowedFor({ gate }, caller, post, parent);
      if (!allowed.some((one) => one === audience)) {
        throw new Refusal('invalid', 'reply_too_wide', 'A reply cannot reach further than what it answers.', { field: '/audience', expected: allowed.join(', ') });
      }
      checkWithin({ gate }, caller, post, audience);
      tx.put('posts', { key, body: post.body as unknown as Json, audience });
      for (const version of versions) {
        const item = gate.reader(caller, caller.persona, MICROBLOG)?.get('post_versions', version);
        if (item) tx.put('post_versions', { key: version, body: JSON.parse(item.body) as Json, audience });
      }
      moveKept(tx, suite, now(), kept, () => audience);
      moveWithdrawn(tx, gate, caller, withdrawn, audience);
      followPins(tx, gate, caller, key);
      if (post.body.quote) offerQuote({ gate, suite, tx }, caller, { key, audience, quote: post.body.quote, createdAt: post.body.createdAt });
    });
    return asItIs(show, caller, { persona: caller.persona, key });
  });

// What it quotes may be gone, or closed to its author by now: then it may become narrower and no more.
function checkWithin({ gate }: Pick<Deps, 'gate'>, caller: Caller & { persona: string }, { body: { quote }, audience: was }: { body: PostBody; audience: string }, audience: string): void {
  if (!quote || upTo(was).some((one) => one === audience)) return;
  checkQuoteReach(gate.reader(caller, quote.persona, MICROBLOG).get('posts', quote.key)?.audience ?? was, audience);
}

// What a reply answers may be gone, or closed to its author by now: then it may become narrower and no more.
function allowedFor(deps: Pick<Deps, 'gate'>, caller: Caller & { persona: string }, { body, audience }: { body: PostBody; audience: string }, kept: KeptRef | null): readonly string[] {
  if (body.handed) return ['only-me'];
  if (!body.replyTo) return upTo('everyone');
  const parent = parentOf(deps.gate, caller, body.replyTo, kept);
  const narrower = upTo(audience);
  return parent ? [...narrower, ...answersTo(parent.audience, parent.owner === caller.persona)] : narrower;
}
