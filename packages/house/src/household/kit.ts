import { Refusal, wordsOf } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';

/** The house's own recovery words: shown to the steward until confirmed, then gone from this machine. */
export interface Kit {
  /** 24 words. Refuses `kit_gone`. */
  words(): string[];
  /** The steward has them on paper: erases them here. Saying it twice is fine. */
  confirm(): void;
}

/** The kit over secrets.json. */
export function makeKit(secrets: Secrets): Kit {
  return {
    words() {
      if (secrets.recoveryEntropy === null) throw new Refusal('not_found', 'kit_gone', "The house's words were written down and are no longer on this machine.");
      return wordsOf(secrets.recoveryEntropy);
    },
    confirm() { if (secrets.recoveryEntropy !== null) secrets.forgetRecovery(); },
  };
}
