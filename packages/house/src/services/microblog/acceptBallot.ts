import { Refusal, type Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import type { ProvedOffer } from '../../firewall/transactor.ts';
import type { Keeper } from '../../views/keeper.ts';
import type { Turns } from '../shared/turns.ts';
import { MICROBLOG, type Poll, type PostBody } from './types.ts';
import { checkChoices, pollOver } from './vote.ts';

type Somebody = Caller & { persona: string };
interface Deps { gate: Gate; views: Pick<Keeper, 'ask'>; turns: Turns; now(): number }
interface Ballot { post?: unknown; choices?: number[]; createdAt?: number }

/** A vote that was given in time may be so long on its way. */
const LATE_MS = 60_000;

/**
 * Takes a ballot from whoever may read the poll, once per person, and counts anew: the numbers stand in the post itself, which is no
 * new wording of it. Refuses `post_unknown`, `poll_over`, `voted_before`, `bad_choice`, and whatever the contract refuses.
 */
export const makeAcceptBallot = ({ gate, views, turns, now }: Deps) => (author: Somebody, proved: ProvedOffer): Promise<void> => turns(`ballots/${proved.offer.owner}`, async () => {
  const { offer, body } = proved;
  const { owner } = offer;
  const ballot = (body ?? {}) as Ballot;
  const before = await views.ask(({ polls }) => polls.ballots(owner, String(ballot.post)));
  const votedFor = offer.op === 'remove' ? gate.reader({ kind: 'owner', persona: owner }, owner, MICROBLOG).get('ballots', offer.key) : null;
  await gate.transact(author, owner, MICROBLOG, (tx) => {
    if (offer.op === 'put') {
      const item = gate.reader(author, owner, MICROBLOG).get('posts', String(ballot.post));
      const { poll } = item ? JSON.parse(item.body) as PostBody : {} as Partial<PostBody>;
      if (!poll) throw new Refusal('not_found', 'post_unknown', 'The poll is not there.');
      const isAgain = before.some(({ key }) => key === offer.key);
      if (!isAgain && before.some((one) => one.author === author.persona)) throw new Refusal('conflict', 'voted_before', 'You have voted in this poll already.');
      if (!isAgain && now() >= poll.until && !(Number(ballot.createdAt) < poll.until && now() < poll.until + LATE_MS)) throw pollOver();
      checkChoices(poll, ballot.choices ?? []);
    }
    tx.accept(proved);
  });
  const post = offer.op === 'put' ? String(ballot.post) : votedFor && (JSON.parse(votedFor.body) as { post: string }).post;
  if (post !== null) await count({ gate, views }, owner, post);
});

/** Says in a post what its ballots say: each person's first. Writes nothing where nothing changed. */
async function count({ gate, views }: Pick<Deps, 'gate' | 'views'>, persona: string, key: string): Promise<void> {
  const ballots = await views.ask(({ polls }) => polls.ballots(persona, key));
  const owner: Somebody = { kind: 'owner', persona };
  await gate.transact(owner, persona, MICROBLOG, (tx) => {
    const reader = gate.reader(owner, persona, MICROBLOG);
    const item = reader.get('posts', key);
    const body = item && JSON.parse(item.body) as PostBody;
    if (!body?.poll) return;
    const voters = new Set<string>();
    const counts = body.poll.options.map(() => 0);
    for (const { key: ballot, author } of ballots) {
      const found = voters.has(author) ? null : reader.get('ballots', ballot);
      if (!found) continue;
      voters.add(author);
      for (const choice of (JSON.parse(found.body) as { choices: number[] }).choices) if (choice < counts.length) counts[choice]!++;
    }
    const poll: Poll = { ...body.poll, counts, voters: voters.size };
    if (JSON.stringify(poll.counts) === JSON.stringify(body.poll.counts) && poll.voters === body.poll.voters) return;
    tx.put('posts', { key, body: { ...body, poll } as unknown as Json });
  });
}
