import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { Refusal } from '@commonhold/core';

/**
 * Makes the data folder if it is missing, for its owner alone (0700).
 * Refuses with a sentence when it cannot be made, written to, or is not a folder.
 */
export function openDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!statSync(path).isDirectory()) throw refusal(path, 'it is not a folder');
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    if (process.platform !== 'win32') chmodSync(path, 0o700);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refusal(path, reason((error as NodeJS.ErrnoException).code), error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there', EPERM: 'this user may not write there', EROFS: 'it is on a read-only disk',
  ENOSPC: 'the disk is full', ENOTDIR: 'part of its path is a file', EEXIST: 'there is a file of that name',
};

const reason = (code: string | undefined): string => REASONS[code ?? ''] ?? `the system says ${code ?? 'no'}`;

const refusal = (path: string, why: string, cause?: unknown): Refusal =>
  new Refusal('unavailable', 'bad_data_folder',
    `The data folder ${path} cannot be used: ${why}. Set COMMONHOLD_DATA to another folder.`, { field: 'COMMONHOLD_DATA', cause });
