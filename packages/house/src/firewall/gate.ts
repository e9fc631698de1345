import { Refusal, signPresent, utf8, type Audience } from '@commonhold/core';
import type { Pen } from '../store/pod/draft.ts';
import type { Pods } from '../store/pods.ts';
import { makeAccess, type AccessDeps } from './access.ts';
import { namedAudience } from './audience.ts';
import { forClock } from './bounds.ts';
import { makeBlobs, type Blobs } from './blobs.ts';
import { personaOf, type Caller } from './caller.ts';
import { makeData, type Data } from './verbs/index.ts';
import type { DataDeps, Received } from './verbs/deps.ts';
import type { Cursors } from './verbs/cursor.ts';
import { makeScan } from './verbs/scan.ts';
import { makeLinked } from './linked.ts';
import { nothingHere } from './verbs/see.ts';
import type { Feed } from './feed.ts';
import { chainOf } from './identity.ts';
import type { DeviceView, Identity, KeyLogAddition, KeyLogView, KeysNow, LaneView, Standing } from './identity.ts';
import type { Shown } from './order.ts';
import { absentReader, AccessReader, itemJson, type Reader } from './reader.ts';
import type { RowCache } from './row-cache.ts';
import { checkMayWrite } from './standing.ts';
import { refuseToken } from './token.ts';
import { makeTransactor, type Transactor } from './transactor.ts';

/** The one way to a pod's records. What it hands out is narrowed to one namespace and one caller. */
export interface Gate {
  /** A reader; one that finds nothing where there is no such persona or service: the same as denied. */
  reader(caller: Caller, persona: string, service: string): Reader;
  /** One record as the data API's JSON text, or null: denied and absent are the same. */
  get(caller: Caller, persona: string, service: string, collection: string, key: string): string | null;
  /** That a persona joined a service, as JSON text of `{joined, keyLog}`, for the service itself with `present`, which answers its challenge; null for who is not to know, and where there is none. */
  joined(caller: Caller, persona: string, service: string, challenge?: string): string | null;
  /** May this caller read every record of a lane, whole? The question that views filter by; it leaves no trace in the log. */
  mayReadLane(caller: Caller, persona: string, service: string, collection: string, audience: string): boolean;
  /** Does a block part the caller from this persona? To be asked of what others put into a pod of the caller's own. */
  apart(caller: Caller, persona: string): boolean;
  /** Whether the house shows a post to this caller; to be asked of what was read from a pod of its reader's own. */
  shown(caller: Caller, persona: string, key: string): Shown;
  /** The key log that counts, for its own person; null for everybody else. */
  keyLog(caller: Caller, persona: string): KeyLogView | null;
  /** Where a persona lives now, if not here, and whether it has ended; to be told to whoever may see its profile. */
  standing(persona: string): Standing;
  /** The head of a persona's key log and what came after one seen before; to be told to whoever may see its profile. */
  keys(persona: string, seen?: string): KeysNow | null;
  /** Adds statements and lane-closes of its own person's to a key log, all or none; on disk when it resolves. Refuses as `Identity.extend`. */
  extendKeyLog(caller: Caller, persona: string, addition: KeyLogAddition): Promise<KeyLogView>;
  /** The devices that may act for a persona now, for its own person. */
  devices(caller: Caller, persona: string): DeviceView[];
  /** The lanes of one device of a persona, for its own person. */
  lanesOf(caller: Caller, persona: string, device: string): LaneView[];
  /** Bytes beside records. */
  blobs: Blobs;
  /** The data API for clients: query, count, put, patch, remove, watch. */
  data: Data;
  /** Runs a write; yes means it is on disk. Refuses `denied` where there is no such namespace. */
  transact<T>(caller: Caller, persona: string, service: string, work: (tx: Transactor) => T): Promise<T>;
}

/** What the gate is built on, beside what decides. */
export interface GateDeps extends AccessDeps {
  cache: RowCache; pen: Pen; blobBytes(): number; cursors: Cursors; feed: Pick<Feed, 'listen' | 'listenAgain'>; pods: Pick<Pods, 'snapshot' | 'nobody'>;
  identity: Identity;
  received: Received;
  isResident(persona: string): boolean;
  onError(error: unknown): void;
}

/** Builds the gate over the parts that gather facts, decide and keep. */
export function makeGate(deps: GateDeps): Gate {
  const access = makeAccess(deps);
  const look = lookBy(access);
  const reader: Gate['reader'] = (caller, persona, service) => {
    const open = look(caller, persona, service);
    return open ? new AccessReader(open, deps.cache) : absentReader(deps.pods.nobody(), () => note(caller));
  };
  // A line of nobody's: what is asked of whom or what is not here takes what a refusal takes.
  const note = (caller: Caller): void => deps.log.named({ persona: '', caller: personaOf(caller) ?? 'anyone', service: '', collection: '', verb: 'read', refused: true, rule: 'absent' });
  const write: DataDeps['write'] = async (caller, { persona, service }, work) => {
    refuseToken(deps, caller, service, true);
    const pod = deps.find(persona)?.pod;
    if (!pod) throw absent();
    // Opened inside the write: a rolled-back neighbour in the same transaction makes the memory of personas anew.
    return pod.write(() => {
      const open = access(caller, persona, service);
      if (!open) throw absent();
      deps.identity.settleOne(open.home);
      if (personaOf(caller) === persona) checkMayWrite(open.home.state, deps.house);
      return work(open, makeTransactor(open, deps.pen, deps.house, deps.blobBytes()));
    });
  };
  const data = makeData({
    open: (caller, { persona, service }, writes = false) => {
      refuseToken(deps, caller, service, writes);
      const open = look(caller, persona, service);
      if (!open) { note(caller); throw nothingHere(); }
      return open;
    },
    write: (caller, target, work) => write(caller, target, work).catch(asNothing),
    linked: makeLinked({ access, relations: deps.relations }),
    present: (caller, persona) => deps.isResident(persona) && !deps.relations.apart(persona, personaOf(caller) ?? ''),
    home: deps.find, pen: deps.pen, received: deps.received, scan: makeScan(deps.pods), cursors: deps.cursors, digest: (text) => deps.pen.suite.sha256(utf8(text)), listen: deps.feed.listen, listenAgain: deps.feed.listenAgain, onError: deps.onError,
  });
  return {
    reader,
    data,
    blobs: makeBlobs({
      find: (caller, { persona, service, collection, key }, blob) => reader(caller, persona, service).blob(collection, key, blob) ?? null,
      open: (caller, persona, service) => { refuseToken(deps, caller, service, true); return look(caller, persona, service); },
      checkMayWrite: ({ state }) => checkMayWrite(state, deps.house), budget: deps.blobBytes, now: () => deps.pen.now(),
    }),
    get: (caller, persona, service, collection, key) => {
      const item = reader(caller, persona, service).get(collection, key);
      return item ? itemJson(item) : null;
    },
    joined: joinedBy(look, note, deps.pen),
    mayReadLane: (caller, persona, service, collection, audience) => {
      const decision = look(caller, persona, service)?.decide(collection, 'read');
      if (!decision || !('allow' in decision)) return false;
      const named = namedAudience(audience, deps.house) as Audience;
      // What was written under an earlier contract is in the same lane.
      return forClock(decision.allow, '').some(({ rows, fields, audiences }) => rows === 'all' && fields === null && audiences.includes(named));
    },
    apart: (caller, persona) => deps.relations.apart(persona, personaOf(caller) ?? persona),
    shown: (caller, persona, key) => deps.order.shown(personaOf(caller), persona, key),
    ...keyLogsOf(deps.identity),
    transact: (caller, persona, service, work) => write(caller, { persona, service }, (_, tx) => work(tx)),
  };
}

function joinedBy(look: ReturnType<typeof makeAccess>, note: (caller: Caller) => void, { suite, signer }: Pen): Gate['joined'] {
  return (caller, persona, service, challenge) => {
    const open = look(caller, persona, service);
    if (!open?.mayKnowJoined()) { note(caller); return null; }
    const { pod, state } = open.home;
    const { joined } = pod.sql.contract.get(state.ref, service)!;
    // For the service alone, asked by its own key: whoever else had it could pass for this persona there.
    const present = caller.kind !== 'service' || challenge === undefined ? null
      : signPresent(suite, { persona, device: state.device, service, challenge, keyLogHead: state.keyLog.head }, signer.seed(persona));
    return `{"joined":${joined},"keyLog":${JSON.stringify(chainOf(open.home))}${present === null ? '' : `,"present":${JSON.stringify(present)}`}}`;
  };
}

// A damaged pod is its own person's trouble; to everybody else it is absent.
function lookBy(access: ReturnType<typeof makeAccess>): typeof access {
  return (caller, persona, service) => {
    try { return access(caller, persona, service); } catch (error) {
      if (error instanceof Refusal && error.code === 'pod_damaged' && personaOf(caller) !== persona) return null;
      throw error;
    }
  };
}

// A script is its person before records alone: keys are none of its business.
const isOneself = (caller: Caller, persona: string): boolean => caller.kind !== 'app' && personaOf(caller) === persona;

function keyLogsOf(identity: Identity): Pick<Gate, 'keyLog' | 'standing' | 'keys' | 'extendKeyLog' | 'devices' | 'lanesOf'> {
  return {
    keyLog: (caller, persona) => (isOneself(caller, persona) ? identity.view(persona) : null),
    standing: identity.standing,
    keys: identity.keys,
    extendKeyLog: async (caller, persona, addition) => {
      if (!isOneself(caller, persona)) throw nothingHere();
      await identity.extend(persona, addition);
      return identity.view(persona)!;
    },
    devices: (caller, persona) => (isOneself(caller, persona) ? identity.devices(persona) : []),
    lanesOf: (caller, persona, device) => (isOneself(caller, persona) ? identity.lanes(persona, device) : []),
  };
}

const asNothing = (error: unknown): never => {
  throw error instanceof Refusal && error.code === 'denied' ? nothingHere() : error;
};

const absent = (): Refusal => new Refusal('denied', 'denied', 'The contract of this service does not allow that.');
