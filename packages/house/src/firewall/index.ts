import { frame, Refusal, toBase64Url, type Suite } from '@commonhold/core';
import { join } from 'node:path';
import { makeEars } from '../ears.ts';
import { migrate } from '../sqlite/migrate.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { scrub } from '../sqlite/scrub.ts';
import { openOrRenew } from '../sqlite/sound.ts';
import { logMigrations } from '../store/log/migrations.ts';
import { makeNonces } from '../store/log/nonces.ts';
import { makeAccessLog } from '../store/log/access-log.ts';
import type { Pen } from '../store/pod/draft.ts';
import type { Change } from '../store/pod/types.ts';
import { makePods, type Pods } from '../store/pods.ts';
import { settleDue } from '../store/receive/receive.ts';
import { makeAdmit } from './admit.ts';
import { makeBringIn } from './bring.ts';
import { makeBlobSweep } from './blobs.ts';
import { makeCursors } from './verbs/cursor.ts';
import type { Received } from './verbs/deps.ts';
import { actingGate } from './acting-gate.ts';
import { makeContractBook, type ContractBook } from './contract-book.ts';
import { builtInContracts, type EnforcedContract } from './contracts.ts';
import { makeExportFiles } from './export-files.ts';
import { makeExport } from './export.ts';
import { makeFacts, makeIsMember } from './facts.ts';
import { makeFeed } from './feed.ts';
import { makeGate } from './gate.ts';
import type { Joining, JoiningDeps } from './joining/index.ts';
import { makeHomes, type Home } from './homes.ts';
import { makeIdentity } from './identity.ts';
import { makeLogBook } from './log-book.ts';
import { makeOutboxStore } from './outbox.ts';
import { FREE, type HouseOrder } from './order.ts';
import { makePodCare } from './pod-care.ts';
import { makeActing, NO_PSEUDONYMS, unmasked, type Pseudonyms } from './pseudonyms.ts';
import { makeRecords } from './records/records.ts';
import { makeRetention } from './retention.ts';
import { makeRelationBook } from './relations.ts';
import { lastPosition, replayPod } from './replay.ts';
import { makeRowCache, rowName } from './row-cache.ts';
import { makeSigner } from './signer.ts';
import { makeJoinedBy, makeSigners } from './signers.ts';

/** Most bytes of one pod's blobs, unless the house says otherwise. */
export const BLOB_BUDGET = 2 ** 31;

/** What the firewall asks of the household: who is at home here, and where. */
export interface Residents {
  podOf(persona: string): string | null;
  saltOf(persona: string): Uint8Array | null;
}

/** What joining services asks of the rest of the house. */
export type JoiningPorts = Pick<JoiningDeps, 'fetchContract' | 'shelf' | 'departures' | 'unsettled' | 'start' | 'places'>;

interface Deps {
  folder: string;
  suite: Suite;
  /** Persona id of this house. */
  house: string;
  seedOf(keySalt: Uint8Array): Uint8Array;
  /** 32 bytes under which cursors are sealed. */
  cursorKey: Uint8Array;
  /** Those of the built-in services, unless told otherwise. */
  contracts?: ReadonlyMap<string, EnforcedContract>;
  residents: Residents;
  /** Who they are to single services; nobody is anybody else unless told. */
  pseudonyms?: Pseudonyms;
  /** What joining services asks of the rest of the house. */
  joining?: JoiningPorts;
  /** How services take offers that they look at themselves; asked each time, since services come after the firewall. */
  received?: Received;
  /** Most bytes of a pod's blobs; 2 GiB unless told otherwise. */
  blobBytes?(): number;
  now(): number;
  onError(error: unknown): void;
  /** How the house narrows what its people may do; not at all unless told. */
  order?: HouseOrder;
  /** Look closely at files that can be begun anew, as after a crash. */
  look?: boolean;
}

/** The firewall over its store: the only importer of `store/`, and all that the rest of the house gets to see of it. */
export function makeFirewall({ folder, suite, house, seedOf, cursorKey, contracts = builtInContracts(suite), residents, received = () => null, blobBytes = () => BLOB_BUDGET, now, onError, look = false, order: houseOrder = FREE, pseudonyms = NO_PSEUDONYMS, joining }: Deps) {
  const logDb = openLog(folder, look, onError);
  const log = makeAccessLog(logDb, now, onError);
  const { podOf, saltOf, order, lines, isHere } = unmasked(pseudonyms, { residents, order: houseOrder, log });
  const signer = makeSigner({ suite, seedOf, saltOf });
  const book = makeContractBook(contracts);
  const pen: Pen = { suite, signer, now };
  const feed = makeFeed(onError);
  const cache = makeRowCache();
  const onCommit = (changes: readonly Change[]) => {
    for (const { persona, service, collection, key } of changes) {
      cache.drop(persona, rowName(service, collection, key));
      if (!contracts.has(service) || contracts.get(service)?.contract.collections[collection]?.kind === 'links') relations.drop(persona, service);
    }
    feed.publish(changes);
  };
  const pods = makePods({ folder: join(folder, 'pods'), ...pen, onCommit, onError, standing: [...contracts.values()] });
  const forgetRows = (persona: string): void => { cache.forget(persona); relations.drop(persona); signer.forget(persona); };
  const find = makeHomes(pods, podOf);
  const relations = makeRelationBook(find);
  const facts = makeFacts({ relations, isHousemate: isHere, isMember: makeIsMember({ find, isLeaving: pseudonyms.isLeaving }), now });
  const exportOf = makeExport({ find, pods, log, house, now });
  const exportFiles = makeExportFiles({ find, pods, log, house, now });
  const heard = makeEars<[persona: string]>(onError);
  const identity = makeIdentity({ find, pods, pen, house, onIdentity: heard.tell });
  return {
    identity,
    /** Hears whose key log may say something else than before. */
    onIdentity: (listener: (persona: string) => void) => { heard.listen(listener); },
    gate: actingGate(makeGate({ order, isLeaving: pseudonyms.isLeaving, find, identity, contracts, book, facts, relations, log: lines, house, cache, pen, blobBytes, pods, feed, cursors: makeCursors(cursorKey), received, isResident: isHere, onError }), makeActing(contracts, pseudonyms)),
    records: makeRecords({ order, isLeaving: pseudonyms.isLeaving, find, contracts, book, facts, relations, log: lines, house, pen }),
    /** Lets in what has waited for its time, and lets go of what has had it. */
    settle: makeSettle({ pods, pen, book, now }),
    signers: makeSigners({ find, pods, book, identity, nonces: makeNonces(logDb, now, (key) => toBase64Url(suite.sha256(frame('commonhold/nonce-of/1', cursorKey, key)))) }), joinedBy: makeJoinedBy({ find, book, pseudonyms }),
    /** What a service calls itself in its contract; '' where there is none. */
    titleOf: (persona: string, service: string): string => titleIn(book, find(pseudonyms.of(persona, service) ?? persona), service),
    /** Services that are not built in; loaded when it is first asked for. */
    joining: joiningOf(joining, { isHere, find, book, standing: contracts, pseudonyms, pen, house, seedOf, feed, forgetLog: async (owner, service) => { log.forgetService(owner, service); await scrub(logDb, [service]); }, forgetRows }),
    log: makeLogBook(log, onError),
    feed,
    relations,
    contracts,
    admit: makeAdmit({ pods, contracts, signer, house }),
    /** Removes whatever exists of a pod; nothing is fine. */
    evict: (pod: string) => pods.drop(pod),
    outbox: makeOutboxStore({ pods, find, relations, pen, house }),
    exportOf,
    exportFiles,
    bringIn: makeBringIn({ find, contracts, book, pen, suite, budget: blobBytes }),
    care: makePodCare({ find, pods, log, pen, house, exportOf, folder: join(folder, 'departed'), forgetRows }),
    last: (pod: string) => lastPosition(pods, pod),
    replay: (pod: string, since: number, tell: (changes: Change[], last: number) => void) => replayPod(pods, pod, since, tell),
    sweepBlobs: makeBlobSweep(pods, now, onError),
    rest: () => pods.rest(),
    idle: () => pods.idle(),
    /** Lets all pods stand still for a moment, as `Pods.stand`. */
    stand: () => pods.stand(),
    close: () => { pods.close(); log.close(); },
  };
}

const titleIn = (book: ContractBook, home: Home | null, service: string): string => (home && book.of(home, service)?.contract.service.title) ?? '';

function joiningOf(ports: JoiningPorts | undefined, deps: Omit<JoiningDeps, keyof JoiningPorts>): () => Promise<Joining> {
  let made: Promise<Joining> | undefined;
  return () => {
    if (!ports) throw new Refusal('unavailable', 'no_services', 'This house joins no services.');
    return (made ??= import('./joining/index.ts').then(({ makeJoining }) => makeJoining({ ...deps, ...ports })));
  };
}

function makeSettle({ pods, pen, book, now }: Pick<Deps, 'now'> & { pods: Pods; pen: Pen; book: ContractBook }) {
  const retention = makeRetention(book, now);
  return async () => { await settleDue(pods.held(), pen); await retention(pods.held()); };
}

function openLog(folder: string, look: boolean, onError: (error: unknown) => void): Sqlite {
  const path = join(folder, 'log.db');
  const aside = `${path}.damaged`;
  return openOrRenew(path, { durability: 'normal' }, {
    look, aside, begin: (db) => { migrate(db, logMigrations); return db; },
    renewed: (cause) => onError(new Refusal('unavailable', 'log_renewed', `The access log was damaged. It is kept as ${aside}, and a new one was begun. Nothing needs to be done.`, { cause })),
  });
}

/** The firewall, as `compose.ts` passes its parts on. */
export type Firewall = ReturnType<typeof makeFirewall>;
