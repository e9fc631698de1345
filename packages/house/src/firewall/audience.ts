import { Refusal } from '@commonhold/core';

const PREFIX = 'house:';

/** An audience as lanes store it: `house` carries the house, so that it is not re-bound by moving. */
export const storedAudience = (audience: string, house: string): string => (audience === 'house' ? PREFIX + house : audience);

/** An audience as contracts and people name it; another house's `house:` stays what it is, and matches nobody here. */
export const namedAudience = (stored: string, house: string): string =>
  // Asked for every row that is read: compared in place, without making the text to compare with.
  (stored.length === PREFIX.length + house.length && stored.startsWith(PREFIX) && stored.endsWith(house) ? 'house' : stored);

/** Throws `bad_audience` unless the collection may have this audience. */
export function checkAudience(audience: string, allowed: readonly string[]): void {
  if (allowed.includes(audience)) return;
  throw new Refusal('invalid', 'bad_audience', 'This is not an audience that such a record may have.', { field: '/audience', expected: allowed.join(', ') });
}
