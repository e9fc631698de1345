import type { Archive } from '../archive/index.ts';
import { mastodonPast } from './mastodon.ts';
import type { Past } from './types.ts';
import { xPast } from './x.ts';

/** What of another network's is in an archive, or null where it is of none that is understood. */
export const pastOf = (archive: Archive, now: () => number): Past | null => mastodonPast(archive, now) ?? xPast(archive, now);

export { bringPast, type BringDeps, type BringTally } from './bring.ts';
export type { Choice } from './audience.ts';
export type { Failed, Past, Why } from './types.ts';
