import { AssertionError } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** Asks until the answer is something; what comes a moment later is waited for. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new AssertionError({ message: `${what}: not in time` });
    await pause(PAUSE_MS);
  }
}
