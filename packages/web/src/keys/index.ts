import type * as Acts from './acts.ts';
import type * as Meeting from './meeting.ts';
import type * as Moving from './moving.ts';

/** What a person does with their keys. The cryptography is fetched now. */
export const acts = (): Promise<typeof Acts> => import('./acts.ts');

/** What two people do who meet and compare keys. The cryptography is fetched now. */
export const meeting = (): Promise<typeof Meeting> => import('./meeting.ts');

/** Moving from one house to another. The cryptography is fetched now. */
export const moving = (): Promise<typeof Moving> => import('./moving.ts');
