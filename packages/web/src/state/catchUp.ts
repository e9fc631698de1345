import { signal } from '@preact/signals';
import type { PostItem } from '@commonhold/sdk';
import { client } from './client.ts';
import { makeTurns } from './latest.ts';
import { meetAll } from './people.ts';
import { readable } from './reading.ts';

/** What was collected: for how many hours, when (ms); `more` came than is here. */
export interface Collected { hours: number; at: number; items: readonly PostItem[]; more: boolean }

/** The last catch-up; going back finds it as it was. */
export const collected = signal<Collected | null>(null);

const turns = makeTurns();

/** Collects what stood in Home in the last hours. Throws what the house says. */
export async function collect(hours: number): Promise<void> {
  const isNewest = turns();
  const page = await readable(client.microblog.catchUp(hours));
  meetAll(page);
  if (isNewest()) collected.value = { hours, at: Date.now(), items: page.items, more: page.more };
}
