import { path, type CallOptions, type Send } from './request.ts';
import type { Audience, Image, PostItem, Ref } from './types.ts';

/** One post as far as it is written. */
export interface DraftPart { text: string; warning?: string; images?: Image[] }

/** What somebody is writing, or has posted later: one post, or several that answer one another (2 to 25). The poll is of the last. */
export interface Draft {
  parts: DraftPart[]; audience: Audience; replyTo?: Ref; quote?: Ref; quotes?: 'anyone' | 'followers' | 'nobody'; lang?: string;
  poll?: { options: string[]; minutes: number; multiple: boolean };
}

/** A draft as it is kept; `updatedAt` in ms. */
export interface KeptDraft extends Draft { key: string; updatedAt: number }

/** A post that waits for its time (ms). `failed`: the code of the refusal that it met; it is not tried again by itself. */
export interface Scheduled extends Draft { key: string; due: number; createdAt: number; failed?: string }

/** Drafts, and what waits for its time; `/microblog/drafts` and `/microblog/scheduled`. */
export const later = (send: Send) => ({
  /** One's drafts, the one changed last first. */
  drafts: (options?: CallOptions) => send<{ drafts: KeptDraft[] }>('/microblog/drafts', options),
  /** Keeps a draft under a key of one's own making (16 bytes, base64url). Pictures that it names stay as long as it does. 409 `limit_reached`. */
  keepDraft: (key: string, draft: Draft, options?: CallOptions) => send<KeptDraft>(path('microblog', 'drafts', key), { ...options, method: 'PUT', body: draft }),
  /** Lets one go. A post that takes its place is to be made first, or its pictures are gone. */
  dropDraft: (key: string, options?: CallOptions) => send<void>(path('microblog', 'drafts', key), { ...options, method: 'DELETE' }),
  /** What waits for its time, the next one first; the live event `scheduled` tells of changes. */
  scheduled: (options?: CallOptions) => send<{ scheduled: Scheduled[] }>('/microblog/scheduled', options),
  /** Has something posted later, within a year. The same `idempotencyKey` twice schedules it once. 400 `bad_due`, `bad_text`. */
  schedule: (draft: Draft & { due: number }, idempotencyKey: string) => send<Scheduled>('/microblog/scheduled', { method: 'POST', body: draft, headers: { 'idempotency-key': idempotencyKey } }),
  /** Changes what waits, or when; one that failed waits again. 404 `scheduled_unknown`. */
  reschedule: (key: string, draft: Draft & { due: number }) => send<Scheduled>(path('microblog', 'scheduled', key), { method: 'PUT', body: draft }),
  /** Posts it at once: the posts. 404 `scheduled_unknown` where it was posted or taken back, and whatever posting is refused. */
  postNow: (key: string) => send<{ items: PostItem[] }>(path('microblog', 'scheduled', key, 'now'), { method: 'POST' }),
  /** Takes it back. */
  unschedule: (key: string, options?: CallOptions) => send<void>(path('microblog', 'scheduled', key), { ...options, method: 'DELETE' }),
});
