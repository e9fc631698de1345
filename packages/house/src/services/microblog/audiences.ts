import { narrower, replyAudiences, type Audience } from '@commonhold/core';
import type { Few } from './types.ts';

/** Whom a post may be for, from the narrowest. */
export const AUDIENCES: readonly Audience[] = ['only-me', 'close', 'followers', 'house', 'everyone'];

/** Is a post of this audience one whose author keeps the replies? */
export const isFew = (audience: string): audience is Few => audience === 'close' || audience === 'followers';

const table = (of: (audience: Audience) => readonly Audience[]): ReadonlyMap<string, readonly Audience[]> =>
  new Map(AUDIENCES.map((audience) => [audience, AUDIENCES.filter((one) => of(audience).includes(one))]));
const NARROWER = table((wide) => AUDIENCES.filter((one) => narrower(one, wide)));
const ANSWERS = table(replyAudiences);

/** The audiences as wide as this one or narrower; none for what is no audience of posts. */
export const upTo = (audience: string): readonly Audience[] => NARROWER.get(audience) ?? [];

/**
 * What a reply may be for: the same as what it answers or narrower. A reply to another's post for few lies with its author alone, and
 * goes to whose post it is, who keeps it for the readers of that.
 */
export const answersTo = (audience: string, isOwn: boolean): readonly Audience[] => (isOwn ? upTo(audience) : ANSWERS.get(audience) ?? []);

/** For whom a reply is kept: with the post that it stands under, but never for anybody whom it was not written for. */
export const keptFor = (atMost: Few, post: string): Audience =>
  (narrower(atMost, post as Audience) ? atMost : narrower(post as Audience, atMost) ? post as Audience : 'only-me');
