import type { LaneTable } from './lanes.ts';
import type { MutedView } from './muted.ts';
import type { PollsView } from './polls.ts';
import type { ReaderPort, Readers } from './readers.ts';

/**
 * What news is about: an answer, words that name one, likes or boosts of one post, a quote, a poll that ended, a new follower, somebody
 * who asks to follow, and who accepted that.
 */
export type NewsKind = 'reply' | 'mention' | 'like' | 'boost' | 'quote' | 'poll' | 'follow' | 'request' | 'accepted';

/** One piece of news by names and place: who (newest first, at most three, and how many more), and the post it speaks of (`persona/key`). */
export interface NewsRef { kind: NewsKind; place: string; who: string[]; more: number; post: string | null }

/** Some people, the newest first, at most three, and how many more. */
export interface Likers { who: string[]; more: number }

/** One thing to tell one person: for whom, where it stands, who did what, the post it speaks of (`persona/key`), and whose readers it is for. */
export interface NewsRow { owner: string; place: string; kind: NewsKind; actor: string; post: string | null; lane: number | null }

/** What the view is made of, and what it asks of others. */
export interface NewsDeps { lanes: LaneTable; readers: Readers; port: ReaderPort; polls: Pick<PollsView, 'concerned'>; muted: Pick<MutedView, 'judge'> }
