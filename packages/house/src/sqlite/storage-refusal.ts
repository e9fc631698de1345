import { Refusal } from '@commonhold/core';

const DAMAGED: [code: string, sentence: string] = ['pod_damaged', 'A file of the data folder is damaged. Restore it from a copy.'];

/** By SQLite's codes: READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const SENTENCES: Readonly<Record<number, [code: string, sentence: string]>> = {
  8: ['read_only', 'The data folder cannot be written. Nothing was changed. Check its disk and its permissions.'],
  10: ['disk_failed', 'The disk of the data folder gave an error. Nothing was changed. Check the disk, then start again.'],
  11: DAMAGED,
  13: ['no_space', 'The disk of the data folder is full. Nothing was changed. Make room, then try again.'],
  14: ['cannot_open', 'A file of the data folder could not be opened: too many files may be open, or the folder is gone. Nothing was changed. Try again in a moment; whoever runs this house finds out more by: npx commonhold doctor'],
  26: DAMAGED,
};
/** The same of the system's own errors. */
const CODES: Readonly<Record<string, number>> = { EROFS: 8, EACCES: 8, EPERM: 8, EIO: 10, ENOSPC: 13, EDQUOT: 13, EMFILE: 14, ENFILE: 14 };

/** Whether SQLite found a file damaged, or no database at all. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && SENTENCES[error.errcode & 0xff] === DAMAGED;

/** An error of SQLite or of the file system as a refusal with a sentence that says what to do; anything else as it was. */
export function storageRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  const known = SENTENCES[typeof errcode === 'number' ? errcode & 0xff : CODES[String(code)] ?? -1];
  return known ? new Refusal('unavailable', known[0], known[1], { cause: error }) : error;
}
