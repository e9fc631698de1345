import { carryNarrowing, checkUpgrade, clockNext, Refusal, type Contract } from '@commonhold/core';
import type { Pen } from '../../store/pod/draft.ts';
import { joinContract } from '../../store/pod/join-contract.ts';
import { narrowingOf } from '../narrowing.ts';
import { joinable } from './join.ts';
import type { Block, KnownContract, KnownContracts } from './known.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import type { Change, Place } from './change.ts';
import type { FetchContract } from './preview.ts';
import { replacedKey, type Terms } from './terms.ts';

/** A version of a contract as the diff card shows it. */
export interface VersionView { hash: string; version: number; contract: Contract }

/** What binds a namespace now, and what its service would rather have; `stay`: its owner has declined that. */
export interface UpgradeView { from: VersionView; to: (VersionView & { wider: boolean; blocks: readonly Block[]; source: KnownContract['source'] }) | null; stay: boolean }

interface Deps { known: KnownContracts; namespaces: Namespaces; fetchContract: FetchContract; pen: Pen; change: Change; now(): number }

const OFTEN_MS = 60_000;

/** Looks for a later version, also where the contract was found when it was joined; then by what people of this house looked at. */
export function makeUpgrade({ known, namespaces, fetchContract, pen, change, now }: Deps) {
  const asked = new Map<string, number>();
  const ask = async (owner: string, { address }: Terms, local: boolean): Promise<void> => {
    if (address === null || now() - (asked.get(address) ?? -Infinity) < OFTEN_MS) return;
    if (asked.size > 1000) asked.clear();
    asked.set(address, now());
    // Whatever stands in the way: the version that is in force goes on.
    try { known.read(owner, await fetchContract(address, { local }), { source: 'address', address }); } catch (error) { if (!(error instanceof Refusal)) throw error; }
  };
  return {
    look: async ({ owner, persona, service }: Place, local: boolean): Promise<UpgradeView> => {
      await ask(owner, namespaces.of(owner, persona, service).terms, local);
      const { contract: { hash, contract }, terms } = namespaces.of(owner, persona, service);
      const from = { hash, version: contract.version, contract };
      const later = nextOf(contract, hash, terms, known.of(owner, service));
      const judged = later && checkUpgrade(contract, later.contract);
      const to = later && { hash: later.hash, version: later.contract.version, contract: later.contract, wider: !judged?.ok || judged.value.wider, blocks: later.blocks, source: later.source };
      return { from, to, stay: later !== null && later.hash === terms.declined };
    },
    /**
     * Accepts a version that was looked at. What it gives more holds for records made from now on, for those before only if `earlier`
     * says so. Refuses `contract_unknown`, `contract_blocked`, `other_service`, `not_later`, `not_add_only`.
     */
    accept: (place: Place, { hash, earlier }: { hash: string; earlier: boolean }): Promise<Namespace> => change(place, (mine) => {
      const next = joinable(known.find(place.owner, hash), mine.terms.draft);
      const wider = checkNext(mine, next);
      const { home: { pod, state }, service, terms } = mine;
      pod.sql.keepContract.run(state.ref, service);
      joinContract(pod, state, pen, { service, hash, text: next.text });
      const from = clockNext(state.clock, now());
      const history = [...terms.history, { hash, version: next.contract.version, since: now(), from, earlier: earlier || !wider }];
      return {
        narrowing: carryNarrowing(mine.contract.contract, next.contract, narrowingOf(mine.joined.narrowing)),
        terms: { ...terms, draft: next.blocks.length > 0, rotations: next.rotations, address: next.address ?? terms.address, declined: null, history },
      };
    }),
    /** Declines a version: it is offered no more, and all stays as it is. */
    stay: (place: Place, hash: string): Promise<Namespace> => change(place, ({ terms }) => ({ terms: { ...terms, declined: hash } })),
  };
}

function nextOf(contract: Contract, hash: string, terms: Terms, known: readonly KnownContract[]): KnownContract | null {
  const fits = terms.draft ? known.filter((one) => one.hash !== hash && one.blocks.every(({ code }) => code === 'unsigned'))
    : known.filter((one) => one.blocks.length === 0 && one.contract.version > contract.version && replacedKey(terms, one) === null && checkUpgrade(contract, one.contract).ok);
  return fits.reduce<KnownContract | null>((best, one) => (best === null || one.contract.version >= best.contract.version ? one : best), null);
}

/** Whether the next contract is wider. A draft may change freely; a key that was rotated out never comes back. */
function checkNext({ contract: { contract }, service, terms }: Namespace, next: KnownContract): boolean {
  if (next.contract.service.id !== service) throw new Refusal('conflict', 'other_service', 'This is another service.', { field: 'hash' });
  if (terms.draft) return false;
  const replaced = replacedKey(terms, next);
  if (replaced) throw new Refusal('conflict', 'contract_blocked', replaced.say, { field: replaced.code });
  const judged = checkUpgrade(contract, next.contract);
  if (!judged.ok) throw new Refusal('conflict', judged.code, judged.message, { field: judged.at ?? 'hash' });
  return judged.value.wider;
}
