import { statfs } from 'node:fs/promises';
import { Refusal } from '@commonhold/core';

/** What stays free whatever comes in: a house that cannot write is of no use to anybody. */
const SPARE = 64 * 2 ** 20;

const NEARLY = 'The disk of the data folder is nearly full. Nothing was changed. Make room, then try again.';

/** Refuses (`no_space`) to put so many bytes on the disk of a folder where less than `spare` would be left. */
export async function checkDisk(folder: string, bytes: number, { spare = SPARE, say = NEARLY }: { spare?: number; say?: string } = {}): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + spare) throw new Refusal('unavailable', 'no_space', say);
}
