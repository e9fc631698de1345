import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newRecovery, recoverySeed, signStatement, startKeyLog, toBase64Url, utf8, verifyKeyLog, verifyLog, type LogEntry, type Signed, type Statement, type Suite, type Envelope } from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { append } from '../store/pod/append.ts';
import type { Draft } from '../store/pod/draft.ts';
import type { Change, Row } from '../store/pod/types.ts';
import { makePods, type NewPod, type OpenPod, type Pods } from '../store/pods.ts';

/** Pods in a folder of their own, with one pod in it. */
export interface TrialPods {
  folder: string;
  suite: Suite;
  readonly pods: Pods;
  readonly pod: OpenPod;
  persona: string;
  /** Seed of the pod device. */
  seed: Uint8Array;
  fresh: NewPod;
  clock: { ms: number };
  /** What each commit told. */
  commits: Change[][];
  /** How often a signature was made so far. */
  signatures(): number;
  /** Appends inside a work that runs already. */
  append(draft: Partial<Draft> & Pick<Draft, 'key'>): Row;
  reopen(): void;
  close(): void;
}

/** The id of the one pod. */
export const POD = 'pod';

/** Makes a pod by `pods.create`, for a persona made here. `sweepMs`: how often logs are emptied, if not as in a house. */
export function openTrialPods({ sweepMs }: { sweepMs?: number } = {}): TrialPods {
  const folder = mkdtempSync(join(tmpdir(), 'ch-pods-'));
  const plain = makeNodeSuite();
  let signed = 0;
  const suite: Suite = { ...plain, sign: (seed, message) => { signed++; return plain.sign(seed, message); } };
  const clock = { ms: 1_800_000_000_000 };
  const commits: Change[][] = [];
  const seed = suite.random(32);
  const signer = { seed: () => seed, device: () => suite.publicKey(seed) };
  const now = () => clock.ms;
  const start = () => makePods({ folder, suite, signer, now, onCommit: (changes) => { commits.push([...changes]); }, ...(sweepMs !== undefined && { sweepMs }) });
  let pods = start();
  const { persona, keyLog } = newPersona(suite, toBase64Url(suite.publicKey(seed)));
  const fresh: NewPod = { id: POD, persona, keyLog, contracts: [{ service: 'notes', hash: toBase64Url(suite.random(32)), text: '{}' }], records: [] };
  pods.create(fresh);
  return {
    folder, suite, persona, seed, fresh, clock, commits,
    get pods() { return pods; },
    get pod() { return pods.open(POD); },
    signatures: () => signed,
    append: (draft) => {
      const pod = pods.open(POD);
      return append(pod, pod.personas.get(persona)!, { suite, signer, now },
        { service: 'notes', collection: 'lines', audience: 'everyone', op: 'put', ...draft, key: keyOf(draft.key) });
    },
    reopen: () => { pods.close(); pods = start(); },
    close: () => { pods.close(); rmSync(folder, { recursive: true }); },
  };
}

/** A record key made of a short name, and back. */
export const keyOf = (name: string): string => Buffer.from(name.padEnd(16, '.')).toString('base64url');
export const nameOf = (key: string): string => Buffer.from(key, 'base64url').toString().replaceAll('.', '');

/** A persona whose key log lets this pod device write, and a phone (`phoneSeed`). */
export function newPersona(suite: Suite, podDevice: string): { persona: string; keyLog: Signed[] } {
  const deviceSeed = suite.random(32);
  const keyLog = startKeyLog(suite, {
    recoverySeed: recoverySeed(newRecovery(suite).entropy), deviceSeed, podDevice, house: `c${'a'.repeat(52)}`,
  });
  const state = verifyKeyLog(suite, keyLog);
  if (!state.ok) throw new TypeError(state.message);
  const { persona, head, height } = state.value;
  const device = toBase64Url(suite.publicKey(phoneSeed(suite, persona)));
  const add: Statement = {
    v: 1, type: 'add-device', persona, height: height + 1, prev: head, by: toBase64Url(suite.publicKey(deviceSeed)), device, capabilities: ['e2ee', 'write'], label: 'phone',
  };
  return { persona, keyLog: [...keyLog, signStatement(suite, add, [deviceSeed])] };
}

/** The seed of a persona's phone in tests. */
export const phoneSeed = (suite: Suite, persona: string): Uint8Array => suite.sha256(utf8(`phone of ${persona}`));

/** Verifies every lane of a pod as a stranger would, out of its file; answers how many entries each has, or the first fault. */
export function verifyPod(suite: Suite, pod: OpenPod): (number | string)[] {
  return [...pod.personas.values()].flatMap(({ ref, keyLog, lanes }) => pod.sql.lanes.all(ref).map((lane) => {
    const entries = pod.sql.entries.all(lane.ref).map(({ seq, id, sig, head, envelope }): LogEntry => {
      const payload = envelope === null ? undefined : pod.sql.payload.get((JSON.parse(envelope) as Envelope).key, lane.ref, seq);
      return {
        seq, id: toBase64Url(id), ...(sig && head ? { sig: toBase64Url(sig), head } : {}), ...(envelope === null ? {} : { envelope }),
        ...(payload?.body && payload.salt ? { body: JSON.parse(payload.body), salt: toBase64Url(payload.salt) } : {}),
      };
    });
    const verdict = verifyLog(suite, { announcement: JSON.parse(lane.announcement), entries, keyLog });
    const held = lanes.find((one) => one.ref === lane.ref);
    if (!verdict.ok) return `${verdict.code} ${verdict.at}`;
    return held && toBase64Url(held.chain) === verdict.value.chain && held.seq === entries.length ? entries.length : 'memory is not the file';
  }));
}
