import type { HouseholdDeps } from './ports.ts';

/** Gives back a seat whose pod was never finished: the pod goes first, then the row with the invite's use. */
export function makeGiveBack({ db, admission }: Pick<HouseholdDeps, 'db' | 'admission'>): (pod: string) => Promise<void> {
  const read = db.prepare<{ invite: string | null }>("SELECT invite FROM people WHERE pod = ? AND state = 'reserved'");
  const erase = db.prepare("DELETE FROM people WHERE pod = ? AND state = 'reserved'");
  const refund = db.prepare('UPDATE invites SET used = used - 1 WHERE invite = ? AND used > 0');
  return async (pod) => {
    if (!read.get(pod)) return;
    await admission.evict(pod);
    db.transaction(() => {
      const row = read.get(pod);
      if (!row) return;
      erase.run(pod);
      if (row.invite !== null) refund.run(row.invite);
    });
  };
}

/**
 * Gives back every seat that a crash left reserved. `busy` names pods that are being made right now;
 * a reservation of this process that is not among them can only be a leftover. Answers how many there were.
 */
export function makeReap({ db, giveBack, busy }: Pick<HouseholdDeps, 'db'> & { giveBack: (pod: string) => Promise<void>; busy: ReadonlySet<string> }): () => Promise<number> {
  const left = db.prepare<{ pod: string }>("SELECT pod FROM people WHERE state = 'reserved'");
  return async () => {
    const pods = left.all().map((row) => row.pod).filter((pod) => !busy.has(pod));
    for (const pod of pods) await giveBack(pod);
    return pods.length;
  };
}
