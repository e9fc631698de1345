import { checkUpgrade, isPaused, type Contract, type Narrowing, type Signed } from '@commonhold/core';
import { chainOf } from '../identity.ts';
import { narrowingOf } from '../narrowing.ts';
import type { KnownContract } from './known.ts';
import type { Namespace } from './namespace.ts';
import { replacedKey } from './terms.ts';

/** A service that somebody joined, in short. Times in ms. */
export interface JoinedView {
  persona: string; service: string; as: 'pseudonym' | 'self'; title: string; publisher: string; purpose: string; version: number; hash: string;
  since: number; draft: boolean; /** `moved`: handed over to another house, and only read here. */
  state: 'active' | 'paused' | 'leaving' | 'moved';
  /** When a pause ends by itself. */
  pausedUntil: number | null; narrowing: Pick<Narrowing, 'rules'> & { rules: object };
  /** A later version that was seen, and not declined. */
  offered: { hash: string; version: number } | null;
}

/** All of it. */
export interface JoinedWhole extends JoinedView {
  contract: Contract; statement: Signed; keyLog: Signed[]; address: string | null;
  history: { hash: string; version: number; since: number; earlier: boolean }[];
}

/** `known`: the contracts of this service that were seen; `isLeaving`: on its way out. */
export function viewOf({ home, persona, contract: { service, hash, contract }, joined, terms }: Namespace, known: readonly KnownContract[], { isLeaving, now, house }: { isLeaving: boolean; now: number; house: string }): JoinedView {
  const { title, publisher } = contract.service;
  const narrowing = narrowingOf(joined.narrowing), { rules = {} } = narrowing, paused = isPaused(narrowing, now);
  const later = laterOf(contract, known).find((one) => one.hash !== terms.declined && replacedKey(terms, one) === null);
  return {
    persona, service, as: terms.as, title, publisher, purpose: contract.purpose, version: contract.version, hash, since: terms.since, draft: terms.draft,
    state: isLeaving ? 'leaving' : home.state.keyLog.home !== house ? 'moved' : paused ? 'paused' : 'active', pausedUntil: paused ? narrowing.until ?? null : null, narrowing: { rules },
    offered: later ? { hash: later.hash, version: later.contract.version } : null,
  };
}

/** Later versions of a contract, the newest first; of drafts, none is later. */
export const laterOf = (contract: Contract, known: readonly KnownContract[]): KnownContract[] =>
  known.filter((one) => one.blocks.length === 0 && checkUpgrade(contract, one.contract).ok).sort((a, b) => b.contract.version - a.contract.version);

/** With the texts and proofs. */
export function wholeOf(namespace: Namespace, view: JoinedView): JoinedWhole {
  const { home, service, contract, terms } = namespace;
  const { joined } = home.pod.sql.contract.get(home.state.ref, service)!;
  return {
    ...view, contract: contract.contract, statement: JSON.parse(joined) as Signed, keyLog: chainOf(home), address: terms.address,
    history: terms.history.map(({ hash, version, since, earlier }) => ({ hash, version, since, earlier })),
  };
}
