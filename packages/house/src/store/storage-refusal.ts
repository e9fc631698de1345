import { Refusal } from '@commonhold/core';

const SENTENCES: Record<number, [code: string, sentence: string]> = {
  8: ['read_only', 'The data folder cannot be written. Nothing was changed. Check its disk and its permissions.'],
  10: ['disk_failed', 'The disk of the data folder gave an error. Nothing was changed. Check the disk, then start again.'],
  11: ['pod_damaged', 'A file of the data folder is damaged. Restore it from a copy.'],
  13: ['no_space', 'The disk of the data folder is full. Nothing was changed. Make room, then try again.'],
  14: ['cannot_open', 'A file of the data folder could not be opened. Too many files may be open, or the folder is gone.'],
};

/** SQLite's error as a refusal with a sentence that says what to do; anything else as it was. */
export function storageRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const known = SENTENCES[error.errcode & 0xff];
  return known ? new Refusal('unavailable', known[0], known[1], { cause: error }) : error;
}
