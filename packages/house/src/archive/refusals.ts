import { Refusal } from '@commonhold/core';

/** The archive cannot be read as what it says it is. */
export const damaged = (what: string, cause?: unknown): Refusal =>
  new Refusal('invalid', 'archive_damaged', `The archive is damaged: ${what} Ask for it anew where you got it, and try again.`, cause === undefined ? {} : { cause });

/** The archive would unpack to more than anybody's past. */
export const bomb = (): Refusal =>
  new Refusal('too_big', 'archive_bomb', 'The archive says to hold far more than it can. Nothing of it was taken.');

/** More files than are taken. */
export const tooMany = (most: number): Refusal =>
  new Refusal('too_big', 'archive_too_many', 'The archive has more files than can be taken.', { expected: `at most ${most} files` });

/** Neither of the kinds that are read. */
export const unknownKind = (): Refusal =>
  new Refusal('invalid', 'archive_unknown', 'This is not an archive that can be read. Choose the .zip or .tar.gz as you got it.', { expected: 'zip or tar.gz' });
