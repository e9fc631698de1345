import { nameOf, type Caller } from '../caller.ts';

/** One collection of one persona's namespace of one service. */
export interface Target { persona: string; service: string; collection: string }

/** What a cursor is bound to: its kind, the caller, the collection, and whatever else it stands for. */
export const boundTo = (kind: string, caller: Caller, { persona, service, collection }: Target, ...more: string[]): string[] =>
  [kind, nameOf(caller), persona, service, collection, ...more];
