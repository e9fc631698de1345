import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { unknownPost } from './own.ts';
import type { ReadDeps } from './timeline.ts';
import { MICROBLOG, type PostBody, type Ref } from './types.ts';

/** As many are named at once. */
const MOST = 500;

/**
 * Who voted what in a poll of the caller's own, the first one first, as JSON text: `{votes: [{by: Person, choices}], more}`. Whom a block
 * parts from the caller is not named, but counted in `more`. Refuses `post_unknown`, also for others' posts, and `no_poll`.
 */
export const makeVotesOf = ({ gate, views, personOf, apart }: ReadDeps) => async (caller: Caller & { persona: string }, { persona, key }: Ref): Promise<string> => {
  // Whosever post is asked about, the caller's own are looked at: others' look all the same.
  const reader = gate.reader(caller, caller.persona, MICROBLOG);
  const own = reader.get('posts', key);
  const ballots = await views.ask(({ polls }) => polls.ballots(caller.persona, key));
  if (persona !== caller.persona || !own) throw unknownPost();
  if (!(JSON.parse(own.body) as PostBody).poll) throw new Refusal('invalid', 'no_poll', 'This post asks nothing.');
  const voters = new Map<string, string>();
  for (const { key: ballot, author } of ballots) {
    const found = voters.has(author) ? null : reader.get('ballots', ballot);
    if (found) voters.set(author, JSON.stringify((JSON.parse(found.body) as { choices: number[] }).choices));
  }
  const named = [...voters].filter(([voter]) => !apart(caller.persona, voter)).slice(0, MOST);
  return `{"votes":[${named.map(([voter, choices]) => `{"by":${personOf(caller, voter)},"choices":${choices}}`).join(',')}],"more":${voters.size - named.length}}`;
};
