import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { LikeDeps } from './like.ts';
import { nameOf } from './marks.ts';
import { asItIs } from './post.ts';
import { unknownPost } from './own.ts';
import type { Shown } from './show.ts';
import { MICROBLOG, type Poll, type PostBody, type PostItem, type Ref } from './types.ts';

type Somebody = Caller & { persona: string };
interface Deps extends LikeDeps { show: (caller: Somebody, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Votes in a poll, once: a record for the caller alone and, in the same transaction, a ballot for its author, who sees who voted what.
 * Voting the same again changes nothing, so that a retry is one vote. Refuses `no_poll`, `vote_self`, `poll_over`, `voted_before`,
 * `bad_choice`, `post_unknown` (denied and absent alike).
 */
export const makeVote = ({ gate, views, turns, now, show }: Deps) => (caller: Somebody, { persona, key }: Ref, wanted: readonly number[]): Promise<PostItem> =>
  turns(caller.persona, async () => {
    const post = gate.reader(caller, persona, MICROBLOG).get('posts', key);
    if (!post) throw unknownPost();
    const { poll } = JSON.parse(post.body) as PostBody;
    if (!poll) throw new Refusal('invalid', 'no_poll', 'This post asks nothing.');
    if (persona === caller.persona) throw new Refusal('invalid', 'vote_self', 'That poll is your own.');
    const choices = checkChoices(poll, wanted);
    const name = nameOf({ persona, key });
    const held = await views.ask(({ marks }) => marks.among(caller.persona, [name]).find(({ kind }) => kind === 'vote'));
    if (held && held.choices !== JSON.stringify(choices)) throw new Refusal('conflict', 'voted_before', 'You have voted in this poll already.');
    if (!held) {
      if (now() >= poll.until) throw pollOver();
      const createdAt = now();
      await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
        const vote = tx.put('votes', { body: { post: { persona, key }, choices, createdAt } });
        tx.effect(persona, { op: 'put', service: MICROBLOG, collection: 'ballots', key: vote.key, body: { post: key, choices, createdAt } });
      });
    }
    return asItIs(show, caller, { persona, key });
  });

/** The refusal for a vote that comes too late. */
export const pollOver = (): Refusal => new Refusal('conflict', 'poll_over', 'This poll has ended.');

/** What somebody chose, in order. Refuses `bad_choice`: what is no answer of the poll, the same twice, or several where one is asked for. */
export function checkChoices({ options, multiple }: Poll, wanted: readonly number[]): number[] {
  const isSound = wanted.length > 0 && new Set(wanted).size === wanted.length && wanted.every((one) => Number.isInteger(one) && one >= 0 && one < options.length);
  if (!isSound || (!multiple && wanted.length > 1)) {
    throw new Refusal('invalid', 'bad_choice', 'Choose among the answers of the poll.', { field: '/choices', expected: `${multiple ? 'some' : 'one'} of 0 to ${options.length - 1}` });
  }
  return wanted.toSorted((a, b) => a - b);
}
