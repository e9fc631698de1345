import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, signReport, verifyReport, type Report } from '@commonhold/core';
import type { PodCare } from '../household/care/pods.ts';
import type { AccessLog } from '../store/log/access-log.ts';
import type { Pen } from '../store/pod/draft.ts';
import type { Pods } from '../store/pods.ts';
import type { FindHome, Home } from './homes.ts';
import { checkMayWrite } from './standing.ts';

interface Deps { find: FindHome; pods: Pods; log: Pick<AccessLog, 'named'>; pen: Pen; house: string; exportOf(persona: string): Iterable<string> | null; /** Where those who leave have their folders. */ folder: string }

/** What goes with the files that are handed over. */
const LETTER = `This is everything that its person kept in this house.

export.jsonl  all of it, to be taken to another house (spec/export.md says what is in it; "commonhold verify export.jsonl" checks it)
pod.db        the pod's own file, as this house kept it; pod.blobs beside it: pictures and files, where there were any

Hand the folder over to whom it belongs, then delete it here. The house does not look into it any more.
`;

/** The firewall's side of the care of a house: reports are signed and checked here, and pods that leave are closed. No record is written. */
export function makePodCare({ find, pods, log, pen, house, exportOf, folder }: Deps): Omit<PodCare, 'contentOf' | 'forget'> {
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
