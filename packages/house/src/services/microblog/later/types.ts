import type { Suite } from '@commonhold/core';
import type { Caller } from '../../../firewall/caller.ts';
import type { Gate } from '../../../firewall/gate.ts';
import type { Keeper } from '../../../views/keeper.ts';
import type { Image, NewThread, Quotable, Ref } from '../types.ts';
import type { Beside } from '../write.ts';

/** One post as far as it is written. */
export interface Part { text: string; warning?: string; images?: Image[] }

/** What somebody is writing, or wants posted later: one post, or several that answer one another. */
export interface Draft {
  parts: Part[]; audience: string; replyTo?: Ref; quote?: Ref; quotes?: Quotable; lang?: string;
  poll?: { options: string[]; minutes: number; multiple: boolean };
}

/** A draft as it is kept; times in ms. */
export interface KeptDraft extends Draft { key: string; updatedAt: number }

/** A post that waits for its time. `failed`: the code of the refusal that it met; it is not tried again by itself. */
export interface Scheduled extends Draft { key: string; due: number; createdAt: number; failed?: string }

export type Somebody = Caller & { persona: string };

/** Writes posts, all or none; `beside` runs in the same transaction, and what it throws undoes it. */
export type Posting = (caller: Somebody, wanted: NewThread, beside: Beside) => Promise<unknown[]>;

/** What drafts and scheduled posts are built from; `limit` = characters that a post may have. */
export interface LaterDeps { gate: Gate; views: Pick<Keeper, 'ask'>; suite: Suite; now(): number; limit(): number; postAll: Posting }
