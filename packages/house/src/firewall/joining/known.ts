import { compileContract, contractCard, contractHash, parseContract, Refusal, canonical, verifyRotated, type Compiled, type Contract, type Json, type RotateServiceKey, type Signed, type Suite } from '@commonhold/core';

/** What keeps a contract from being joined: a stable code, a sentence, and the place. */
export interface Block { code: string; say: string; field?: string }

/** A contract that was read and looked at. `text` has its signature in it. */
export interface KnownContract {
  hash: string; text: string; contract: Contract; compiled: Compiled;
  rotations: readonly Signed<RotateServiceKey>[];
  /** Pasted by a person, found at an address, or recommended by the stewards. */
  source: 'pasted' | 'address' | 'shelf';
  address: string | null;
  blocks: readonly Block[];
}

/** Contracts that people looked at lately, so that a hash names one; and those on the shelf. */
export interface KnownContracts {
  /** Reads a document: a contract, or `{contract, rotations}`. Refuses what core refuses, with the place. */
  read(document: unknown, from: Pick<KnownContract, 'source' | 'address'>): KnownContract;
  find(hash: string): KnownContract | null;
  /** Those of one service. */
  of(service: string): KnownContract[];
}

/** A contract has at most 256 KiB. */
const MOST = 64;

/** `builtIn`: hashes of the contracts that a house is built with; `shelf`: what the stewards recommend. */
export function makeKnownContracts({ suite, builtIn, shelf }: { suite: Suite; builtIn: readonly string[]; shelf: { all(): readonly KnownContract[] } }): KnownContracts {
  const seen = new Map<string, KnownContract>();
  return {
    read: (document, from) => {
      const known = look(suite, builtIn, document, from);
      seen.delete(known.hash);
      seen.set(known.hash, known);
      if (seen.size > MOST) seen.delete(seen.keys().next().value!);
      return known;
    },
    find: (hash) => seen.get(hash) ?? shelf.all().find((one) => one.hash === hash) ?? null,
    of: (service) => [...seen.values(), ...shelf.all()].filter(({ contract }) => contract.service.id === service),
  };
}

/** Reads a contract and finds what is wrong with it. Refuses what is no contract at all, with core's code and place. */
export function look(suite: Suite, builtIn: readonly string[], document: unknown, { source, address }: Pick<KnownContract, 'source' | 'address'>): KnownContract {
  const { inner, rotations } = unwrapped(document);
  const parsed = parseContract(inner);
  const compiled = parsed.ok ? compileContract(parsed.value) : parsed;
  if (!parsed.ok) throw new Refusal('invalid', parsed.code, parsed.message, { field: parsed.at ?? '' });
  if (!compiled.ok) throw new Refusal('invalid', compiled.code, compiled.message, { field: compiled.at ?? '' });
  const contract = parsed.value;
  const checks = [contract.service.key === null ? builtInBlock : null, blockOf(verifyRotated(suite, contract, builtIn, rotations)), blockOf(contractCard(contract, 'en'))];
  return {
    hash: contractHash(suite, contract), text: canonical(contract as unknown as Json), contract, compiled: compiled.value, source, address,
    rotations: rotations as Signed<RotateServiceKey>[], blocks: checks.filter((one) => one !== null),
  };
}

const builtInBlock: Block = { code: 'built_in', say: 'A house joins its built-in services by itself.', field: '/service/key' };

/** What a check did not like, as a block. */
export const blockOf = (result: { ok: true } | { ok: false; code: string; message: string; at?: string }): Block | null =>
  (result.ok ? null : { code: result.code, say: result.message, ...(result.at === undefined ? {} : { field: result.at }) });

const MOST_ROTATIONS = 32;

function unwrapped(document: unknown): { inner: unknown; rotations: readonly unknown[] } {
  const whole = typeof document === 'string' ? parsedText(document) : document;
  if (typeof whole !== 'object' || whole === null || !('contract' in whole)) return { inner: whole, rotations: [] };
  const { contract, rotations = [] } = whole as { contract: unknown; rotations?: unknown };
  if (!Array.isArray(rotations) || rotations.length > MOST_ROTATIONS) throw new Refusal('invalid', 'bad_rotation', `A list of at most ${MOST_ROTATIONS} rotations.`, { field: '/rotations' });
  return { inner: contract, rotations };
}

function parsedText(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { throw new Refusal('invalid', 'not_json', 'This is not JSON.', { field: '' }); }
}
