import type { Narrowing } from '@commonhold/core';

const MOST = 512;
const known = new Map<string, Narrowing>();

/** A narrowing from its text, read once: it is asked for with every record. */
export function narrowingOf(text: string): Narrowing {
  const had = known.get(text);
  if (had) return had;
  const read = JSON.parse(text) as Narrowing;
  if (known.size >= MOST) known.clear();
  known.set(text, read);
  return read;
}
