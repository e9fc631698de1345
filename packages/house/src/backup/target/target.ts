import { Refusal } from '@commonhold/core';

/** A place where backups lie: names and bytes, nothing more. Names are of a-z, 0-9, `-`, `.` and `/`. */
export interface Target {
  /** Names that begin so. */
  list(prefix: string): AsyncIterable<string>;
  /** The bytes of a name, or null. */
  get(name: string): Promise<Buffer | null>;
  /** Puts bytes under a name, whole or not at all; what was there is replaced. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes a name away; fine when it is not there. */
  remove(name: string): Promise<void>;
  /** Resolves when everything that was put is there to stay. */
  settle(): Promise<void>;
  /** Takes away what is left of `put`s that were killed, of names that begin so; nothing else may be at work on them. */
  tidy(prefix: string): Promise<void>;
}

/** Where backups go: a folder of this machine (another disk, a mounted share), or a bucket of S3-compatible storage. */
export type TargetWish =
  | { kind: 'folder'; path: string }
  | { kind: 's3'; endpoint: string; region: string; bucket: string; prefix: string; keyId: string; secret: string };

/** The same place, below a prefix. */
export const below = (target: Target, prefix: string): Target => ({
  async* list(rest) { for await (const name of target.list(prefix + rest)) yield name.slice(prefix.length); },
  get: (name) => target.get(prefix + name),
  put: (name, bytes) => target.put(prefix + name, bytes),
  remove: (name) => target.remove(prefix + name),
  settle: () => target.settle(),
  tidy: (rest) => target.tidy(prefix + rest),
});

const SENTENCES = {
  target_full: 'The place for backups is full. Nothing of the earlier backups was changed. Make room there, or keep fewer backups.',
  target_denied: 'The place for backups may not be written. Check its permissions, or its keys.',
  target_gone: 'The place for backups is not there. Is the disk plugged in, is the address right?',
  target_failed: 'The place for backups gave an error. Nothing of the earlier backups was changed. Try again later.',
} as const;

/** A refusal of a place for backups. */
export const targetRefusal = (code: keyof typeof SENTENCES, cause?: unknown): Refusal => new Refusal('unavailable', code, SENTENCES[code], { cause });
