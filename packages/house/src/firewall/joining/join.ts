import { canonical, clockNext, parseNarrowing, Refusal, startKeyLog, toBase64Url, verifyKeyLog, type Json, type Narrowing, type Signed, type Suite } from '@commonhold/core';
import type { Pen } from '../../store/pod/draft.ts';
import { joinContract, keepTerms } from '../../store/pod/join-contract.ts';
import { addPersona } from '../../store/pod/open.ts';
import type { PersonaState } from '../../store/pod/types.ts';
import type { FindHome, Home } from '../homes.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { checkMayWrite } from '../standing.ts';
import type { Departures } from './ports.ts';
import type { KnownContract, KnownContracts } from './known.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import { pseudonymRecovery } from './recovery.ts';
import type { Terms } from './terms.ts';

/** How somebody joins: `draft` says that they know it is unsigned. */
export interface JoinWish { hash: string; as?: 'pseudonym' | 'self'; narrowing?: unknown; draft?: boolean }

/** What joining is made of. */
export interface JoinDeps { find: FindHome; known: KnownContracts; namespaces: Namespaces; pseudonyms: Pseudonyms; departures: Departures; pen: Pen; house: string; seedOf(keySalt: Uint8Array): Uint8Array }

/**
 * Makes a namespace of a service, for a fresh pseudonym unless told otherwise; on disk when it resolves. Refuses `contract_unknown`,
 * `contract_blocked` (the field is the code of what blocks), `already_joined`, `still_leaving`, `bad_narrowing`, and what a pod that is not written here refuses.
 */
export const makeJoin = (deps: JoinDeps) => {
  const underWay = new Set<string>();
  return async (owner: string, wish: JoinWish): Promise<Namespace> => {
    const known = joinable(deps.known.find(owner, wish.hash), wish.draft === true);
    const name = `${owner} ${known.contract.service.id}`;
    // Until it is on disk, nothing else says that they joined.
    if (underWay.has(name)) throw alreadyJoined();
    underWay.add(name);
    try { return await join(deps, owner, known, wish); } finally { underWay.delete(name); }
  };
};

async function join(deps: JoinDeps, owner: string, known: KnownContract, wish: JoinWish): Promise<Namespace> {
  const { find, namespaces, house } = deps;
  const { id } = known.contract.service;
  const home = find(owner);
  if (!home) throw contractUnknown();
  checkMayWrite(home.state, house);
  if (deps.departures.has(owner, id)) throw stillLeaving();
  if (namespaces.joined(owner, id) || deps.pseudonyms.of(owner, id) !== null) throw alreadyJoined();
  const narrowing = wish.narrowing === undefined ? {} : narrowingFrom(known, wish.narrowing);
  const make = (state: PersonaState, pod: Home['pod'], as: Terms['as']): void => {
    joinContract(pod, state, deps.pen, { service: id, hash: known.hash, text: known.text });
    keepTerms(pod, state, id, { narrowing: canonical(narrowing as Json), terms: JSON.stringify(firstTerms(known, as, clockNext(state.clock, deps.pen.now()), deps.pen.now())) });
  };
  if (wish.as === 'self') await home.pod.write(() => { const now = find(owner)!; make(now.state, now.pod, 'self'); });
  else await asPseudonym(deps, { owner, service: id, home }, make);
  return namespaces.joined(owner, id)!;
}

/** One namespace of a service for each person. */
export const alreadyJoined = (): Refusal => new Refusal('conflict', 'already_joined', 'You have joined this service already.', { field: 'hash' });

/** What is on its way out is not changed any more, and not joined anew before nothing is left: else that would go with the rest. */
export const stillLeaving = (): Refusal => new Refusal('conflict', 'still_leaving', 'You are on your way out of this service. Wait until nothing of it is left.');

/** A contract that may be joined. Refuses as joining does. */
export function joinable(known: KnownContract | null, draft: boolean): KnownContract {
  if (!known) throw contractUnknown();
  const block = known.blocks.find(({ code }) => !(draft && code === 'unsigned' && known.source === 'pasted'));
  if (block) throw new Refusal('conflict', 'contract_blocked', `This contract cannot be joined. ${block.say}`, { field: block.code });
  return known;
}

/** Refuses `bad_narrowing`, with the place. */
export function narrowingFrom({ compiled }: Pick<KnownContract, 'compiled'>, value: unknown): Narrowing {
  const parsed = parseNarrowing(compiled, value);
  if (!parsed.ok) throw new Refusal('invalid', 'bad_narrowing', parsed.message, { field: parsed.at ?? '' });
  return parsed.value;
}

/** Nobody has looked at it lately, and it is not recommended. */
export const contractUnknown = (): Refusal => new Refusal('not_found', 'contract_unknown', 'Look at the contract first, then join.', { field: 'hash' });

const firstTerms = ({ hash, contract, source, address, rotations, blocks }: KnownContract, as: Terms['as'], from: string, now: number): Terms => ({
  as, since: now, draft: blocks.length > 0, address: source === 'pasted' ? null : address, rotations, declined: null,
  history: [{ hash, version: contract.version, since: now, from, earlier: true }],
});

const SALT_BYTES = 16;

interface Place { owner: string; service: string; home: Home }

/** Its place is kept first and settled last: what a crash leaves in between is taken away when the house opens. */
async function asPseudonym({ pseudonyms, pen, house, seedOf, find }: JoinDeps, { owner, service, home }: Place, make: (state: PersonaState, pod: Home['pod'], as: Terms['as']) => void): Promise<void> {
  const salt = pen.suite.random(SALT_BYTES);
  const { persona, device, keyLog } = newPseudonym(pen.suite, seedOf(salt), house);
  pseudonyms.reserve({ persona, owner, service, salt });
  try {
    await home.pod.write(() => { const { pod } = find(owner)!; make(addPersona(pod, pen, { persona, device, keyLog }), pod, 'pseudonym'); });
  } catch (error) { pseudonyms.drop(persona); throw error; }
  pseudonyms.settle(persona);
}

function newPseudonym(suite: Suite, seed: Uint8Array, house: string): { persona: string; device: string; keyLog: Signed[] } {
  const device = toBase64Url(suite.publicKey(seed));
  const keyLog = startKeyLog(suite, { recoverySeed: pseudonymRecovery(suite, seed), deviceSeed: suite.random(32), podDevice: device, house });
  const state = verifyKeyLog(suite, keyLog);
  if (!state.ok) throw new Refusal('unavailable', state.code, state.message);
  return { persona: state.value.persona, device, keyLog };
}
