import { makePassphrases, type Passphrases } from '../household/passphrase.ts';

/** Hashed as in any house, at a thousandth of what it costs there: hundreds of trial houses let people in. */
export const quickPassphrases = (): Passphrases => makePassphrases({ N: 16, r: 1, p: 1 });
