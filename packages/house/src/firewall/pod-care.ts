import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, signReport, verifyReport, type Report, type Signed } from '@commonhold/core';
import type { AccessLog } from '../store/log/access-log.ts';
import type { Pen } from '../store/pod/draft.ts';
import type { Pods } from '../store/pods.ts';
import type { FindHome, Home } from './homes.ts';
import { checkMayWrite } from './standing.ts';

/** The firewall's side of the care of a house: reports are signed and checked here, and pods that leave are closed. No record is written. */
export interface PodHandling {
  /** Signs a report by the pod device of its reporter. Refuses what a write refuses. */
  signReport(reporter: string, of: Pick<Report, 'house' | 'about' | 'reason' | 'words' | 'content' | 'at'>): Signed<Report>;
  /** Whether a report is for this house and signed by its reporter, as core says it. Throws what is wrong with it. */
  checkReport(signed: unknown): Report;
  /** Writes a line in the access log of whom an act concerns. */
  noteCare(persona: string, by: string | null, what: 'hidden' | 'shown' | 'suspended' | 'lifted' | 'expelled' | 'restored' | 'let-in'): void;
  /** Writes a pod's export into a folder of this name for handing over, on disk when it resolves; answers the path. */
  writeExport(persona: string, folder: string): Promise<string>;
  /** Whether a pod's file can be opened. */
  isReadable(pod: string): boolean;
  /** Whether a pod's file is among those of the house. */
  isHere(pod: string): boolean;
  /** Moves a pod's file and its blobs into that folder; fine when they are there already. */
  moveOut(pod: string, folder: string): void;
  /** Forgets what was noted of somebody who has gone: the lines of their log, and what of their pod is in memory. */
  letGo(persona: string): void;
}

interface Deps { find: FindHome; pods: Pods; log: Pick<AccessLog, 'named' | 'forget'>; pen: Pen; house: string; exportOf(persona: string): Iterable<string> | null; /** Where those who leave have their folders. */ folder: string; forgetRows(persona: string): void }

/** What goes with the files that are handed over. */
const LETTER = `This is everything that its person kept in this house.

export.jsonl  all of it, to be taken to another house (spec/export.md says what is in it; "commonhold verify export.jsonl" checks it)
pod.db        the pod's own file, as this house kept it; pod.blobs beside it: pictures and files, where there were any

Hand the folder over to whom it belongs, then delete it here. The house does not look into it any more.
`;

/** Built on the pods. */
export function makePodCare({ find, pods, log, pen, house, exportOf, folder, forgetRows }: Deps): PodHandling {
  const homeOf = (persona: string): Home => {
    const home = find(persona);
    if (!home) throw new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
    return home;
  };
  return {
    signReport: (reporter, of) => {
      const { state } = homeOf(reporter);
      checkMayWrite(state, house);
      return signReport(pen.suite, { ...of, reporter, device: state.device, keyLogHead: state.keyLog.head }, pen.signer.seed(reporter));
    },
    checkReport: (signed) => {
      const { reporter } = (signed as { statement: Partial<Report> }).statement;
      const checked = verifyReport(pen.suite, signed, { house, keyLog: homeOf(String(reporter)).state.keyLog });
      if (!checked.ok) throw new Refusal('invalid', checked.code, checked.message, { field: checked.at ?? '' });
      return checked.value;
    },
    noteCare: (persona, by, what) => log.named({ persona, caller: by ?? 'house', service: 'house', collection: what, verb: 'change', refused: false, rule: '' }),
    writeExport: async (persona, name) => {
      const to = join(folder, name);
      mkdirSync(to, { recursive: true, mode: 0o700 });
      writeFileSync(join(to, 'README.txt'), LETTER, { mode: 0o600 });
      await writeWhole(join(to, 'export.jsonl'), exportOf(persona) ?? []);
      return to;
    },
    isReadable: (pod) => {
      try { return pods.has(pod) && pods.open(pod) !== null; } catch (error) {
        if (error instanceof Refusal && error.code === 'pod_damaged') return false;
        throw error;
      }
    },
    isHere: pods.has,
    moveOut: (pod, name) => pods.moveOut(pod, join(folder, name)),
    letGo: (persona) => { log.forget(persona); forgetRows(persona); },
  };
}

const PIECE = 256 * 1024;

// Under another name until it is whole and on disk; others get their turn between the pieces.
async function writeWhole(path: string, lines: Iterable<string>): Promise<void> {
  const file = openSync(`${path}.part`, 'w', 0o600);
  try {
    let piece = '';
    for (const line of lines) {
      piece += line;
      if (piece.length < PIECE) continue;
      writeSync(file, piece);
      piece = '';
      await new Promise(setImmediate);
    }
    writeSync(file, piece);
    fsyncSync(file);
  } finally { closeSync(file); }
  renameSync(`${path}.part`, path);
}
