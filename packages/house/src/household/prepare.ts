import type { Gates, Shown } from './gates.ts';
import { checkRoom } from './reserve.ts';
import type { HouseholdDeps } from './ports.ts';
import type { Tickets } from './tickets.ts';

/** What the browser needs to start a key log. */
export interface Prepared { ticket: string; podDevice: string; house: string }

/**
 * First call of founding or joining: shows a code or an invite, gets the pod device that the new key log must name.
 * Uses nothing up. Refuses as the gates do, and `house_full`.
 */
export function makePrepare({ gates, tickets, secrets, db, capacity }: Pick<HouseholdDeps, 'secrets' | 'db' | 'capacity'> & { gates: Gates; tickets: Tickets }): (shown: Shown) => Prepared {
  const room = checkRoom(db, capacity);
  return (shown) => {
    const gate = 'code' in shown ? (gates.setup(shown.code, shown.from), 'setup') : gates.invite(shown.invite, shown.from).invite;
    room();
    const { ticket, device } = tickets.issue(gate);
    return { ticket, podDevice: device, house: secrets.persona };
  };
}
