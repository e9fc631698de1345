import type { Audience, PostItem } from '@commonhold/sdk';
import { AUDIENCES } from '../words/audience.ts';

/** Whom an answer to a post may be for. `kept`: it goes to the author of the conversation's first post, who keeps it beside that post. */
export interface AnswerTo { choices: readonly Audience[]; first: Audience; kept: { by: string; audience: 'close' | 'followers' } | null }

/** What an answer to a post may be. A post for close people or followers keeps its answers with it: there is nothing to choose. */
export function answerTo(item: PostItem): AnswerTo {
  const choices = AUDIENCES.filter((audience) => (item.replyAudiences ?? [item.audience]).includes(audience));
  const like = choices.includes(item.audience);
  const first = like ? item.audience : choices.at(-1) ?? 'only-me';
  const kept = !like && (item.audience === 'close' || item.audience === 'followers')
    ? { by: item.keptBy ?? item.body.root?.persona ?? item.persona, audience: item.audience } : null;
  return { choices: choices.length ? choices : [first], first, kept };
}

/** What a post that quotes may be: for no more people than the quoted one, and as narrow as one likes. */
export function quoteOf(item: PostItem, last: Audience | null): AnswerTo {
  const choices = AUDIENCES.slice(0, AUDIENCES.indexOf(item.audience) + 1);
  return { choices, first: last && choices.includes(last) ? last : item.audience, kept: null };
}
