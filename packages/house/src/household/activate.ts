import type { HouseholdDeps } from './ports.ts';

/** Turns a reservation into a person, together with `also` (settings of a new house), in one durable transaction. */
export function makeActivate({ db, clock }: Pick<HouseholdDeps, 'db' | 'clock'>): (pod: string, also: () => void) => void {
  const activate = db.prepare("UPDATE people SET state = 'active', joined_at = ? WHERE pod = ? AND state = 'reserved'");
  return (pod, also) => db.transaction(() => {
    activate.run(clock(), pod);
    also();
  });
}
