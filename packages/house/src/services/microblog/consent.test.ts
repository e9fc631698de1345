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
interface Now { key: string; chosen: Quotable; said: Quotable | undefined; audience: string; follows: boolean; blocked: boolean; quotes: Quote[] }
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const isWide = ({ audience }: Now): boolean => audience === 'house' || audience === 'everyone';
const agrees = (now: Now): boolean => {
  const by = now.said ?? now.chosen;
  return isWide(now) && !now.blocked && (by === 'anyone' || (by === 'followers' && now.follows));
};
const refOf = ({ key }: Now) => ({ persona: ada.persona, key });

/** What each step does to the house, and to the account beside it. */
const DO: { [K in Step['does']]: (now: Now, one: Extract<Step, { does: K }>) => Promise<unknown> } = {
  choose: (now, { quotes }) => { now.chosen = quotes; return microblog.setChoices(ada, { quotes, counts: false }); },
  say: (now, { quotes }) => { now.said = quotes; return microblog.setQuotable(ada, now.key, quotes); },
  narrow: (now, { audience }) => { now.audience = audience; return microblog.setAudience(ada, now.key, audience); },
  follow: async (now) => { if (!now.blocked) { now.follows = true; await people.follow(bob, ada.persona); } },
  unfollow: (now) => { now.follows = false; return people.unfollow(bob, ada.persona); },
  block: (now) => { now.blocked = true; now.follows = false; return people.block(ada, bob.persona); },
  unblock: (now) => { now.blocked = false; return people.unblock(ada, bob.persona); },
  quote: async (now, { audience }) => {
    const may = agrees(now) && (audience === 'house' || now.audience === 'everyone');
    const made = await microblog.post(bob, { text: 'look', audience, quote: refOf(now) }).catch(() => null);
    assert.equal(made !== null, may, `quoting for ${audience}: ${JSON.stringify(now)}`);
    if (made) now.quotes.push({ key: made.key, audience, noted: true, withdrawn: false });
  },
  forge: async (now, { audience }) => {
    const body = { text: 'look', createdAt: trial.clock.ms, quote: refOf(now) };
    const { items } = await gate.data.put(bob, { persona: bob.persona, service: 'microblog', collection: 'posts' }, { items: [{ body, audience }] });
    now.quotes.push({ key: items[0]!.key, audience, noted: false, withdrawn: false });
  },
  withdraw: async ({ quotes: [first], blocked, key }) => { if (first && !blocked) { first.withdrawn = true; await microblog.withdraw(ada, key, { persona: bob.persona, key: first.key }); } },
};

async function checkAll(now: Now): Promise<void> {
  for (const quote of now.quotes) {
    for (const reader of quote.audience === 'everyone' ? [cleo, ANYONE] : [cleo]) {
      const { items } = JSON.parse(await microblog.thread(reader, bob.persona, quote.key)) as { items: PostItem[] };
      const reads = isWide(now) && (reader !== ANYONE || now.audience === 'everyone') && !now.blocked;
      const due = !reads ? 'hidden' : quote.withdrawn ? 'withdrawn' : quote.noted || agrees(now) ? 'shown' : 'hidden';
      assert.equal(items[0]!.quoted?.state, due, JSON.stringify({ ...now, ...quote }));
    }
  }
}

test('whoever quotes by whatever way, and whatever changes: a quote is shown to those alone for whom the post is, while its author agrees or has agreed, and never across a block', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
    trial.clock.ms += 1000;
    await people.unblock(ada, bob.persona);
    await people.unfollow(bob, ada.persona);
    await microblog.setChoices(ada, { quotes: 'anyone', counts: false });
    await outbox.idle();
    const { key } = await microblog.post(ada, { text: 'words', audience: 'everyone' });
    const now: Now = { key, chosen: 'anyone', said: undefined, audience: 'everyone', follows: false, blocked: false, quotes: [] };
    for (const one of steps) {
      await (DO[one.does] as (of: Now, one: Step) => Promise<unknown>)(now, one);
      await outbox.idle();
    }
    await checkAll(now);
  }), { numRuns: 40, seed: 11 });
  assert.deepEqual(trial.errors, []);
});
