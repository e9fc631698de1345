import { createHash } from 'node:crypto';
import { Refusal, toBase64Url } from '@commonhold/core';
import { sameText } from './codes.ts';
import type { Notices } from './care/notices.ts';
import type { PodCare } from './care/pods.ts';
import { nobody } from './care/standing.ts';
import type { Guessing } from './guessing.ts';
import type { Passphrases } from './passphrase.ts';
import type { People } from './people.ts';
import type { HouseholdDeps, HousePerson, Welcome } from './ports.ts';
import type { RenewPass } from './renewPass.ts';
import type { Sessions } from './sessions.ts';
import type { Settings, WayIn } from './settings.ts';

interface Deps extends Pick<HouseholdDeps, 'db' | 'suite' | 'clock' | 'noteGuess'> {
  people: People; settings: Settings; guessing: Guessing; sessions: Pick<Sessions, 'open' | 'of'>; passphrases: Passphrases; renewPass: RenewPass;
  notices: Notices; pods: Pick<PodCare, 'noteCare'>;
}

const GOOD_FOR = 86_400_000;
const hashOf = (way: string): string => createHash('sha256').update(way).digest('base64url');

/**
 * Letting somebody in again who has lost passphrase and passkeys: a way in, good once and for a day, by which they choose a new passphrase.
 * Whoever has it can be them, so it stands in their log and among what the house tells them; their keys it does not touch.
 */
export function makeAccess({ db, suite, clock, people, settings, guessing, sessions, passphrases, renewPass, notices, pods, noteGuess }: Deps) {
  const all = (): Readonly<Record<string, WayIn>> => settings.get('waysIn') ?? {};
  const open = (): [string, WayIn][] => Object.entries(all()).filter(([, { until }]) => until > clock());
  const keep = (persona: string, way: WayIn | null): void => {
    const rest = open().filter(([who]) => who !== persona);
    settings.set('waysIn', Object.fromEntries(way ? [...rest, [persona, way]] : rest));
  };
  const find = (way: string, from: string): HousePerson => {
    const right = guessing.begin(['address', from]), hash = hashOf(way.trim());
    const [persona] = open().find(([, one]) => sameText(one.hash, hash)) ?? [];
    const person = persona === undefined ? null : people.of(persona);
    if (!person) {
      // Whoever has a way in is meant by a guess at one.
      for (const [who] of open()) noteGuess(who, 'session', 'way_unknown');
      throw new Refusal('not_found', 'way_unknown', 'This way in is not known here: it was used, or its day is over. Ask a steward for a new one.');
    }
    right();
    return person;
  };
  return {
    /**
     * Makes a way in for somebody; the one before is dead. `by` null: whoever sits at the machine, who may let stewards in, too.
     * Refuses `person_unknown`, `is_steward`.
     */
    make: (by: string | null, persona: string): { way: string; expires: number } => {
      const person = people.of(persona);
      if (!person) throw nobody();
      if (by !== null && person.role === 'steward') throw new Refusal('conflict', 'is_steward', 'They are a steward. Make them a member first, or have it done at the machine: npx commonhold reset-access');
      const way = toBase64Url(suite.random(16)), expires = clock() + GOOD_FOR;
      db.transaction(() => {
        keep(persona, { hash: hashOf(way), until: expires });
        notices.add(persona, 'let-in', { by, until: expires });
      });
      pods.noteCare(persona, by, 'let-in');
      return { way, expires };
    },
    /** For whom a way in is. Refuses `way_unknown`, `slow_down`. */
    look: ({ way, from }: { way: string; from: string }): { handle: string; name: string } => {
      const { handle, name } = find(way, from);
      return { handle, name };
    },
    /** Goes in: a new passphrase, and nobody stays who was in before. Refuses `way_unknown`, `slow_down`, `busy`. */
    enter: async ({ way, passphrase, label, from }: { way: string; passphrase: string; label?: string; from: string }): Promise<Welcome> => {
      const { persona } = find(way, from), pass = await passphrases.hash(passphrase);
      return db.transaction(() => {
        // It may have been used while the passphrase was made ready.
        const { handle } = find(way, from);
        const session = sessions.open(persona, label ?? '');
        renewPass(persona, pass, sessions.of(session)!.id);
        keep(persona, null);
        notices.add(persona, 'came-in', {});
        return { persona, handle, session };
      });
    },
  };
}
