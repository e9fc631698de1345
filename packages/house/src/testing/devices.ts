import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  closeLane, newRecovery, readLine, recoverySeed, signStatement, startKeyLog, toBase64Url, utf8, verifyKeyLog,
  type EntryLine, type LaneLine, type Signed, type Statement, type Suite,
} from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import { laneLines } from '../firewall/export.ts';
import { append } from '../store/pod/append.ts';
import type { Draft, Pen } from '../store/pod/draft.ts';
import type { Row } from '../store/pod/types.ts';
import { keepCloses } from '../store/pod/closes.ts';
import { keepStatements } from '../store/pod/extend.ts';
import { makePods, type OpenPod, type Pods } from '../store/pods.ts';
import { receive } from '../store/receive/receive.ts';
import type { Received, ReceiveRules } from '../store/receive/types.ts';
import { keyOf } from './pods.ts';

/** One device of a persona, with a pod file of its own. */
export interface TrialDevice {
  key: string;
  seed: Uint8Array;
  pen: Pen;
  clock: { ms: number };
  readonly pods: Pods;
  readonly pod: OpenPod;
  write(draft: Partial<Draft> & { key: string }): Promise<Row>;
  /** Everything in its pod, as lines of an export. */
  lines(): (LaneLine | EntryLine)[];
  take(lines: readonly (LaneLine | EntryLine)[], rules?: ReceiveRules): Promise<Received>;
  reopen(): void;
}

/** Devices of one persona that know of each other's keys. */
export interface TrialDevices {
  suite: Suite; persona: string; keyLog: Signed[]; devices: TrialDevice[]; manage: Uint8Array;
  /** The same device with an empty pod, as after a loss. */
  anew(device: TrialDevice): TrialDevice;
  close(): void;
}

/** Rules that let everything pass. */
export const ANYTHING: ReceiveRules = { lane: () => {}, record: () => [] };

const START = 1_800_000_000_000;

/** Makes `count` devices, each with an empty pod of the same persona; the first is that of a house. */
export function openTrialDevices(count: number): TrialDevices {
  const folder = mkdtempSync(join(tmpdir(), 'ch-devices-'));
  const suite = makeNodeSuite();
  const seeds = Array.from({ length: count }, () => suite.random(32));
  const manage = suite.random(32);
  const keyOfSeed = (seed: Uint8Array): string => toBase64Url(suite.publicKey(seed));
  let keyLog: Signed[] = startKeyLog(suite, {
    recoverySeed: recoverySeed(newRecovery(suite).entropy), deviceSeed: manage, podDevice: keyOfSeed(seeds[0]!), house: `c${'a'.repeat(52)}`,
  });
  for (const seed of seeds.slice(1)) keyLog = extended(suite, keyLog, manage, { type: 'add-device', device: keyOfSeed(seed), capabilities: ['e2ee', 'write'] });
  const state = verifyKeyLog(suite, keyLog);
  const persona = state.ok ? state.value.persona : state.message;
  const contract = { service: 'notes', hash: toBase64Url(suite.random(32)), text: '{}' };
  const devices = seeds.map((seed, i) => device({ suite, folder: join(folder, String(i)), seed, persona, keyLog, contract }));
  const anew = ({ seed }: TrialDevice): TrialDevice => {
    const made = device({ suite, folder: join(folder, `anew-${devices.length}`), seed, persona, keyLog, contract });
    devices.push(made);
    return made;
  };
  return { suite, persona, keyLog, devices, manage, anew, close: () => { for (const one of devices) one.pods.close(); rmSync(folder, { recursive: true }); } };
}

/** A key log with one more statement, by a device. */
export function extended(suite: Suite, keyLog: readonly Signed[], seed: Uint8Array, of: object): Signed[] {
  const state = verifyKeyLog(suite, [...keyLog]);
  if (!state.ok) throw new TypeError(state.message);
  const { persona, head, height } = state.value;
  const statement = { v: 1, persona, height: height + 1, prev: head, by: toBase64Url(suite.publicKey(seed)), ...of } as unknown as Statement;
  return [...keyLog, signStatement(suite, statement, [seed])];
}

interface Making { suite: Suite; folder: string; seed: Uint8Array; persona: string; keyLog: readonly Signed[]; contract: { service: string; hash: string; text: string } }

function device({ suite, folder, seed, persona, keyLog, contract }: Making): TrialDevice {
  const clock = { ms: START };
  const signer = { seed: () => seed, device: () => suite.publicKey(seed) };
  const pen: Pen = { suite, signer, now: () => clock.ms };
  const start = () => makePods({ folder, ...pen, onCommit: () => {} });
  let pods = start();
  pods.create({ id: 'pod', persona, keyLog, contracts: [contract], records: [] });
  const open = (): OpenPod => pods.open('pod');
  return {
    key: toBase64Url(suite.publicKey(seed)), seed, pen, clock,
    get pods() { return pods; },
    get pod() { return open(); },
    write: (draft) => open().write(() => {
      const pod = open();
      return append(pod, pod.personas.get(persona)!, pen, {
        service: 'notes', collection: 'lines', audience: 'everyone', op: 'put', ...draft, key: keyOf(draft.key),
      });
    }),
    lines: () => linesOf(open(), persona),
    take: (lines, rules = ANYTHING) => receive(open(), persona, { pen, rules }, lines),
    reopen: () => { pods.close(); pods = start(); },
  };
}

/** All lanes of a pod as lines, checked for their shape. */
export function linesOf(pod: OpenPod, persona: string): (LaneLine | EntryLine)[] {
  return [...laneLines(pod.sql, pod.personas.get(persona)!.ref)].map((line) => {
    const read = readLine(utf8(`${JSON.stringify(line)}\n`));
    if (!read.ok) throw new TypeError(`${read.code} ${read.at}`);
    return read.value;
  });
}

/** What two pods should agree on: the live rows, without where they lie. */
export function rowsOf(pod: OpenPod, persona: string): string[] {
  const { ref } = pod.personas.get(persona)!;
  return pod.sql.page.all(ref, 'notes', 'lines', '', 100_000).map(({ key, op, rev, at, body, audience, id }) => JSON.stringify([key, op, rev, at, body, audience, toBase64Url(id)]));
}

/** Tells a device's pod that another one was revoked; `closes`: how far the revoker vouches for its lanes. */
export function revoke({ pod, pen }: TrialDevice, { suite, persona, keyLog, manage }: TrialDevices, device: string, closes: readonly { lane: Uint8Array; seq: number; chain: Uint8Array }[] = []): Promise<void> {
  const longer = extended(suite, keyLog, manage, { type: 'revoke-device', device });
  return pod.write(() => {
    const state = pod.personas.get(persona)!;
    keepStatements(pod, state, pen, longer.slice(-1));
    keepCloses(pod, state, pen, closes.map(({ lane, seq, chain }) => closeLane(suite, {
      persona, device, lane: toBase64Url(lane), seq, chain: toBase64Url(chain), by: toBase64Url(suite.publicKey(manage)), keyLogHead: state.keyLog.head,
    }, manage)));
  });
}
