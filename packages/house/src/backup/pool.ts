/** Runs so many pieces of work at once. */
export interface Pool {
  /** Begins one, once there is room. Throws what an earlier one threw. */
  add(work: () => Promise<void>): Promise<void>;
  /** Resolves when none is left. Throws what one threw. */
  done(): Promise<void>;
}

/** A pool of `most`. */
export function makePool(most: number): Pool {
  const under = new Set<Promise<void>>();
  let failed: { error: unknown } | null = null;
  const check = (): void => { if (failed) throw failed.error; };
  return {
    add: async (work) => {
      while (under.size >= most) await Promise.race(under);
      check();
      const one: Promise<void> = work().catch((error: unknown) => { failed ??= { error }; }).finally(() => { under.delete(one); });
      under.add(one);
    },
    done: async () => { await Promise.all(under); check(); },
  };
}
