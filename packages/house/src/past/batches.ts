import { Refusal, type EntryLine } from '@commonhold/core';

const BATCH = 400;
const MOST_BATCH = 4 * 2 ** 20;
/** How much may come without a signature: more than any house writes at one moment, and less than there is memory for. */
const MOST_UNSIGNED = 32 * 2 ** 20;

/** Entries as they come, a few hundred at a time. */
export interface Batches { take(line: EntryLine, bytes: number): Promise<void>; flush(): Promise<void> }

/** Where the lane of an entry, or of its announcement, is found. */
export const placeOf = ({ lane, device }: { lane?: unknown; device?: unknown }): string => `${String(lane)} ${String(device)}`;

/**
 * `write` is given entries of one lane each time; only what is signed can stand at the end of what comes together. Refuses `export_damaged`
 * where no signature comes for so long that no house can have written it: nobody's archive may fill the memory of all.
 */
export function inBatches(write: (entries: readonly EntryLine[]) => Promise<void>): Batches {
  let held: EntryLine[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const now = held;
    [held, bytes] = [[], 0];
    if (now.length > 0) await write(now);
  };
  return {
    take: async (line, size) => {
      const isSigned = held.at(-1)?.sig !== undefined;
      if (!isSigned && bytes > MOST_UNSIGNED) throw new Refusal('invalid', 'export_damaged', 'This export is damaged. Too much of it is not signed.');
      const isFull = (held.length >= BATCH || bytes >= MOST_BATCH) && isSigned;
      if (isFull || (held[0] && placeOf(held[0]) !== placeOf(line))) await flush();
      held.push(line);
      bytes += size;
    },
    flush,
  };
}
