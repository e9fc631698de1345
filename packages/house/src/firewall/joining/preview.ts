import { checkUpgrade, Refusal, type Contract } from '@commonhold/core';
import type { Somebody } from '../caller.ts';
import { contractUnknown } from './join.ts';
import { blockOf, type Block, type KnownContract, type KnownContracts } from './known.ts';
import { objectOf } from '../verbs/shape.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import { replacedKey } from './terms.ts';

/** Fetches what stands at an address, as text; `local`: also from this machine. Refuses `page_unreachable`. */
export type FetchContract = (url: string, how: { local: boolean }) => Promise<string>;

/** A contract, where to find one, or the hash of one that was looked at lately or is recommended. */
interface PreviewWish { contract?: unknown; address?: string; hash?: string }

/** A contract as somebody looks at it before they join. */
export interface Preview {
  hash: string; version: number; contract: Contract; source: KnownContract['source']; form: KnownContract['form']; address: string | null; signed: boolean;
  /** What it declares and is not done here, each with its place in the document. */
  unhonoured: KnownContract['unhonoured'];
  /** It could be joined as a draft: nothing is wrong with it but that it is unsigned. */
  draft: boolean;
  /** What keeps it from being joined; nothing: it may be. */
  blocks: readonly Block[];
  /** What this person has joined of the same service; `wider`: this one gives somebody more. */
  joined: { persona: string; hash: string; version: number; wider: boolean } | null;
}

function wishOf(wish: unknown): PreviewWish {
  const { contract, address, hash, ...rest } = objectOf(wish);
  for (const name of Object.keys(rest)) throw new Refusal('invalid', 'unknown_field', 'The request has a field that it should not have.', { field: name.slice(0, 80) });
  if (address !== undefined && typeof address !== 'string') throw badAddress();
  if (hash !== undefined && typeof hash !== 'string') throw contractUnknown();
  return { contract, ...(address === undefined ? {} : { address }), ...(hash === undefined ? {} : { hash }) };
}

const badAddress = (): Refusal => new Refusal('invalid', 'bad_address', 'This is not an address.', { field: 'address' });

const WELL_KNOWN = '/.well-known/commonhold-contract';

/** Reads a contract and says what is to be said before joining. Refuses what core refuses, with the place; `page_unreachable`, `bad_address`, `contract_unknown`. */
export const makePreview = ({ known, namespaces, fetchContract }: { known: KnownContracts; namespaces: Namespaces; fetchContract: FetchContract }) =>
  async ({ persona }: Somebody, wish: unknown, { local }: { local: boolean }): Promise<Preview> => {
    const { contract, address, hash } = wishOf(wish);
    if (hash !== undefined) {
      const found = known.find(persona, hash);
      if (!found) throw contractUnknown();
      return previewOf(found, namespaces, persona);
    }
    if (address === undefined) return previewOf(known.read(persona, contract, { source: 'pasted', address: null }), namespaces, persona);
    const url = addressOf(address);
    return previewOf(known.read(persona, await fetchContract(url, { local }), { source: 'address', address: url }), namespaces, persona);
  };

/** A bare host, or an origin, means its well-known path. Refuses `bad_address`. */
export function addressOf(address: string): string {
  const text = address.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || text.length > 2000) throw badAddress();
  if (url.pathname === '/' && url.search === '') url.pathname = WELL_KNOWN;
  url.hash = '';
  return url.href;
}

function previewOf(known: KnownContract, namespaces: Namespaces, persona: string): Preview {
  const { hash, contract, source, form, address, blocks, unhonoured } = known, had = namespaces.joined(persona, contract.service.id);
  const upgrade = had && checkUpgrade(had.contract.contract, contract);
  const follows = had && afterwards(had, known);
  return {
    hash, version: contract.version, contract, source, form, address, unhonoured, signed: contract.signature !== undefined && !blocks.some(({ code }) => code === 'unsigned' || code === 'bad_signature'),
    draft: source === 'pasted' && blocks.length === 1 && blocks[0]!.code === 'unsigned', blocks: follows === null ? blocks : [...blocks, follows],
    joined: had ? { persona: had.persona, hash: had.contract.hash, version: had.contract.contract.version, wider: upgrade?.ok === true && upgrade.value.wider } : null,
  };
}

/** What keeps somebody who has joined from going on to another contract of the same service. */
const afterwards = ({ contract: { contract, hash }, terms }: Namespace, next: KnownContract): Block | null =>
  (hash === next.hash || terms.draft ? null : replacedKey(terms, next) ?? blockOf(checkUpgrade(contract, next.contract)));
