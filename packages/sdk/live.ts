import type { Job } from './jobs.ts';
import type { LinkState } from './keys.ts';
import type { Likes, LogLine, NewsItem, People, PostItem, ReadMarks, Ref } from './types.ts';

/** Events of the stream at `/live`, by name. */
export interface LiveEvents {
  /** A post was written, reworded or readdressed that the listener may read; with `keptBy` it belongs to its conversation alone. */
  post: { item: PostItem; people: People };
  /** A post that somebody whom the listener follows passed on, as it stands in their home. */
  boost: { item: PostItem; people: People };
  /** A post is gone, or not for the listener any more. */
  remove: Ref;
  /** Who likes a post of the listener's own, as it is now. */
  likes: Ref & { likes: Likes; boosts?: Likes };
  /** News came, went or was read: how much is unread now; `item` is what came, null otherwise. */
  news: { unread: number; item: NewsItem | null; people: People };
  /** Another screen of the listener's has read to here. */
  marks: ReadMarks;
  /** Something of one's pod was given or refused to somebody with a name: today's line of it. */
  log: { day: string; line: LogLine };
  /** Who follows the listener, asks to, or is followed by them, changed; `requests`: how many wait. */
  people: { requests: number };
  /** What one has scheduled: it waits, could not be posted (`failed`: why), or is posted or taken back (`gone`). */
  scheduled: { key: string; state: 'waiting' | 'failed' | 'gone'; due?: number; failed?: string };
  /** A job of one's own stands differently; stewards hear of the house's, too. */
  job: Job;
  /** A device came by a link of one's own, was added, or the link ended. */
  link: LinkState & { link: string };
  /** Somebody joined, or the house changed its name. */
  house: { people: number; title: string; postLimit: number };
  /** The stewards have something to tell, or a report waits: ask `/me` and `/me/notices`. */
  notice: Record<string, never>;
  /** A post of one's own is hidden in this house, or shown again; stewards hear of all that they read. */
  hidden: Ref & { hidden: boolean };
  /** This session was ended elsewhere. */
  'session-ended': Record<string, never>;
}
