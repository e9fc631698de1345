import type { Row } from '../store/pod/types.ts';
import { makeMemory, type Memory } from './memory.ts';

// About 8 MB of posts: more than a full house reads in a day.
const MOST = 8192;

/** Rows read lately, by persona and by a row's name within it; a commit forgets what it changed, so a hit is what the file says. */
export type RowCache = Memory<Row>;

/** The name of a row among those of its persona. */
export const rowName = (service: string, collection: string, key: string): string => `${service}/${collection}/${key}`;

/** An empty cache. By persona first: long names are dear to make and to look up. */
export const makeRowCache = (): RowCache => makeMemory(MOST);
