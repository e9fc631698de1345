import type { Pen } from '../../store/pod/draft.ts';
import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { Feed, OnChange } from '../feed.ts';
import type { FindHome } from '../homes.ts';
import type { ProvedOffer } from '../transactor.ts';
import type { Transactor } from '../transactor.ts';
import type { Cursors } from './cursor.ts';
import type { Scan } from './scan.ts';
import type { Target } from './target.ts';

/** A service's own way of taking an offer into its owner's pod, or null. */
export type Received = (service: string, collection: string) => ((author: string, proved: ProvedOffer) => Promise<void>) | null;

/** What the verbs of the data API are made of. */
export interface DataDeps {
  /** The namespace for this caller. Refuses `not_found`: no such persona, service or contract; and what a token is not for. */
  open(caller: Caller, target: Pick<Target, 'persona' | 'service'>, writes?: boolean): Access;
  /** The same inside a write of the pod, all or nothing; yes means on disk. Refuses `not_found`. */
  write<T>(caller: Caller, target: Pick<Target, 'persona' | 'service'>, work: (access: Access, tx: Transactor) => T): Promise<T>;
  home: FindHome;
  pen: Pen;
  /** How a service takes offers of one of its collections, where it looks at them itself. */
  received: Received;
  /** To whom a caller recorded one of these relations, in people or in the service's own links, as far as they may read those. */
  linked(caller: Caller, service: string, relations: readonly string[]): readonly string[];
  /** Somebody at home here, and not absent to this caller by a block on either side. */
  present(caller: Caller, persona: string): boolean;
  scan: Scan;
  cursors: Cursors;
  /** SHA-256 of a request. */
  digest(text: string): Uint8Array;
  listen(service: string, onChange: OnChange): () => void;
  listenAgain: Feed['listenAgain'];
  onError(error: unknown): void;
}
