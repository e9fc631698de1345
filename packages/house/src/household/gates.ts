import { Refusal } from '@commonhold/core';
import { sameText, tidyCode } from './codes.ts';
import type { Guessing } from './guessing.ts';
import type { HouseholdDeps } from './ports.ts';
import type { Settings } from './settings.ts';

/** What a newcomer shows at the door, and from where (an address, for counting wrong tries). */
export type Shown = ({ code: string } | { invite: string }) & { from: string };

/** An invite that is good now. */
export interface LiveInvite { invite: string; by: string; uses: number; used: number; expires: number; note: string }

/** Checks what newcomers show; a wrong guess is counted, and the stewards are told. */
export interface Gates {
  /** Passes the setup code. Refuses `already_founded`, `code_wrong`, `slow_down`. */
  setup(code: string, from: string): void;
  /** Wrong setup codes since the process began: the founder is told. */
  readonly wrongCodes: number;
  /** The invite. Refuses `invite_unknown`, `invite_ended`, `slow_down`. */
  invite(typed: string, from: string): LiveInvite;
}

/** The gates of this house. */
export function makeGates({ db, clock, settings, guessing, noteGuess }: Pick<HouseholdDeps, 'db' | 'clock' | 'noteGuess'> & { settings: Settings; guessing: Guessing }): Gates {
  const stewards = db.prepare<{ persona: string }>("SELECT persona FROM people WHERE role = 'steward' AND state = 'active'");
  const find = db.prepare<LiveInvite & { ended: number | null }>('SELECT invite, by, uses, used, expires, ended, note FROM invites WHERE invite = ?');
  let wrongCodes = 0;
  return {
    get wrongCodes() { return wrongCodes; },
    setup(code, from) {
      const real = settings.get('setupCode');
      if (real === null) throw new Refusal('conflict', 'already_founded', 'This house has been founded already.', { field: 'code' });
      const right = guessing.begin(['address', from], ['setup', '']);
      if (!sameText(tidyCode(code), real)) {
        wrongCodes++;
        throw new Refusal('unauthenticated', 'code_wrong', 'This is not the setup code that the house printed.', { field: 'code' });
      }
      right();
    },
    invite(typed, from) {
      const right = guessing.begin(['address', from]);
      const found = find.get(tidyCode(typed));
      if (!found) {
        for (const { persona } of stewards.all()) noteGuess(persona, 'invite', 'wrong_invite');
        throw new Refusal('not_found', 'invite_unknown', 'There is no such invite.', { field: 'invite' });
      }
      right();
      const { ended, ...invite } = found;
      if (ended !== null || invite.expires <= clock() || invite.used >= invite.uses) throw inviteEnded();
      return invite;
    },
  };
}

/** The refusal of an invite that was good once. */
export const inviteEnded = (): Refusal =>
  new Refusal('gone', 'invite_ended', 'This invite has ended. Ask for a new one.', { field: 'invite' });
