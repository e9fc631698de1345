import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { OnChange } from '../feed.ts';
import type { Transactor } from '../transactor.ts';
import type { Cursors } from './cursor.ts';
import type { Scan } from './scan.ts';
import type { Target } from './target.ts';

/** What the verbs of the data API are made of. */
export interface DataDeps {
  /** The namespace for this caller. Refuses `not_found`: no such persona, service or contract; and what a token is not for. */
  open(caller: Caller, target: Pick<Target, 'persona' | 'service'>, writes?: boolean): Access;
  /** The same inside a write of the pod, all or nothing; yes means on disk. Refuses `not_found`. */
  write<T>(caller: Caller, target: Pick<Target, 'persona' | 'service'>, work: (access: Access, tx: Transactor) => T): Promise<T>;
  scan: Scan;
  cursors: Cursors;
  /** SHA-256 of a request. */
  digest(text: string): Uint8Array;
  listen(service: string, onChange: OnChange): () => void;
  onError(error: unknown): void;
}
