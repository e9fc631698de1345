import type { Backups } from '../backup/backups.ts';
import type { Firewall } from '../firewall/index.ts';
import type { Household } from '../household/household.ts';
import type { OnError } from '../journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Microblog } from '../services/microblog/index.ts';
import type { Keeper } from '../views/keeper.ts';

const SWEEP_MS = 60_000;

interface Behind { keeper: Keeper; household: Household; outbox: Outbox; firewall: Firewall; microblog: Pick<Microblog, 'tidy'>; onError: OnError }

/** What was opened for catching up alone rests at once; what anybody uses meanwhile does not. */
export async function catchUp({ keeper, household, outbox, firewall, microblog, onError }: Behind): Promise<void> {
  await keeper.catchUp();
  for (const { pod } of household.people()) outbox.wake(pod);
  for (const { persona } of household.people()) await microblog.tidy(persona).catch(onError);
  await outbox.idle();
  await firewall.rest();
  await firewall.rest();
}

/** Whoever was on the way out of a service when the house stopped is let out now. */
export async function leaveOn({ pseudonyms }: Household, { joining }: Firewall): Promise<void> {
  if (pseudonyms.departures.all().length + pseudonyms.unsettled().length > 0) await (await joining()).resume();
}

/** What is tidied up, and who hears of what cannot be. */
export interface Tidying { firewall: Firewall; household: Household; keeper: Keeper; backups: Pick<Backups, 'busy'>; onError: OnError; /** What lies aside and has had its time. */ forget(): void }

/** Every minute: what has had its time goes, what nobody uses rests. */
export function keepTidy(tidying: Tidying): { end(): Promise<void> } {
  const tidy = makeTidy(tidying);
  let tidied = tidy();
  const sweeper = setInterval(() => { tidied = tidied.then(tidy); }, SWEEP_MS).unref();
  return { end: async () => { clearInterval(sweeper); await tidied; } };
}

/** One round of it. Where one thing cannot be done now, the others are. */
export function makeTidy({ firewall, household, keeper, backups, onError, forget }: Tidying): () => Promise<void> {
  const steps: readonly (() => unknown)[] = [
    () => firewall.log.sweep(),
    () => firewall.identity.settle(),
    () => household.sweep(!backups.busy),
    () => firewall.settle(),
    () => firewall.sweepBlobs(household.people().map(({ pod }) => pod)),
    () => firewall.rest(),
    () => keeper.ask(({ news }) => { news.passTime(); }),
    forget,
  ];
  return async () => {
    for (const step of steps) {
      try { await step(); } catch (error) { onError(error); }
    }
  };
}
