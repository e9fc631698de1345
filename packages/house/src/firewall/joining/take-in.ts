import { clockNext, Refusal, toBase64Url, verifyJoined, verifyKeyLog, type Json, type KeyLogState, type Signed } from '@commonhold/core';
import { keepCloses } from '../../store/pod/closes.ts';
import { joinContract, keepTerms } from '../../store/pod/join-contract.ts';
import { addPersona } from '../../store/pod/open.ts';
import type { Home } from '../homes.ts';
import { checkMayWrite } from '../standing.ts';
import { alreadyJoined, joinable, stillLeaving, type JoinDeps } from './join.ts';
import { look, type KnownContract } from './known.ts';
import type { Place, Places } from './ports.ts';
import { pseudonymRecovery } from './recovery.ts';
import type { Terms } from './terms.ts';

/** One version of a contract that a pseudonym joined elsewhere; `from`: the clock of the first record under it, '' where there is none. */
export interface BroughtVersion { contract: Json; joined: Signed; from: string }

/** A pseudonym with all that says who it is, out of an export that was checked. */
export interface Arrival { persona: string; service: string; statements: readonly Signed[]; versions: readonly BroughtVersion[]; closes: readonly Signed[] }

type Deps = Pick<JoinDeps, 'find' | 'known' | 'namespaces' | 'pseudonyms' | 'departures' | 'pen' | 'house' | 'seedOf'> & { places: Places; builtIn: readonly string[]; isHere(persona: string): boolean };

/**
 * Lets a pseudonym in that another house has handed over, to a place that this person had prepared; on disk when it resolves, and nothing new where it
 * is here already. What was narrowed did not come along, so it begins paused. Refuses `not_handed_over`, `not_yours`, `left_here`, `already_joined`,
 * `still_leaving`, `contract_blocked`, `bad_key_log`, and what a pod that is not written here refuses.
 */
export const makeTakeIn = (deps: Deps) => async (owner: string, arrival: Arrival): Promise<void> => {
  const { persona, service } = arrival, { pseudonyms } = deps;
  if (isBack(deps, owner, arrival)) return;
  const home = homeFor(deps, owner, arrival);
  const place = placeOf(deps, owner, arrival), versions = arrival.versions.map((version) => ({ ...version, known: knownOf(deps, owner, version) }));
  if (versions.length === 0 || versions.some(({ known }) => known.contract.service.id !== service)) throw notHandedOver();
  pseudonyms.reserve({ persona, owner, service, salt: place.salt });
  try {
    await home.pod.write(() => settle(deps, owner, { ...arrival, device: place.device, versions }));
  } catch (error) { pseudonyms.drop(persona); throw error; }
  pseudonyms.settle(persona);
  deps.places.drop(place.device);
};

/** Whether it is here already, as when a file is brought twice. */
function isBack({ departures, pseudonyms, namespaces, house }: Deps, owner: string, { persona, service }: Arrival): boolean {
  if (departures.has(owner, service)) throw stillLeaving();
  const had = pseudonyms.ownerOf(persona) === owner ? namespaces.joined(owner, service) : null;
  if (had && had.home.state.keyLog.home !== house) throw new Refusal('conflict', 'left_here', 'What you left here of this service is in the way. Erase it under Services, then bring the file once more.');
  return had !== null;
}

function homeFor({ isHere, namespaces, pseudonyms, find, house }: Deps, owner: string, { persona, service }: Arrival): Home {
  if (isHere(persona)) throw new Refusal('conflict', 'not_yours', 'This export is of somebody else. Bring your own.');
  if (namespaces.joined(owner, service) || pseudonyms.of(owner, service) !== null) throw alreadyJoined();
  const home = find(owner);
  if (!home) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
  checkMayWrite(home.state, house);
  return home;
}

const notHandedOver = (): Refusal => new Refusal('conflict', 'not_handed_over', 'Nobody has handed this over to you here. Make a note here, take it to the house before, and export there afterwards.');

/** The place that a key log names as its last, which says that the pseudonym lives there, and that nobody else can say otherwise. */
function placeOf({ pen: { suite }, house, places, seedOf }: Deps, owner: string, { persona, statements }: Arrival): Place {
  const read = verifyKeyLog(suite, [...statements]);
  if (!read.ok || read.value.persona !== persona) throw new Refusal('invalid', 'bad_key_log', 'The key log in this export cannot be read.');
  const { home, retired, recoveryKey, devices } = read.value;
  const active = [...devices].filter(([, { revokedAt }]) => revokedAt === undefined), [only] = active;
  const place = only && active.length === 1 ? places.find(owner, only[0]) : null;
  if (!place || retired || home !== house || only![1].capabilities.join() !== 'write') throw notHandedOver();
  if (recoveryKey !== toBase64Url(suite.publicKey(pseudonymRecovery(suite, seedOf(place.salt))))) throw notHandedOver();
  return place;
}

/** A service whose key was replaced shows so where it is found: then whoever looked at it before knows how. */
function knownOf({ pen: { suite }, builtIn, known }: Deps, owner: string, { contract }: BroughtVersion): KnownContract {
  const read = (rotations: readonly unknown[]): KnownContract => look(suite, builtIn, { contract, rotations }, { source: 'pasted', address: null });
  const plain = read([]), other = known.of(owner, plain.contract.service.id).find(({ rotations }) => rotations.length > 0);
  return joinable(plain.blocks.length > 0 && other ? read(other.rotations) : plain, true);
}

interface Known extends BroughtVersion { known: KnownContract }
interface Settling extends Omit<Arrival, 'versions'> { device: string; versions: readonly Known[] }

function settle(deps: Deps, owner: string, { persona, service, device, statements, versions, closes }: Settling): void {
  const { pod } = deps.find(owner)!, state = addPersona(pod, deps.pen, { persona, device, keyLog: statements });
  bind(deps, owner, { pod, state }, { as: 'pseudonym', service, versions });
  keepCloses(pod, state, deps.pen, closes);
}

/** All versions as they were joined, the last one by this house's own word, paused: what was narrowed did not come along. */
function bind({ pen, known }: Deps, owner: string, { pod, state }: Home, { as, service, versions }: { as: Terms['as']; service: string; versions: readonly Known[] }): void {
  for (const { known: { hash, text }, joined } of versions.slice(0, -1)) {
    checkJoined(pen.suite, joined, state.keyLog);
    pod.sql.putEarlier.run(state.ref, service, hash, text, JSON.stringify(joined));
  }
  const now = pen.now(), last = versions.at(-1)!.known, seen = known.of(owner, service).find(({ address }) => address !== null);
  joinContract(pod, state, pen, { service, hash: last.hash, text: last.text });
  const terms: Terms = {
    as, since: now, draft: last.blocks.length > 0, address: seen?.address ?? null, rotations: last.rotations, declined: null,
    // What binds older records, nobody wrote down: so they are bound by each version.
    history: versions.map(({ known: { hash, contract }, from }, n) => ({ hash, version: contract.version, since: now, from: from || clockNext(state.clock, now), earlier: n === 0 })),
  };
  keepTerms(pod, state, service, { narrowing: '{"paused":true}', terms: JSON.stringify(terms) });
}

/** A service that somebody joined as themselves where they lived before; the oldest version first. */
export interface BroughtSelf { service: string; versions: readonly BroughtVersion[] }

/** Keeps that somebody who comes from another house joined a service there as themselves; begins paused. False: that cannot be here, and what it kept neither. */
export const makeBringSelf = (deps: Deps) => async (owner: string, { service, versions }: BroughtSelf): Promise<boolean> => {
  const had = deps.namespaces.joined(owner, service), home = deps.find(owner);
  if (had) return had.persona === owner && !deps.departures.has(owner, service);
  if (!home || deps.departures.has(owner, service) || deps.pseudonyms.of(owner, service) !== null || versions.length === 0) return false;
  let read: Known[];
  try { read = versions.map((version) => ({ ...version, known: knownOf(deps, owner, version) })); } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
  if (read.some(({ known }) => known.contract.service.id !== service)) return false;
  await home.pod.write(() => bind(deps, owner, deps.find(owner)!, { as: 'self', service, versions: read }));
  return true;
};

function checkJoined(suite: Deps['pen']['suite'], joined: Signed, keyLog: KeyLogState): void {
  const checked = verifyJoined(suite, joined, keyLog);
  if (!checked.ok) throw new Refusal('invalid', checked.code, checked.message, { field: 'joined' });
}
