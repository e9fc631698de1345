/** One file of an archive, read as a stream; nothing of it is ever written to a place that its name says. */
export interface ArchiveEntry {
  /** With forward slashes, relative, without `..`; as the archive has it otherwise. */
  readonly name: string;
  /** How many bytes it says to have; reading refuses when it has not. */
  readonly bytes: number;
  /** Its bytes. Refuses `archive_damaged` and `archive_bomb` where that turns out, at the latest after the last byte. */
  read(): AsyncGenerator<Uint8Array>;
}

/** Something in an archive that is left out, and why. */
export interface LeftOut { readonly name: string; readonly why: 'unsafe_name' | 'link' | 'encrypted' | 'method' | 'twice' | 'special' }

/** An open archive: what is in it, what was left out (at most a thousand are named), and a way to let go of it. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  readonly leftOut: readonly LeftOut[];
  close(): Promise<void>;
}

/** How much of an archive is taken before it is refused. */
export interface ArchiveLimits {
  /** Most entries. */
  entries: number;
  /** Most bytes of the list of entries. */
  directory: number;
  /** Most bytes of everything in it, unpacked. */
  total: number;
  /** Most bytes that one packed byte may become, looked at from 16 MiB on. */
  ratio: number;
}

/** What a person's own archive never reaches. */
export const LIMITS: ArchiveLimits = { entries: 300_000, directory: 64 * 2 ** 20, total: 64 * 2 ** 30, ratio: 250 };
