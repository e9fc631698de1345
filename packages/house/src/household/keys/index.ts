import type { Inception } from '@commonhold/core';
import { makeEars } from '../../ears.ts';
import type { OnError } from '../../journal.ts';
import type { HouseEvent } from '../ports.ts';
import { makeLinks, type LinkEvent } from './links.ts';
import { makeRecovery } from './recovery.ts';

type Deps = Parameters<typeof makeRecovery>[0] & Omit<Parameters<typeof makeLinks>[0], 'tell'> & { tell(event: HouseEvent): void; onError: OnError };

/** Hears of a person's links. */
export type OnLink = (persona: string, event: LinkEvent) => void;

/** What stands for a session where a device signs each request. */
export const deviceSession = (device: string): string => `device:${device}`;

/** What the household does with keys: coming back by recovery words, adding a device by a code, and ending what a revoked device had open. */
export function makeKeyVerbs(deps: Deps) {
  const { people, keys } = deps;
  const ears = makeEars<Parameters<OnLink>>(deps.onError);
  return {
    recovery: makeRecovery(deps),
    links: makeLinks({ ...deps, tell: ears.tell }),
    /** Who made the recovery words that count now, and whether they are written down. */
    words: (persona: string): { recovery: 'browser' | 'house'; wordsWritten: boolean } => {
      const { recovery, wordsWritten, wordsKey } = people.of(persona)!;
      const { statements: [first], recoveryKey } = keys.view(persona)!;
      const isFirst = (first!.statement as Inception).recoveryKey === recoveryKey;
      return { recovery: isFirst ? recovery : 'browser', wordsWritten: wordsWritten && (wordsKey === null ? isFirst : wordsKey === recoveryKey) };
    },
    /** The words that count now are written down. */
    wroteWords: (persona: string): void => people.wroteWords(persona, keys.view(persona)!.recoveryKey),
    /** To be called when a key log says something else than before. */
    heard: (persona: string): void => {
      deps.sessions.endRevoked(persona);
      deps.tokens.endRevoked(persona);
      // What a device opened by signing for it ends like a session.
      for (const { statement } of keys.view(persona)?.statements ?? []) {
        if (statement.type === 'revoke-device' && !keys.isActive(persona, statement.device)) deps.tell({ type: 'session-ended', session: deviceSession(statement.device), persona });
      }
    },
    /** Hears of links; answers how to stop. */
    listenLinks: ears.listen,
  };
}
