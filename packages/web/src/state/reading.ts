import { loadFilters } from './filters.ts';
import { loadMarks } from './marks.ts';
import { me } from './session.ts';

let asked: Promise<unknown> | null = null;

/** What must be known before posts are shown, so that nothing moves afterwards: where one had stopped, and what is filtered. */
function known(): Promise<unknown> {
  if (!me.peek()) return Promise.resolve();
  // What does not come is done without: reading goes before.
  return asked ??= Promise.allSettled([loadMarks(), loadFilters()]);
}

/** An answer, once what its showing needs is known as well. */
export async function readable<T>(answer: Promise<T>): Promise<T> {
  const [found] = await Promise.all([answer, known()]);
  return found;
}
