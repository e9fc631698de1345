import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { linesOf, Refusal, verifyExport, type ExportSummary } from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';
import type { Damage } from '../firewall/verify/damage.ts';
import { verifyPodZip } from '../past/pod-lines.ts';
import { damageLine, verifyFolder, type FolderTally } from '../verify/folder.ts';
import type { Command, ExitCode } from './command.ts';
import { makeBar } from './progress.ts';
import { UsageError } from './usage-error.ts';

/** `commonhold verify`: checks a data folder or an export; what a record says is never printed. */
export const command: Command = {
  summary: 'checks every signature, chain and view of a data folder, or an export',
  usage: 'FOLDER|EXPORT',
  help: [
    'FOLDER        the data folder of a house that is not running',
    'EXPORT        a file that "commonhold export" wrote: a zip, or JSON Lines',
    'Exit code 0: all is well. 1: something is damaged. 2: it could not be checked.',
  ],
  options: {},
  words: 1,
  run: async ({ words: [path] }) => {
    if (path === undefined) throw new UsageError('What shall be checked? Name a data folder or an export.');
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) throw new UsageError(`There is nothing at ${path}.`);
    try {
      return found.isDirectory() ? checkFolder(path) : await checkExport(path, found.size);
    } catch (error) {
      // 1 would say that something is damaged.
      if (!(error instanceof Refusal)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
  },
};

const say = (lines: readonly string[]): void => { process.stdout.write(`${lines.join('\n')}\n`); };
const KIB = 1024;

function checkFolder(path: string): ExitCode {
  const bar = makeBar('Checking KiB');
  const found = new Set<Remedy>();
  const tally = verifyFolder(makeNodeSuite(), path, {
    tell: (damage) => {
      bar.end();
      found.add(remedyOf(damage));
      say([damageLine(damage)]);
    },
    progress: (done, of) => bar.at({ done: Math.round(done / KIB), of: Math.ceil(of / KIB) }),
  });
  bar.end();
  say(folderLines(tally, found));
  return tally.damages === 0 ? 0 : 1;
}

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

function folderLines({ people, pods, lanes, records, erased, blobs, bytes, leftovers, views, behind, damages }: FolderTally, found: ReadonlySet<Remedy>): string[] {
  return [
    `${count(people, 'person', 'people')}, ${count(pods, 'pod')}, ${count(lanes, 'lane')}, ${count(records, 'record')} (${erased.toLocaleString('en')} erased), ${count(views, 'row')} of the views.`,
    ...(blobs === 0 ? [] : [`${count(blobs, 'picture or other file', 'pictures and other files')}, ${count(bytes, 'byte')}.`]),
    ...(leftovers === 0 ? [] : [`${count(leftovers, 'file is', 'files are')} left over from uploads that were cut off; the next start removes them.`]),
    ...(behind === 0 ? [] : [`The views have yet to catch up with ${count(behind, 'pod')}; the next start does that.`]),
    damages === 0 ? 'All is well.' : `${count(damages, 'damage')} found.`,
    ...REMEDIES.filter(([remedy]) => found.has(remedy)).slice(0, 1).map(([, todo]) => `Next: ${todo}`),
  ];
}

type Remedy = 'backup' | 'version' | 'reindex';

/** The one thing to do, the first that applies; only what a machine cannot make good by itself asks for a backup. */
const REMEDIES: readonly [Remedy, string][] = [
  ['backup', 'keep a copy of the folder as it is, then put the named files back from a backup.'],
  ['version', 'start the house once with the newest Commonhold it has seen, then check again with that.'],
  ['reindex', 'the views are made from the pods, so make them anew: npx commonhold reindex'],
];

function remedyOf({ file, code }: Damage): Remedy {
  if (code === 'other_version') return 'version';
  return file === 'views.db' ? 'reindex' : 'backup';
}

async function checkExport(path: string, size: number): Promise<ExitCode> {
  const bar = makeBar('Checking KiB');
  let done = 0;
  async function* pieces(): AsyncIterable<Uint8Array> {
    for await (const piece of createReadStream(path, { highWaterMark: 256 * KIB })) {
      yield piece as Buffer;
      done += (piece as Buffer).length;
      bar.at({ done: Math.round(done / KIB), of: Math.ceil(size / KIB) });
    }
  }
  const verdict = await (isZip(path) ? verifyPodZip(makeNodeSuite(), path) : verifyExport(makeNodeSuite(), linesOf(pieces()))).catch(unreadable).finally(() => bar.end());
  if (verdict.ok) say([...exportLines(verdict.value), 'good']);
  // Sentences of core may name a field as it stands in the file, and a file may have anything for a field.
  else say([`DAMAGED line ${verdict.line}: ${verdict.code}${verdict.code === 'unknown_field' ? '' : `: ${verdict.message}`}`]);
  return verdict.ok ? 0 : 1;
}

function isZip(path: string): boolean {
  const head = Buffer.alloc(2);
  const file = openSync(path, 'r');
  try { readSync(file, head); } finally { closeSync(file); }
  return head.toString('latin1') === 'PK';
}

function unreadable(error: unknown): never {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  throw new Refusal('unavailable', 'unreadable', `The file cannot be read: ${error.message}.`, { cause: error });
}

/** The words of spec/reader/pod.py. */
function exportLines(of: ExportSummary): string[] {
  return [
    `persona    ${of.persona}${of.retired ? ' (retired)' : ''}`,
    `house      ${of.house}`,
    `key log    ${of.statements} statements, ${of.devices.active} of ${of.devices.all} devices active`,
    `contracts  ${of.contracts.join(', ') || 'none'}`,
    `lanes      ${of.lanes}, ${of.entries} entries, ${of.erased} erased, ${of.signatures} head signatures`,
    ...[...of.records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `records    ${name}: ${n}`),
    ...(of.authors === 0 ? [] : [`offers     of ${of.authors} other personas: signatures fit; whose devices they are, only those key logs say`]),
    ...(of.blobs.count === 0 ? [] : [`blobs      ${of.blobs.count}, ${of.blobs.bytes} bytes`]),
    `access log ${of.access} lines`,
  ];
}
