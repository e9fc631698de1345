import { Refusal, toBase64Url, type Alarm, type KeyLogDevice, type Signed } from '@commonhold/core';
import { keepCloses } from '../store/pod/closes.ts';
import type { Pen } from '../store/pod/draft.ts';
import { keepStatements } from '../store/pod/extend.ts';
import { isDue, judge } from '../store/pod/judge.ts';
import type { PersonaState } from '../store/pod/types.ts';
import { settleLanes } from '../store/receive/receive.ts';
import type { OpenPod, Pods } from '../store/pods.ts';
import type { FindHome, Home } from './homes.ts';

/** A persona's key log as its own person sees it. Times in ms. */
export interface KeyLogView {
  persona: string;
  /** The chain that counts. */
  statements: readonly Signed[];
  /** Statements held, losers too. */
  known: number;
  home: string | null;
  /** Whether that is this house. */
  here: boolean;
  retired: boolean;
  /** A move that may still be reverted, and the keys that may. */
  pending: { house: string; from: string; until: number; statement: string; mayRevert: string[] } | null;
  alarms: Pick<Alarm, 'height' | 'pinned' | 'against'>[];
  recoveryKey: string;
  /** A pod device that no statement has added yet, as after the pod was restored from a backup: the house cannot write before. */
  waits?: string;
}

/** A device that may act for a persona now. */
export interface DeviceView extends Pick<KeyLogDevice, 'capabilities' | 'label'> { key: string; added: number; addedAt: number; thisHouse: boolean }

/** What was added to a key log after a head that somebody saw; all zero: nothing. */
export interface KeysSince { added: number; removed: number; words: number; moves: number }

/** The head of a key log now, and what came after `seen`; null where that head is not in it. */
export interface KeysNow { head: string; since: KeysSince | null }

/** A lane of one device, as whoever revokes it needs it; `chain` after record `seq`. */
export interface LaneView { lane: string; service: string; collection: string; audience: string; seq: number; chain: string }

/** Where a persona lives, if not in this house any more; `retired`: it has ended. */
export interface Standing { movedTo: string | null; retired?: true }

/** What somebody adds to a key log: statements, and closes of the lanes of devices that they revoke. */
export interface KeyLogAddition { statements: readonly unknown[]; closes?: readonly unknown[] }

/** Told when a key log says something else than before, after that is on disk. */
export type OnIdentity = (persona: string) => void;

/** Key logs of the personas of this house. Who may ask or add is for whoever calls; a persona that is not here has nothing. */
export interface Identity {
  view(persona: string): KeyLogView | null;
  /** Every statement held, losers too, by height. */
  known(persona: string): Signed[];
  devices(persona: string): DeviceView[];
  isActive(persona: string, device: string): boolean;
  standing(persona: string): Standing;
  lanes(persona: string, device: string): LaneView[];
  /** The keys of a persona of this house, beside a head that was seen before; null for whoever is not here. */
  keys(persona: string, seen?: string): KeysNow | null;
  /** On disk when it resolves. `unheard`: refuses `statement_known` where any of them was known before. Refuses as `keepStatements` and `keepCloses`. */
  extend(persona: string, addition: KeyLogAddition, how?: { unheard: boolean }): Promise<void>;
  /** Judges anew where a move has come to stand. */
  settle(): Promise<void>;
  /** The same for one persona, inside a write of theirs. */
  settleOne(home: Home): void;
}

interface Deps { find: FindHome; pods: Pick<Pods, 'held'>; pen: Pen; house: string; onIdentity: OnIdentity }

/** Built on the pods. */
export function makeIdentity({ find, pods, pen, house, onIdentity }: Deps): Identity {
  const stateOf = (persona: string): Home => {
    const home = find(persona);
    if (!home) throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.');
    return home;
  };
  const settleOne = ({ pod, state }: Home): void => {
    if (!isDue(state, pen.now())) return;
    Object.assign(state, judge(pod, state, pen));
    setImmediate(() => onIdentity(state.persona));
  };
  return {
    view: (persona) => { const home = find(persona); return home && viewOf(home, house); },
    known: (persona) => { const home = find(persona); return home ? home.pod.sql.statements.all(home.state.ref).map(({ signed }) => JSON.parse(signed) as Signed) : []; },
    devices: (persona) => { const home = find(persona); return home ? devicesOf(home) : []; },
    standing: (persona) => {
      const keyLog = find(persona)?.state.keyLog;
      return { movedTo: keyLog && keyLog.home !== house ? keyLog.home : null, ...(keyLog?.retired && { retired: true }) };
    },
    keys: (persona, seen) => { const home = find(persona); return home && keysNow(home, seen); },
    isActive: (persona, device) => {
      const known = find(persona)?.state.keyLog.devices.get(device);
      return known !== undefined && known.revokedAt === undefined;
    },
    lanes: (persona, device) => find(persona)?.state.lanes.filter((lane) => lane.device === device).map(({ lane, service, collection, audience, seq, chain }) =>
      ({ lane: toBase64Url(lane), service, collection, audience, seq, chain: toBase64Url(chain) })) ?? [],
    extend: async (persona, { statements, closes = [] }, how = { unheard: false }) => {
      await stateOf(persona).pod.write(() => {
        // Found inside the write: a rolled-back neighbour in the same transaction makes the memory of personas anew.
        const { pod, state } = stateOf(persona);
        const added = keepStatements(pod, state, pen, statements);
        if (how.unheard && added < statements.length) throw known();
        keepCloses(pod, state, pen, closes);
        settleLanes(pod, state, pen);
      });
      onIdentity(persona);
    },
    settle: async () => {
      const due = pods.held().flatMap((pod) => [...pod.personas.values()].filter((state) => isDue(state, pen.now())).map(({ persona }) => ({ pod, persona })));
      for (const { pod, persona } of due) await pod.write(() => settleOne({ pod, state: pod.personas.get(persona)! }));
    },
    settleOne,
  };
}

const known = (): Refusal => new Refusal('conflict', 'statement_known', 'This statement was used before. Sign in anew.', { field: 'statement' });

/** The chain that counts, as signed. */
export function chainOf({ pod, state }: Pick<Home, 'state'> & { pod: Pick<OpenPod, 'sql'> }): Signed[] {
  const rows = new Map(pod.sql.statements.all(state.ref).map(({ hash, signed }) => [hash, signed]));
  return state.keyLog.heads.map((head) => JSON.parse(rows.get(head)!) as Signed);
}

function viewOf(home: Home, house: string): KeyLogView {
  const { keyLog, pending, alarms, known, device } = home.state;
  return {
    persona: keyLog.persona, statements: chainOf(home), known, home: keyLog.home, here: keyLog.home === house, retired: keyLog.retired,
    pending: pending && { house: pending.house, from: pending.from, until: pending.until, statement: pending.statement, mayRevert: mayRevert(home.state) },
    alarms: alarms.map(({ height, pinned, against }) => ({ height, pinned, against })), recoveryKey: keyLog.recoveryKey,
    ...(keyLog.home === house && !keyLog.retired && !keyLog.devices.has(device) && { waits: device }),
  };
}

// Whoever signed the move may not take it back; see spec/identity.md.
function mayRevert({ keyLog }: PersonaState): string[] {
  const managing = [...keyLog.devices].filter(([key, { capabilities, revokedAt }]) =>
    revokedAt === undefined && capabilities.includes('manage') && key !== keyLog.homeBy);
  return [...managing.map(([key]) => key), keyLog.recoveryKey];
}

const COUNTED: Readonly<Record<string, keyof KeysSince>> = {
  'add-device': 'added', 'revoke-device': 'removed', 'rotate-recovery': 'words', 'set-home': 'moves', 'revert-home': 'moves',
};

function keysNow(home: Home, seen: string | undefined): KeysNow {
  const { head, heads } = home.state.keyLog;
  const at = seen === undefined ? -1 : heads.indexOf(seen);
  if (at === -1) return { head, since: null };
  const since: KeysSince = { added: 0, removed: 0, words: 0, moves: 0 };
  if (at < heads.length - 1) {
    for (const { statement } of chainOf(home).slice(at + 1)) {
      const counted = COUNTED[statement.type];
      if (counted) since[counted]++;
    }
  }
  return { head, since };
}

function devicesOf({ pod, state }: Home): DeviceView[] {
  const seen = new Map(pod.sql.statements.all(state.ref).map((row) => [row.hash, row.seen]));
  return [...state.keyLog.devices].filter(([, { revokedAt }]) => revokedAt === undefined).map(([key, { capabilities, label, addedAt }]) => ({
    key, capabilities, ...(label === undefined ? {} : { label }), added: addedAt, addedAt: seen.get(state.keyLog.heads[addedAt]!)!, thisHouse: key === state.device,
  }));
}
