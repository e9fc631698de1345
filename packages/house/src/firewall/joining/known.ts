import { compileByoda, compileContract, contractCard, contractHash, isByoda, parseContract, Refusal, canonical, verifyRotated, type Compiled, type Contract, type Json, type RotateServiceKey, type Signed, type Result, type Suite, type Unhonoured } from '@commonhold/core';

/** What keeps a contract from being joined: a stable code, a sentence, and the place. */
export interface Block { code: string; say: string; field?: string }

/** A contract that was read and looked at. `text` has its signature in it; `document` is what it was read from, which `form` says. */
export interface KnownContract {
  hash: string; text: string; document: string; form: 'commonhold' | 'byoda'; contract: Contract; compiled: Compiled;
  rotations: readonly Signed<RotateServiceKey>[];
  /** Pasted by a person, found at an address, or recommended by the stewards. */
  source: 'pasted' | 'address' | 'shelf';
  address: string | null;
  blocks: readonly Block[];
  /** What it declares and this house does not do; what blocks joining is among the blocks, too. */
  unhonoured: readonly Unhonoured[];
}

/** Contracts that people looked at lately, each their own, so that a hash names one; and those on the shelf. */
export interface KnownContracts {
  /** Reads a document: a contract, or `{contract, rotations}`. Refuses what core refuses, with the place. */
  read(owner: string, document: unknown, from: Pick<KnownContract, 'source' | 'address'>): KnownContract;
  /** One that this person looked at, or else that is on the shelf or that its service stands by, wherever others say that they found it. */
  find(owner: string, hash: string): KnownContract | null;
  /** Those of one service, of the same kinds. */
  of(owner: string, service: string): KnownContract[];
}

/** A contract has at most 256 KiB: so many in all. */
const MOST = 64;

/** `builtIn`: hashes of the contracts that a house is built with; `shelf`: what the stewards recommend. */
export function makeKnownContracts({ suite, builtIn, shelf }: { suite: Suite; builtIn: readonly string[]; shelf: { all(): readonly KnownContract[] } }): KnownContracts {
  const seen = new Map<string, Map<string, KnownContract>>();
  return {
    read: (owner, document, from) => {
      const known = look(suite, builtIn, document, from);
      const mine = seen.get(owner) ?? new Map<string, KnownContract>();
      mine.delete(known.hash);
      seen.delete(owner);
      seen.set(owner, mine.set(known.hash, known));
      trim(seen);
      return known;
    },
    find: (owner, hash) => seen.get(owner)?.get(hash) ?? [...shelf.all(), ...ofOthers(seen, owner)].find((one) => one.hash === hash) ?? null,
    of: (owner, service) => [...seen.get(owner)?.values() ?? [], ...ofOthers(seen, owner), ...shelf.all()].filter(({ contract }) => contract.service.id === service),
  };
}

/** What others looked at, that its service signed and that could be joined; where they found it is their word alone. */
const ofOthers = (seen: ReadonlyMap<string, ReadonlyMap<string, KnownContract>>, owner: string): KnownContract[] =>
  [...seen].filter(([who]) => who !== owner).flatMap(([, theirs]) => [...theirs.values()]).filter(({ blocks, contract }) => blocks.length === 0 && contract.signature !== undefined).map((one) => ({ ...one, address: null }));

/** Whoever looked at most of all loses what they looked at first: nobody pushes out what others have before them. */
function trim(seen: Map<string, Map<string, KnownContract>>): void {
  const all = [...seen.values()];
  if (all.reduce((sum, { size }) => sum + size, 0) <= MOST) return;
  const most = all.reduce((one, other) => (other.size > one.size ? other : one));
  most.delete(most.keys().next().value!);
}

/** Reads a contract, of our format or of BYODA's, and finds what is wrong with it. Refuses what is no contract at all, with core's code and place. */
export function look(suite: Suite, builtIn: readonly string[], document: unknown, { source, address }: Pick<KnownContract, 'source' | 'address'>): KnownContract {
  const { inner, rotations } = unwrapped(document);
  const theirs = isByoda(inner) ? orRefused(compileByoda(suite, inner)) : null;
  const contract = theirs?.contract ?? orRefused(parseContract(inner));
  const compiled = orRefused(compileContract(contract));
  const unhonoured = theirs?.unhonoured ?? [];
  // Nobody has the secret to the key of a service that is made of a file of BYODA: nobody signs for it, and nobody speaks as it.
  const checks = [contract.service.key === null ? builtInBlock : null, theirs ? null : blockOf(verifyRotated(suite, contract, builtIn, rotations)), blockOf(contractCard(contract, 'en'))];
  return {
    hash: contractHash(suite, contract), text: canonical(contract as unknown as Json), document: JSON.stringify(inner), form: theirs ? 'byoda' : 'commonhold',
    contract, compiled, source, address, rotations: theirs ? [] : rotations as Signed<RotateServiceKey>[], unhonoured,
    blocks: [...checks.filter((one) => one !== null), ...unhonoured.filter(({ blocks }) => blocks).map(({ code, message, at }) => ({ code, say: message, field: at }))],
  };
}

function orRefused<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal('invalid', result.code, result.message, { field: result.at ?? '' });
  return result.value;
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
