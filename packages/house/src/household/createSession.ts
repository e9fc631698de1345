import { Refusal } from '@commonhold/core';
import type { Guessing } from './guessing.ts';
import type { Passphrases } from './passphrase.ts';
import type { HouseholdDeps, Welcome } from './ports.ts';
import type { Sessions } from './sessions.ts';

/** A login. */
export interface LoginInput { handle: string; passphrase: string; label?: string; from: string }

/** A handle as somebody types it at the door. */
export const tidyLogin = (typed: string): string => typed.normalize('NFKC').trim().replace(/^@/, '').toLowerCase().slice(0, 64);

/**
 * Logs in by handle and passphrase; always a new token. An unknown handle costs the same time and gets the same
 * refusal (`wrong_passphrase`) as a wrong passphrase; both count against address and handle (`slow_down`),
 * and its owner's access log tells of it.
 */
export function makeCreateSession({ db, passphrases, guessing, sessions, noteGuess }: Pick<HouseholdDeps, 'db' | 'noteGuess'> & { passphrases: Passphrases; guessing: Guessing; sessions: Sessions }): (input: LoginInput) => Promise<Welcome> {
  const find = db.prepare<{ persona: string; handle: string; pass: string }>("SELECT persona, handle, pass FROM people WHERE handle = ? AND state = 'active'");
  return async ({ handle: typed, passphrase, label, from }) => {
    const handle = tidyLogin(typed);
    const right = guessing.begin(['address', from], ['handle', handle]);
    const row = find.get(handle) ?? null;
    if (!await passphrases.check(passphrase, row?.pass ?? null) || !row) {
      noteGuess(row?.persona ?? '', 'session', 'wrong_passphrase');
      throw new Refusal('unauthenticated', 'wrong_passphrase', 'Handle and passphrase do not fit together.');
    }
    right();
    return { persona: row.persona, handle: row.handle, session: sessions.open(row.persona, label ?? '') };
  };
}
