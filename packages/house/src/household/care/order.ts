import { Refusal } from '@commonhold/core';
import type { HouseOrder } from '../../firewall/order.ts';
import type { Hidden } from './hidden.ts';
import type { Standings } from './standing.ts';

/** What the house hides and whom it lets publish, as the firewall asks; `care` comes after the firewall. */
export const orderOf = (care: () => { hidden: Hidden; standings: Standings }): HouseOrder => ({
  hidesNothing: () => care().hidden.none(),
  shown: (reader, persona, key) => care().hidden.shown(reader, persona, key),
  checkMayPublish: (persona) => {
    const standing = care().standings.of(persona);
    if (standing === null) return;
    // Until when is in `expected` (ms): how to say a moment is for whoever shows it.
    if (standing.leaving) throw new Refusal('denied', 'expelled', 'You are leaving this house. You can read, delete, and take all that is yours along, but write no more.', { expected: String(standing.until) });
    throw new Refusal('denied', 'suspended', 'The stewards of this house have suspended you for some time. You can read, and delete what is yours.', { expected: String(standing.until) });
  },
});
