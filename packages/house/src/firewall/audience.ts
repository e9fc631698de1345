import { Refusal } from '@commonhold/core';

const PREFIX = 'house:';

/** An audience as lanes store it: `house` carries the house, so that it is not re-bound by moving. */
export const storedAudience = (audience: string, house: string): string => (audience === 'house' ? PREFIX + house : audience);

/** An audience as contracts and people name it; what was for another house, before its owner moved here, is for nobody but them. */
export function namedAudience(stored: string, house: string): string {
  if (!stored.startsWith(PREFIX)) return stored;
  // Asked for every row that is read: compared in place, without making the text to compare with.
  return stored.length === PREFIX.length + house.length && stored.endsWith(house) ? 'house' : 'only-me';
}

/** Throws `bad_audience` unless the collection may have this audience. */
export function checkAudience(audience: string, allowed: readonly string[]): void {
  if (allowed.includes(audience)) return;
  throw new Refusal('invalid', 'bad_audience', 'This is not an audience that such a record may have.', { field: '/audience', expected: allowed.join(', ') });
}
