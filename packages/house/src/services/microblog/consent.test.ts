import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ANYONE } from '../../firewall/caller.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import type { PostItem, Quotable } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const { microblog, people, outbox, gate } = trial.house;
const QUOTABLE: readonly Quotable[] = ['anyone', 'followers', 'nobody'];
const AUDIENCES = ['only-me', 'close', 'followers', 'house', 'everyone'];

const step = fc.oneof(
  fc.record({ does: fc.constant('choose' as const), quotes: fc.constantFrom(...QUOTABLE) }),
  fc.record({ does: fc.constant('say' as const), quotes: fc.constantFrom(...QUOTABLE) }),
  fc.record({ does: fc.constantFrom('quote' as const, 'forge' as const), audience: fc.constantFrom('house', 'everyone') }),
  fc.record({ does: fc.constant('narrow' as const), audience: fc.constantFrom(...AUDIENCES) }),
  fc.record({ does: fc.constantFrom('follow' as const, 'unfollow' as const, 'block' as const, 'unblock' as const, 'withdraw' as const) }),
);

interface Quote { key: string; audience: string; noted: boolean; withdrawn: boolean }

test('whoever quotes by whatever way, and whatever changes: a quote is shown to those alone for whom the post is, while its author agrees or has agreed, and never across a block', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
    trial.clock.ms += 1000;
    await people.unblock(ada, bob.persona);
    await people.unfollow(bob, ada.persona);
    await microblog.setChoices(ada, { quotes: 'anyone', counts: false });
    await outbox.idle();
    const post = await microblog.post(ada, { text: 'words', audience: 'everyone' });
    const ref = { persona: ada.persona, key: post.key };
    const now = { chosen: 'anyone' as Quotable, said: undefined as Quotable | undefined, audience: 'everyone', follows: false, blocked: false };
    const quotes: Quote[] = [];
    const isWide = () => now.audience === 'house' || now.audience === 'everyone';
    const agrees = () => { const by = now.said ?? now.chosen; return isWide() && !now.blocked && (by === 'anyone' || (by === 'followers' && now.follows)); };
    for (const one of steps) {
      if (one.does === 'choose') { now.chosen = one.quotes; await microblog.setChoices(ada, { quotes: one.quotes, counts: false }); }
      if (one.does === 'say') { now.said = one.quotes; await microblog.setQuotable(ada, post.key, one.quotes); }
      if (one.does === 'narrow') { now.audience = one.audience; await microblog.setAudience(ada, post.key, one.audience); }
      if (one.does === 'follow' && !now.blocked) { now.follows = true; await people.follow(bob, ada.persona); }
      if (one.does === 'unfollow') { now.follows = false; await people.unfollow(bob, ada.persona); }
      if (one.does === 'block') { now.blocked = true; now.follows = false; await people.block(ada, bob.persona); }
      if (one.does === 'unblock') { now.blocked = false; await people.unblock(ada, bob.persona); }
      if (one.does === 'quote') {
        const may = agrees() && (one.audience === 'house' || now.audience === 'everyone');
        const made = await microblog.post(bob, { text: 'look', audience: one.audience, quote: ref }).catch(() => null);
        assert.equal(made !== null, may, `quoting ${one.audience}: ${JSON.stringify(now)}`);
        if (made) quotes.push({ key: made.key, audience: one.audience, noted: true, withdrawn: false });
      }
      if (one.does === 'forge') {
        const body = { text: 'look', createdAt: trial.clock.ms, quote: ref };
        const { items } = await gate.data.put(bob, { persona: bob.persona, service: 'microblog', collection: 'posts' }, { items: [{ body, audience: one.audience }] });
        quotes.push({ key: items[0]!.key, audience: one.audience, noted: false, withdrawn: false });
      }
      if (one.does === 'withdraw' && quotes[0] && !now.blocked) { quotes[0].withdrawn = true; await microblog.withdraw(ada, post.key, { persona: bob.persona, key: quotes[0].key }); }
      await outbox.idle();
    }
    for (const quote of quotes) {
      for (const reader of [cleo, ANYONE]) {
        if (reader === ANYONE && quote.audience !== 'everyone') continue;
        const { items } = JSON.parse(await microblog.thread(reader, bob.persona, quote.key)) as { items: PostItem[] };
        const reads = isWide() && (reader !== ANYONE || now.audience === 'everyone') && !now.blocked;
        assert.equal(items[0]!.quoted?.state, !reads ? 'hidden' : quote.withdrawn ? 'withdrawn' : quote.noted || agrees() ? 'shown' : 'hidden', JSON.stringify({ ...now, ...quote }));
      }
    }
  }), { numRuns: 40, seed: 11 });
  assert.deepEqual(trial.errors, []);
});
