import { signal } from '@preact/signals';
import type { RepairChoice, Repairs } from '@commonhold/sdk';
import { client } from './client.ts';

/** What waits for a decision of the reader; null until the house has said. */
export const repairs = signal<Repairs | null>(null);

/** How many things wait. */
export const waiting = (): number => repairs.value ? repairs.value.conflicts.length + repairs.value.parked.length + repairs.value.more : 0;

/** Asks the house what waits. */
export async function loadRepairs(): Promise<void> {
  repairs.value = await client.me.repairs();
}

/** Decides one of them; what is left is asked anew. Throws what the house says. */
export async function decide(id: string, choose: RepairChoice): Promise<void> {
  await client.me.repair(id, choose);
  await loadRepairs();
}
