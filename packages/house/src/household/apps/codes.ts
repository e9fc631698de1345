import { createHash } from 'node:crypto';
import { toBase64Url, type Suite } from '@commonhold/core';
import type { CodeWish, Exchange } from './types.ts';

const LIVES = 60_000;
const PER_PERSON = 10;

interface Held { wish: CodeWish; expires: number; /** The consent that came of it, once it was used. */ app: string | null }

/** Codes that wait for their app: in memory, for a minute, each once. */
export function makeCodes({ suite, clock }: { suite: Suite; clock: () => number }) {
  const held = new Map<string, Held>();
  const tidy = (): void => { for (const [code, { expires }] of held) if (expires <= clock()) held.delete(code); };
  return {
    offer: (wish: CodeWish): string => {
      tidy();
      const mine = [...held].filter(([, one]) => one.wish.persona === wish.persona);
      for (const [code] of mine.slice(0, Math.max(0, mine.length - PER_PERSON + 1))) held.delete(code);
      const code = toBase64Url(suite.random(32));
      held.set(code, { wish, expires: clock() + LIVES, app: null });
      return code;
    },
    /** The one that this code, shown by this app, stands for; null where it does not. */
    find: ({ code, clientId, redirectUri, verifier }: Exchange): Held | null => {
      tidy();
      const one = held.get(code);
      const { service, challenge, redirectUri: meant } = one?.wish ?? {};
      const fits = service === clientId && (redirectUri === null || redirectUri === meant) && challengeOf(verifier) === challenge;
      return one && fits ? one : null;
    },
    knows: (origin: string): boolean => [...held.values()].some(({ wish }) => wish.origin === origin),
    forget: (persona: string): void => { for (const [code, { wish }] of held) if (wish.persona === persona) held.delete(code); },
  };
}

/** S256 (RFC 7636): base64url of the SHA-256 of the verifier. */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
