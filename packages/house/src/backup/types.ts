/** Bytes of a piece, before it is packed: small enough that a changed page costs little, large enough that a house is not millions of names. */
export const PIECE = 256 * 1024;

/** A file in a backup. */
export interface FileEntry {
  /** Below the data folder, with `/`. */
  path: string;
  size: number;
  /** SHA-256 of the whole, base64url. */
  hash: string;
  /** Names of its pieces, in order. */
  pieces: string[];
  /** What the file looked like from outside when it was read (inode, size, time of change); null where that says nothing. */
  mark: string | null;
}

/** Everything that one backup holds, and from when. */
export interface Manifest { v: 1; id: string; house: string; at: number; program: string; files: FileEntry[] }

/** What a backup is, in short. Times in ms; `added`: bytes that were new at the place. */
export interface Summary { v: 1; id: string; at: number; took: number; title: string; people: number; files: number; bytes: number; added: number; program: string }

/** Bytes done of all. */
export type OnBytes = (done: number, of: number) => void;
