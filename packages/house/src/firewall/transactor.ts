import {
  blobsIn, canonical, checkBody, fromBase64Url, mayWrite, Refusal, toBase64Url, type Alternative, type Audience, type Json, type Offer, type Verb,
} from '@commonhold/core';
import { appendAfter, bodyBytes } from '../store/pod/append.ts';
import { nameBlobs } from '../store/pod/blobs.ts';
import type { Draft, Pen } from '../store/pod/draft.ts';
import { writeLocal } from '../store/pod/write-local.ts';
import type { Row } from '../store/pod/types.ts';
import type { Access } from './access.ts';
import type { EnforcedContract } from './contracts.ts';
import { checkAudience, namedAudience, storedAudience } from './audience.ts';
import { forClock } from './bounds.ts';
import { personaOf } from './caller.ts';
import { itemOf, type Item } from './reader.ts';
import { checkMayWrite } from './standing.ts';

/** Something to add: the key is random unless the collection is `single` or the author gave one. */
export interface NewItem { key?: string; body: Json; audience?: string }

/** What somebody else asks for; without `base`, as services do, whatever is there. */
export type Offered = Pick<Offer, 'author' | 'owner' | 'service' | 'collection' | 'key' | 'op' | 'expiry'> & { base?: string | null };

/** A proved offer of another persona, or of the service itself, as it was taken in. */
export interface ProvedOffer { offer: Offered; hash: string; text: string; body?: Json; salt?: Uint8Array }

/**
 * Writes one service's namespace of one persona, already narrowed to one caller; all of it in one transaction.
 * Whoever is not the owner can only have an offer accepted: all else would be signed as if it were the owner's.
 */
export interface Transactor {
  /** Adds a record, or changes it where the key is there. Refuses `denied`, `bad_key`, `bad_body`, `bad_audience`, `limit_reached`. */
  put(collection: string, item: NewItem): Item;
  /** Removes a record; false when there was none that this caller could remove. */
  remove(collection: string, key: string): boolean;
  /** Whether there was a record of this name, and is none since it was removed; the owner's to know. */
  wasRemoved(collection: string, key: string): boolean;
  /**
   * Adds, changes or removes on the word of a proved offer, made for the state that is there; a repeated one changes nothing.
   * `audience`: for whom something new is, else the collection's usual one.
   */
  accept(proved: ProvedOffer, audience?: string): void;
  /**
   * The answer kept for a day under a caller's key of idempotency: made once, the same for every retry of the same request.
   * It outlives what it speaks of: names and numbers only, never a body.
   */
  once<T>(key: string, request: Uint8Array, make: () => T): T;
  /** Leaves an effect on somebody else in the outbox, delivered at least once after this transaction. */
  effect(target: string, effect: Json): void;
}

const KEY_BYTES = 16;
const ONCE_MS = 86_400_000;
const TIDY_MS = 3_600_000;

/** The transactor of one access; only `gate.transact` makes it, inside the pod's transaction. `budget`: most bytes of a pod's file that others' services may fill. */
export function makeTransactor(access: Access, pen: Pen, house: string, budget: number): Transactor {
  const owned = (collection: string, verb: Verb): void => {
    if (isOwner(access)) return;
    access.refused(collection, verb, 'no_offer');
    throw denied();
  };
  return {
    put: (collection, item) => {
      owned(collection, 'add');
      checkBytes(access, budget);
      const key = keyOf(access, pen, collection, item.key);
      // Nothing is there yet under a key that was drawn just now.
      const before = item.key === undefined && key !== 'self' ? undefined : existing(access, collection, key);
      const row = write(access, pen, house, collection, { ...item, key, before });
      if (access.caller.kind === 'app') access.wrote(collection, row.rev > 1 ? 'change' : 'add');
      return itemOf(access.home.state.persona, row, 'all', house);
    },
    remove: (collection, key) => {
      owned(collection, 'remove');
      const removed = removeRow(access, pen, house, collection, key);
      if (removed && access.caller.kind === 'app') access.wrote(collection, 'remove');
      return removed;
    },
    wasRemoved: (collection, key) => {
      owned(collection, 'read');
      return existing(access, collection, key)?.op === 'remove';
    },
    accept: (proved, audience) => {
      if (proved.offer.op === 'put') checkBytes(access, budget);
      accept(access, pen, house, proved, audience);
    },
    once: <T>(key: string, request: Uint8Array, make: () => T): T => {
      // A service has no pod of its own to keep its answers in.
      if (!isService(access)) owned('', 'add');
      checkBytes(access, budget);
      return once(access, pen, key, request, make);
    },
    effect: (target, effect) => {
      owned('', 'add');
      // What is taken back always may be.
      if ((effect as { op?: Json }).op !== 'remove') access.checkMayPublish();
      const now = pen.now();
      access.home.pod.waits = true;
      access.home.pod.sql.putOutbox.run(access.home.state.ref, target, JSON.stringify(effect), now, now);
    },
  };
}

const isOwner = ({ caller, home }: Access): boolean => personaOf(caller) === home.state.persona;
const isService = ({ self, contract }: Access): boolean => self === contract.service;

const denied = (): Refusal => new Refusal('denied', 'denied', 'The contract of this service does not allow that.');

function keyOf({ contract }: Access, pen: Pen, collection: string, key: string | undefined): string {
  if (contract.contract.collections[collection]?.kind === 'single') {
    if (key === undefined || key === 'self') return 'self';
  } else {
    if (key === undefined) return toBase64Url(pen.suite.random(KEY_BYTES));
    if (key === 'self' && contract.contract.collections[collection]?.kind === 'local') return key;
    if (fromBase64Url(key, KEY_BYTES)) return key;
  }
  throw new Refusal('invalid', 'bad_key', 'A record of this collection cannot have such a key.', { field: 'key' });
}

function existing(access: Access, collection: string, key: string): Row | undefined {
  const { home, contract } = access;
  return access.kept(collection).row.get(home.state.ref, contract.service, collection, key);
}

/** `before`: what is there under this key. */
interface Named extends NewItem { key: string; before: Row | undefined; proved?: ProvedOffer }

function write(access: Access, pen: Pen, house: string, collection: string, item: Named): Row {
  const { home, contract } = access;
  const { before } = item;
  const live = before?.op === 'put' ? before : undefined;
  const audience = audienceFor(access, house, collection, { live, asked: item.audience });
  permit(access, collection, live ? 'change' : 'add', audience, live);
  checkForm(contract, collection, item.body);
  const blobs = knownBlobs(access, collection, item);
  if (!live) checkRoom(access, collection);
  const draft: Draft = {
    service: contract.service, collection, key: item.key, op: 'put', body: item.body, blobs, audience: storedAudience(audience, house), ...authorship(item.proved),
  };
  checkMayWrite(home.state, house);
  // What is for oneself alone concerns nobody else.
  if (isOwner(access) && audience !== 'only-me' && !isLocal(access, collection)) access.checkMayPublish();
  return appendTo(access, pen, draft, before);
}

const isLocal = ({ contract }: Access, collection: string): boolean => contract.compiled.collections.get(collection)?.kind === 'local';

function appendTo(access: Access, pen: Pen, draft: Draft, before: Row | undefined): Row {
  const { pod, state } = access.home;
  if (!isLocal(access, draft.collection)) return appendAfter(pod, state, pen, draft, before);
  nameBlobs(pod, state.ref, draft);
  return writeLocal(pod, state, pen, draft);
}

function audienceFor(access: Access, house: string, collection: string, { live, asked }: { live: Row | undefined; asked: string | undefined }): string {
  const { contract, compiled } = access.contract;
  const rules = contract.collections[collection];
  const audience = asked ?? keptAudience(live, rules?.audiences, house) ?? compiled.collections.get(collection)?.defaultAudience ?? 'only-me';
  if (rules && (isOwner(access) || asked !== undefined)) checkAudience(audience, rules.audiences ?? ['only-me']);
  return audience;
}

// What cannot be for its owner alone was for another house: from now on it is for whom such things usually are here.
function keptAudience(live: Row | undefined, allowed: readonly string[] | undefined, house: string): string | undefined {
  const had = live && namedAudience(live.audience, house);
  return had === 'only-me' && allowed?.includes(had) === false ? undefined : had;
}

// Whoever offers a record has sent no bytes here, and learns nothing of those that others did.
function knownBlobs({ home: { pod, state }, contract }: Access, collection: string, { body, proved }: Named): string[] {
  return blobsIn(contract.compiled, collection, body).map(({ blob, at }) => {
    if (!proved && pod.sql.blob.get(state.ref, contract.service, blob)) return blob;
    throw new Refusal('invalid', 'blob_unknown', 'This names a picture or file that was not sent here first.', { field: at });
  });
}

const authorship = (proved: ProvedOffer | undefined): Pick<Draft, 'author' | 'offer'> =>
  proved === undefined ? {} : { author: proved.offer.author, offer: { hash: proved.hash, text: proved.text, ...(proved.salt ? { salt: proved.salt } : {}) } };

function permit(access: Access, collection: string, verb: Verb, audience: string, row: Row | undefined): void {
  const alternatives = access.may(collection, verb);
  const isOwn = row === undefined || (row.author ?? access.home.state.persona) === access.self;
  const given = row === undefined ? alternatives ?? [] : forClock(alternatives ?? [], row.at);
  if (mayWrite(verb === 'add' ? reach(given, isOwner(access)) : given, audience as Audience, isOwn)) return;
  if (alternatives) access.refused(collection, verb, 'no_audience');
  throw denied();
}

// An offer lands in the owner's audience: a stranger who may add is not among those who may read what they added.
function reach(alternatives: readonly Alternative[], owner: boolean): readonly Alternative[] {
  return owner ? alternatives : alternatives.map((one) => ({ ...one, audiences: EVERY }));
}

const EVERY: readonly Audience[] = ['only-me', 'close', 'linked', 'house', 'members', 'followers', 'everyone'];

/** Refuses what no record of this collection may be, whatever is there: `bad_body`, `item_too_big`. */
export function checkForm({ compiled }: EnforcedContract, collection: string, body: Json): void {
  const issue = checkBody(compiled, collection, body);
  if (issue) throw new Refusal('invalid', 'bad_body', 'The record is not what its contract asks for.', issue);
  const most = compiled.collections.get(collection)!.limits.itemBytes;
  if (bodyBytes(body) > most) {
    throw new Refusal('too_big', 'item_too_big', 'This is longer than the contract allows.', { expected: `at most ${most} bytes` });
  }
}

/** A contract may ask for more room than a house has: whoever's service it is, other people go on. */
function checkBytes({ home: { pod }, contract: { contract } }: Access, budget: number): void {
  if (contract.service.key === null || pod.sql.filled.get()!.bytes < budget) return;
  throw new Refusal('conflict', 'services_full', 'There is no more room here for what services keep. Remove some of it first.', { expected: `at most ${budget} bytes in all` });
}

/** Links are read whole for each decision after one of them has changed. */
const MOST_LINKS = 5000;

function mostOf({ contract, compiled }: EnforcedContract, collection: string): number {
  const { kind, limits: { count } } = compiled.collections.get(collection)!;
  return kind === 'links' && contract.service.key !== null ? Math.min(count, MOST_LINKS) : count;
}

function checkRoom(access: Access, collection: string): void {
  const { home, contract } = access;
  const most = mostOf(contract, collection);
  const name = `${contract.service}/${collection}`;
  const held = home.state.counts.get(name) ?? access.kept(collection).count.get(home.state.ref, contract.service, collection)?.n ?? 0;
  home.state.counts.set(name, held);
  if (held >= most) {
    throw new Refusal('conflict', 'limit_reached', `There is room for ${most} of these. Remove some first.`);
  }
}

function removeRow(access: Access, pen: Pen, house: string, collection: string, key: string, proved?: ProvedOffer): boolean {
  const row = existing(access, collection, key);
  if (row?.op !== 'put') return false;
  permit(access, collection, 'remove', namedAudience(row.audience, house), row);
  checkMayWrite(access.home.state, house);
  appendTo(access, pen, {
    service: access.contract.service, collection, key, op: 'remove', audience: row.audience, ...authorship(proved),
  }, row);
  return true;
}

// What its owner removed stays removed, but for the one record of its collection: that may come again.
const wasHere = ({ offer, body }: ProvedOffer, row: Row | undefined): boolean =>
  (offer.op === 'remove' ? row?.op !== 'put' : row !== undefined && (row.op === 'remove' ? row.key !== 'self' : row.body === canonical(body ?? null)));

// At least once from the sender, once here: a put of what is there or was removed, or a remove of what is gone, has been here before.
function accept(access: Access, pen: Pen, house: string, proved: ProvedOffer, audience?: string): void {
  const { offer, body = null } = proved;
  const { collection, key, op } = offer;
  const { pod, state } = access.home;
  checkParties(access, offer);
  tidy(pod, pen.now());
  if (pen.now() > offer.expiry) throw new Refusal('conflict', 'offer_expired', 'This offer has expired. Make a new one.', { field: 'expiry' });
  const row = existing(access, collection, key);
  if (wasHere(proved, row) || pod.sql.taken.get(state.ref, proved.hash)) return;
  checkBase(offer, row);
  if (op === 'remove') removeRow(access, pen, house, collection, key, proved);
  else write(access, pen, house, collection, { key, body, proved, before: row, ...(audience === undefined || row ? {} : { audience }) });
  // Known until it expires: what was taken once is never taken again, whatever became of the record.
  pod.sql.putTaken.run(state.ref, proved.hash, offer.expiry, offer.service);
  access.wrote(collection, op === 'remove' ? 'remove' : row ? 'change' : 'add');
}

// Who speaks of no state speaks of whatever is there.
function checkBase({ base }: Offered, row: Row | undefined): void {
  if (base === undefined || base === (row ? toBase64Url(row.id) : null)) return;
  throw new Refusal('conflict', 'offer_stale', 'The offer was made for another state of this record.', { field: 'base' });
}

function checkParties(access: Access, { author, owner, service, collection, op }: Offered): void {
  if (access.self === author && owner === access.home.state.persona && service === access.contract.service) {
    // What waited in the outbox was said before.
    if (access.caller.kind !== 'owner' && op === 'put') access.checkMayPublish();
    return;
  }
  access.refused(collection, 'add', 'wrong_offer');
  throw denied();
}

// Without an index of its own, since that would cost every write a page: so only now and then.
function tidy(pod: Access['home']['pod'], now: number): void {
  if (Math.abs(now - pod.tidied) < TIDY_MS) return;
  pod.tidied = now;
  pod.sql.forgetOnce.run(now - ONCE_MS);
  pod.sql.forgetTaken.run(now - ONCE_MS);
}

/** A key of idempotency as a pod keeps it: with the service, where that may go again. */
export const onceKey = ({ contracts }: Pick<Access['home']['state'], 'contracts'>, service: string, key: string): string =>
  (contracts.get(service)?.terms == null ? key : `${service}\n${key}`);

// No key of a caller's has a line feed.
const BY_SERVICE = 'by the service\n';

function once<T>(access: Access, pen: Pen, asked: string, request: Uint8Array, make: () => T): T {
  const { pod, state } = access.home;
  const key = onceKey(state, access.contract.service, isService(access) ? `${BY_SERVICE}${asked}` : asked);
  tidy(access.home.pod, pen.now());
  const had = pod.sql.once.get(state.ref, key);
  if (had) {
    if (Buffer.compare(had.request, request) === 0) return JSON.parse(had.answer) as T;
    throw new Refusal('conflict', 'key_reused', 'This idempotency key was used for another request.', { field: 'Idempotency-Key' });
  }
  const made = make();
  pod.sql.putOnce.run(state.ref, key, request, JSON.stringify(made), pen.now());
  return made;
}
