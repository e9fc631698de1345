/** Does works of one name one after the other, in the order in which they were asked for; a failed one holds up nobody. */
export type Turns = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** For verbs that first look and then write: the look must see what the same person wrote just before. */
export function makeTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, turn);
    try { return await turn; } finally { if (last.get(name) === turn) last.delete(name); }
  };
}
