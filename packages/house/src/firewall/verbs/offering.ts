import { fromBase64Url, mayWrite as mayWriteRow, Refusal, toBase64Url, type Verb } from '@commonhold/core';
import type { Access } from '../access.ts';
import { personaOf, type Caller } from '../caller.ts';
import type { Home } from '../homes.ts';
import { signOffer, type Asked } from '../offers.ts';
import { checkMayWrite, mayWrite } from '../standing.ts';
import { onceKey, type ProvedOffer, type Transactor } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { nothingHere } from './see.ts';
import type { Target } from './target.ts';

/** Somebody who writes into another's pod: by offers, signed by their own pod device, which the owner's pod takes or does not. */
export interface Offering {
  author: Home;
  /** Signs what is asked for the record as it is now; inside the write. */
  sign(access: Access, asked: Pick<Asked, 'op' | 'key' | 'body'>): ProvedOffer;
  /**
   * Runs a write in the owner's pod. Whatever keeps an offer out of it but its own form is `not_found`: nobody learns from a
   * refusal what is there.
   */
  deliver<T>(work: (access: Access, tx: Transactor) => T): Promise<T>;
  /** The service's own way of taking an offer of this collection, if it has one: it looks at each by itself. */
  received: ((proved: ProvedOffer) => Promise<void>) | null;
}

const KEY_BYTES = 16;

/** True for a caller who is somebody else than whose pod it is. */
export const isStranger = (caller: Caller, { persona }: Pick<Target, 'persona'>): boolean => personaOf(caller) !== persona;

/** Opens an offering, if the contract lets this caller do one of these verbs. Refuses `not_found`, and what keeps the writer's own pod from writing; the owner's log has why. */
export function offeringOf(deps: DataDeps, caller: Caller, target: Target, ...verbs: readonly Verb[]): { access: Access; offering: Offering } {
  const { collection } = target;
  const access = deps.open(caller, target, true);
  if (!verbs.some((verb) => mayOffer(access, collection, verb))) {
    access.may(collection, verbs[0]!);
    throw nothingHere();
  }
  const author = deps.home(personaOf(caller) ?? '');
  // A record with one fixed key cannot be somebody else's.
  if (author) checkMayWrite(author.state, access.house);
  // Neither can anybody else's pod that has gone elsewhere be written here.
  if (!author || !mayWrite(access.home.state, access.house) || access.contract.compiled.collections.get(collection)?.kind === 'single') { access.refused(collection, verbs[0]!, 'no_offer'); throw nothingHere(); }
  const receive = deps.received(target.service, collection);
  return {
    access,
    offering: {
      author,
      sign: (owner, asked) => signOffer(deps.pen, author, owner.home, { ...asked, service: target.service, contract: owner.contract.hash, collection }),
      deliver: (work) => deps.write(caller, target, work).catch(asAnswered),
      received: receive && ((proved) => receive(author.state.persona, proved).catch(asAnswered)),
    },
  };
}

/** May this caller do this with a record of their own that lies where its owner keeps what others offer? The same whatever is there. */
export function mayOffer(access: Access, collection: string, verb: Verb): boolean {
  const decision = access.decide(collection, verb);
  const usual = access.contract.compiled.collections.get(collection)?.defaultAudience ?? 'only-me';
  return 'allow' in decision && (verb === 'add' || mayWriteRow(decision.allow, usual, true));
}

const FORM = ['invalid', 'too_big', 'rate_limited', 'unavailable'];
/** Said of what the caller may read, or asked before. */
const SEEN = ['version_conflict', 'too_many_matches', 'key_reused'];

/** What a refusal of a write comes to for whoever is not the owner: anything but its own form, and what they may see, is `not_found`. */
export function asAnswered(error: unknown): never {
  throw error instanceof Refusal && !FORM.includes(error.kind) && !SEEN.includes(error.code) ? nothingHere() : error;
}

/** The whole key of an author's record, from its own part or the whole; null for what is neither. */
export function offeredKey(author: string, key: string): string | null {
  const own = key.startsWith(`${author}/`) ? key.slice(author.length + 1) : key;
  return fromBase64Url(own, KEY_BYTES) ? `${author}/${own}` : null;
}

/** The version of a record, for who may read all of it. */
export function versionFor(access: Access, collection: string, key: string): string | null {
  const row = access.home.pod.sql.row.get(access.home.state.ref, access.contract.service, collection, key);
  const decision = access.decide(collection, 'read');
  if (row?.op !== 'put' || !('allow' in decision) || access.readable(decision.allow, row) !== 'all') return null;
  return toBase64Url(row.id);
}

/** Refuses what only the owner may say. */
export const notForStrangers = (field: string): Refusal =>
  new Refusal('invalid', 'unknown_field', 'There is no such field, or it is not for you.', { field });

/** The answer of a work that was done under a key of idempotency; kept in the author's own pod, after it is done: a repetition must be harmless. */
export async function answeredAtHome<T>(deps: DataDeps, caller: Caller, target: Target, once: string | undefined, request: () => Uint8Array, work: () => Promise<T>): Promise<T> {
  const home = deps.home(personaOf(caller) ?? '');
  const keep = (make: () => T): Promise<T> => onceAtHome(deps, caller, target, once, request, make);
  if (once !== undefined && home?.pod.sql.once.get(home.state.ref, onceKey(home.state, target.service, once))) return keep(() => { throw nothingHere(); });
  const done = await work();
  return keep(() => done);
}

/** Answers under a key of idempotency, kept in the author's own pod: made once, the same for the same request. */
export const onceAtHome = <T>(deps: DataDeps, caller: Caller, { service }: Target, once: string | undefined, request: () => Uint8Array, make: () => T): Promise<T> =>
  (once === undefined ? Promise.resolve().then(make) : deps.write(caller, { persona: personaOf(caller)!, service }, (_, tx) => tx.once(once, request(), make)));
