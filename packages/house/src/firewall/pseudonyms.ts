import type { Caller } from './caller.ts';

/** Who else the people of a house are, each to one service: known to the house, told to nobody. */
export interface Pseudonyms {
  /** The pod of a pseudonym, and the salt of its key; null for anybody else. */
  podOf(persona: string): string | null;
  saltOf(persona: string): Uint8Array | null;
  /** Whose it is. */
  ownerOf(persona: string): string | null;
  /** As whom a person joined a service, where not as themselves. */
  of(owner: string, service: string): string | null;
  /** Keeps a place for one, before it is made; `settle` once it is on disk. What is never settled is taken away when the house opens. */
  reserve(pseudonym: { persona: string; owner: string; service: string; salt: Uint8Array }): void;
  settle(persona: string): void;
  drop(persona: string): void;
}

/** A house whose people are themselves. */
export const NO_PSEUDONYMS: Pseudonyms = {
  podOf: () => null, saltOf: () => null, ownerOf: () => null, of: () => null, reserve: () => {}, settle: () => {}, drop: () => {},
};

/**
 * Turns a caller into the one that a service knows. To a service that somebody joined under a pseudonym, and to its members, they are
 * that pseudonym in all they do, whichever way they come: so that no door can tell on them by mistake.
 */
export const makeActing = (standing: ReadonlyMap<string, unknown>, pseudonyms: Pick<Pseudonyms, 'of'>) => <C extends Caller>(caller: C, service: string): C => {
  if (!('persona' in caller) || standing.has(service)) return caller;
  const persona = pseudonyms.of(caller.persona, service);
  return persona === null ? caller : { ...caller, persona };
};
