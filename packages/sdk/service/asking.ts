import { ApiError } from '../error.ts';

const AT_ONCE = 8;

/** Does something for each, a few at a time. Where a house does not answer as it should, `silent` is told and the rest goes on. */
export async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<void>, silent: (one: T) => void = () => {}): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      try { await work(one); } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        silent(one);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, worker));
}

/** An answer, or null for what its owner does not let the service read, narrowed away or paused: 404, or 400 for a field that is none for it. */
export async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try { return await asked; } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.code === 'unknown_field')) return null;
    throw error;
  }
}
