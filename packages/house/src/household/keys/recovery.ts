import { checkSignIn, checkStatement, Refusal, statementHash, type Signed } from '@commonhold/core';
import { tidyLogin, type LoginInput } from '../createSession.ts';
import type { Guessing } from '../guessing.ts';
import type { Passphrases } from '../passphrase.ts';
import type { People } from '../people.ts';
import type { HouseholdDeps, HousePerson, Welcome } from '../ports.ts';
import type { RenewPass } from '../renewPass.ts';
import type { Sessions } from '../sessions.ts';
import type { Tokens } from '../tokens.ts';
import type { KeyLogs } from './ports.ts';

/** Who says that they have the words. */
export interface RecoveryShown { handle: string; recoveryKey: string; from: string }
/** Coming back by recovery words: the statement adds this browser as a device; `proof` as of core's `signInProof`. A new passphrase ends all other sessions, passkeys and tokens. */
export interface RecoveryInput extends Omit<LoginInput, 'passphrase'> { statement: Signed; proof: string; closes?: readonly unknown[]; passphrase?: string }

interface Deps extends Pick<HouseholdDeps, 'db' | 'suite' | 'secrets' | 'noteGuess'> { keys: KeyLogs; guessing: Guessing; sessions: Sessions; tokens: Pick<Tokens, 'endRevoked'>; renewPass: RenewPass; people: People; passphrases: Passphrases }

/**
 * Signing in by recovery words. Refuses `recovery_unknown` for an unknown handle and for another key alike (its owner's access log tells of it),
 * `slow_down`, `statement_known`, `not_a_sign_in`, and core's codes.
 */
export function makeRecovery({ db, suite, secrets, keys, guessing, sessions, renewPass, people, passphrases, noteGuess }: Deps) {
  const find = ({ handle: typed, from }: { handle: string; from: string }, fits: (recoveryKey: string) => boolean): HousePerson => {
    const handle = tidyLogin(typed);
    const right = guessing.begin(['address', from], ['handle', handle]);
    const person = people.byHandle(handle);
    const recoveryKey = person && keys.view(person.persona)?.recoveryKey;
    if (!person || !recoveryKey || !fits(recoveryKey)) {
      noteGuess(person?.persona ?? '', 'session', 'recovery_unknown');
      throw new Refusal('not_found', 'recovery_unknown', 'Nobody of that handle has these words.');
    }
    right();
    return person;
  };
  return {
    /** The key log on which the statement is to stand. */
    prepare: (shown: RecoveryShown): { persona: string; statements: readonly Signed[] } => {
      const { persona } = find(shown, (recoveryKey) => recoveryKey === shown.recoveryKey);
      return { persona, statements: keys.view(persona)!.statements };
    },
    signIn: async ({ statement: signed, proof, closes = [], passphrase, label, ...shown }: RecoveryInput): Promise<Welcome> => {
      const read = checkStatement(signed.statement);
      if (!read.ok || read.value.type !== 'add-device') {
        throw new Refusal('invalid', 'not_a_sign_in', 'A sign-in by recovery words adds a device.', { field: 'statement' });
      }
      const statement = read.value;
      const of = { house: secrets.persona, statement: statementHash(suite, statement) };
      const { persona, handle } = find(shown, (recoveryKey) => statement.by === recoveryKey && checkSignIn(suite, of, recoveryKey, proof));
      const pass = passphrase === undefined ? null : await passphrases.hash(passphrase);
      // Anybody may have read an old statement in a key log: it opens nothing.
      await keys.extend(persona, { statements: [signed], closes }, { unheard: true });
      return db.transaction(() => {
        const session = sessions.open(persona, label ?? statement.label ?? '', statement.device);
        if (pass !== null) renewPass(persona, pass, sessions.of(session)!.id);
        return { persona, handle, session };
      });
    },
  };
}
