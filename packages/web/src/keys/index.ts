import type * as Acts from './acts.ts';

/** What a person does with their keys. The cryptography is fetched now. */
export const acts = (): Promise<typeof Acts> => import('./acts.ts');
