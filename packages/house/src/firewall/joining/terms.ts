import { followsOn, type RotateServiceKey, type Signed } from '@commonhold/core';
import type { JoinedContract } from '../../store/pod/types.ts';
import type { Block, KnownContract } from './known.ts';

/** One version of a contract that bound a namespace; `from`: the clock of its first record, `earlier`: what it gives holds for records made before, too. */
export interface BoundVersion { hash: string; version: number; since: number; from: string; earlier: boolean }

/** What was agreed with a service when it was joined, and since. Times in ms. */
export interface Terms {
  as: 'pseudonym' | 'self';
  since: number;
  /** Joined unsigned, by its builder. */
  draft: boolean;
  /** Where the contract was fetched from, where newer ones are looked for. */
  address: string | null;
  /** How the service's key came to be what it is. */
  rotations: readonly Signed<RotateServiceKey>[];
  /** The versions, the present one last. */
  history: readonly BoundVersion[];
  /** A later version that its owner does not want. */
  declined: string | null;
}

/** The terms of a namespace, or null where there are none: of a built-in service. */
export const termsOf = ({ terms }: JoinedContract): Terms | null => (terms === null ? null : JSON.parse(terms) as Terms);

const drafts = new WeakMap<JoinedContract, boolean>();

/** Whether it was joined unsigned; read once, since it is asked with every record. */
export function isDraft(joined: JoinedContract): boolean {
  const had = drafts.get(joined);
  if (had !== undefined) return had;
  const found = termsOf(joined)?.draft === true;
  drafts.set(joined, found);
  return found;
}

/** What keeps whoever has seen a service's key change from a contract that does not know of it; null: nothing. */
export const replacedKey = ({ rotations, draft }: Pick<Terms, 'rotations' | 'draft'>, next: Pick<KnownContract, 'rotations'>): Block | null =>
  (draft || followsOn(rotations, next.rotations) ? null : { code: 'key_changed', say: 'This contract is signed by a key that the service has replaced.', field: '/service/key' });
