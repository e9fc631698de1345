import type { AccessLog } from '../store/log/access-log.ts';
import type { Caller } from './caller.ts';
import type { HouseOrder } from './order.ts';

/** Who else the people of a house are, each to one service: known to the house, told to nobody. */
export interface Pseudonyms {
  /** The pod of a pseudonym, and the salt of its key; null for anybody else. */
  podOf(persona: string): string | null;
  saltOf(persona: string): Uint8Array | null;
  /** Whose it is. */
  ownerOf(persona: string): string | null;
  /** As whom a person joined a service, where not as themselves. */
  of(owner: string, service: string): string | null;
  /** Whether what this persona keeps with a service is on its way out: nobody has anything of it any more. */
  isLeaving(persona: string, service: string): boolean;
  /** Keeps a place for one, before it is made; `settle` once it is on disk. What is never settled is taken away when the house opens. */
  reserve(pseudonym: { persona: string; owner: string; service: string; salt: Uint8Array }): void;
  settle(persona: string): void;
  drop(persona: string): void;
}

/** A house whose people are themselves. */
export const NO_PSEUDONYMS: Pseudonyms = {
  podOf: () => null, saltOf: () => null, ownerOf: () => null, of: () => null, isLeaving: () => false, reserve: () => {}, settle: () => {}, drop: () => {},
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

interface Unmasking { residents: Pick<Pseudonyms, 'podOf' | 'saltOf'>; order: HouseOrder; log: Pick<AccessLog, 'named' | 'counted'> }

/** What the house knows of everybody who lives in it, under whichever name: where they are, what they may, and whose log it is that says who asked for them. */
export function unmasked(pseudonyms: Pseudonyms, { residents, order, log }: Unmasking) {
  const podOf = (persona: string): string | null => residents.podOf(persona) ?? pseudonyms.podOf(persona);
  const mine = <L extends { persona: string }>(line: L): L => {
    const owner = pseudonyms.ownerOf(line.persona);
    return owner === null ? line : { ...line, persona: owner };
  };
  const lines: Unmasking['log'] = { named: (line, n) => log.named(mine(line), n), counted: (line, n) => log.counted(mine(line), n) };
  const ordered: HouseOrder = { ...order, checkMayPublish: (persona) => order.checkMayPublish(pseudonyms.ownerOf(persona) ?? persona) };
  return { podOf, isHere: (persona: string): boolean => podOf(persona) !== null, saltOf: (persona: string) => residents.saltOf(persona) ?? pseudonyms.saltOf(persona), order: ordered, lines };
}
