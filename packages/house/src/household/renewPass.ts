import type { HouseholdDeps } from './ports.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';

/** Gives somebody another passphrase (its hash); of all that was open before, one session stays. Inside a transaction. */
export type RenewPass = (persona: string, pass: string, but: string) => void;

/** Over house.db: whoever had got in may have left behind a passkey, or a key for a script. */
export function makeRenewPass({ db, sessions, tokens }: Pick<HouseholdDeps, 'db'> & { sessions: Pick<Sessions, 'endOthers'>; tokens: Pick<Tokens, 'endAll'> }): RenewPass {
  const dropPasskeys = db.prepare('DELETE FROM passkeys WHERE persona = ?');
  const set = db.prepare('UPDATE people SET pass = ? WHERE persona = ?');
  return (persona, pass, but) => {
    set.run(pass, persona);
    dropPasskeys.run(persona);
    sessions.endOthers(persona, but);
    tokens.endAll(persona);
  };
}
