import { canonical, isObject, linesOf, readLine, Refusal, verifyExport, type EntryLine, type Json, type LaneLine, type Signed, type Suite } from '@commonhold/core';
import { openArchive, type Archive, type ArchiveEntry } from '../archive/index.ts';
import type { BringIn } from '../firewall/bring.ts';
import type { Joining } from '../firewall/joining/index.ts';
import type { BroughtVersion } from '../firewall/joining/take-in.ts';
import { inBatches, placeOf } from './batches.ts';
import type { BringPod } from './imports.ts';
import { blobOf, isPodZip, linesOfPodZip } from './pod-lines.ts';
import { readWhole } from './reading.ts';
import type { Failed } from './types.ts';

/** What came of a pod that was brought along. `applied`: records that count here now; `known`: here before; `parked`: they wait. */
export interface PodTally { applied: number; known: number; parked: number; conflicts: number; blobs: number; statements: number; failed: number }

interface Deps { bringIn: BringIn; joining(): Promise<Pick<Joining, 'bringSelf'>>; suite: Suite; hush<T>(persona: string, work: () => Promise<T>): Promise<T> }

const LARGE = 2 ** 19;
const BREATH = 200;
/** Of what is held in memory while all else is read: key log, contracts, lanes. */
const HELD = /^(?:contracts\/|(?:key-log|joined|lanes)\.jsonl$)/;
const MOST_HELD = 64 * 2 ** 20;

/**
 * Takes an export of the same person in: first all of it is checked as any stranger would check it, then it is written, each part of it checked
 * once more against what is here. Refuses `export_damaged` (`expected`: line and code), `not_yours`, `other_key_log`, and as receiving does.
 */
export const makeBringPod = ({ bringIn, joining, suite, hush }: Deps): BringPod => async ({ caller: { persona }, path, spool, fail, progress, signal }) => {
  const archive = await openArchive(path, { spool, signal });
  try {
    if (!isPodZip(archive)) throw new Refusal('invalid', 'pod_unknown', 'This is an archive, but no export of a person of a house like this one.', { expected: 'the .zip of "Your data"' });
    const about = await readWhole(archive.entries.find(({ name }) => name === 'about.json')!);
    if (about?.['persona'] !== persona) throw new Refusal('conflict', 'not_yours', 'This export is of somebody else. Bring your own.');
    checkHeld(archive);
    const bytes = archive.entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const order: Order = { archive, persona, fail, signal, tally: { applied: 0, known: 0, parked: 0, conflicts: 0, blobs: 0, statements: 0, failed: 0 }, bringIn, joining, done: 0, step: (done) => progress(done, bytes * 2, 'checking') };
    await check(suite, order);
    order.step = (done) => progress(bytes + done, bytes * 2, 'writing');
    await hush(persona, () => take(order));
    return order.tally;
  } finally { await archive.close(); }
};

/** Refuses `export_damaged` where more would be held in memory than any house can have written. */
export function checkHeld({ entries }: { entries: readonly Pick<ArchiveEntry, 'name' | 'bytes'>[] }): void {
  const held = entries.filter(({ name }) => HELD.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
  if (held > MOST_HELD) throw new Refusal('invalid', 'export_damaged', 'This export is damaged. Its key log, contracts and lanes are too large.');
}

interface Order { archive: Archive; persona: string; fail(failed: Failed): Promise<void>; signal: AbortSignal; tally: PodTally; bringIn: BringIn; joining: Deps['joining']; done: number; step(done: number): void }

/** The lines, with a breath now and then, so that others are answered meanwhile. */
async function* breathing(lines: AsyncIterable<Uint8Array>, { signal, step }: Order): AsyncGenerator<Uint8Array> {
  let [n, done] = [0, 0];
  for await (const line of lines) {
    yield line;
    done += line.length;
    if (++n % BREATH !== 0 && line.length < LARGE) continue;
    signal.throwIfAborted();
    step(done);
    await new Promise(setImmediate);
  }
}

async function check(suite: Suite, order: Order): Promise<void> {
  const verdict = await verifyExport(suite, breathing(linesOfPodZip(order.archive), order));
  if (!verdict.ok) throw new Refusal('invalid', 'export_damaged', 'This export is damaged. Nothing of it was taken. Export it anew in the house where it is from.', { expected: `line ${verdict.line}: ${verdict.code}` });
}

async function take(order: Order): Promise<void> {
  const { archive, persona, bringIn, tally } = order;
  const under = (folder: string): ArchiveEntry[] => archive.entries.filter(({ name }) => name.startsWith(`${folder}/`));
  const find = (name: string): ArchiveEntry => archive.entries.find((entry) => entry.name === name)!;
  for (const signed of await objectsIn(find('key-log.jsonl'))) {
    if (!bringIn.knows(persona, signed as unknown as Signed)) throw new Refusal('conflict', 'other_key_log', 'The key log in this export is not the one with which you joined here. Export it anew, then join with that.');
    tally.statements++;
  }
  const services = await takeContracts(order, under('contracts'), await objectsIn(find('joined.jsonl')));
  for (const entry of under('media')) await takeBlob(order, entry, services);
  const lanes = new Map<string, LaneLine>();
  for await (const raw of linesOf(find('lanes.jsonl').read())) {
    const line = laneOf(raw);
    if (line) lanes.set(placeOf(line.signed['statement'] as { lane?: unknown; device?: unknown }), line);
  }
  for (const entry of under('records')) await takeRecords(order, entry, { lanes, services });
}

async function objectsIn(entry: ArchiveEntry): Promise<{ [name: string]: Json }[]> {
  const found: { [name: string]: Json }[] = [];
  for await (const raw of linesOf(entry.read())) {
    const { type: _type, ...signed } = JSON.parse(Buffer.from(raw).toString()) as { [name: string]: Json };
    found.push(signed);
  }
  return found;
}

function laneOf(raw: Uint8Array): LaneLine | null {
  const { seq: _seq, chain: _chain, type, ...signed } = JSON.parse(Buffer.from(raw).toString()) as { [name: string]: Json };
  return type === 'lane' ? { type, signed } : null;
}

/** Answers the services whose records can be read here: those of every house, and those that its person joined as themselves. */
async function takeContracts(order: Order, entries: readonly ArchiveEntry[], joined: readonly { [name: string]: Json }[]): Promise<ReadonlySet<string>> {
  const services = new Set<string>(), { persona, bringIn, joining } = order;
  for (const [service, texts] of Map.groupBy(entries, ({ name }) => name.split('/')[1] ?? '')) {
    const versions: (BroughtVersion & { name: string })[] = [];
    for (const entry of texts) {
      const hash = hashOf(entry), said = joined.find(({ statement }) => isObject(statement) && statement['contract'] === hash && statement['service'] === service);
      const contract = await readWhole(entry) as Json;
      if (said && await bringIn.contract(persona, { service, hash, text: canonical(contract), joined: said as unknown as Signed })) services.add(service);
      else versions.push({ name: entry.name, contract, joined: said as unknown as Signed, from: '' });
    }
    const isSelf = versions.length === texts.length && versions.every((one) => one.joined !== undefined) && await (await joining()).bringSelf({ kind: 'owner', persona }, { service, versions });
    if (isSelf) services.add(service);
    else for (const { name } of versions) { order.tally.failed++; await order.fail({ item: name, why: 'refused' }); }
  }
  return services;
}

const hashOf = ({ name }: ArchiveEntry): string => (name.split('/')[2] ?? '').replace(/\.json$/, '');

async function takeBlob({ persona, bringIn, tally, signal, fail }: Order, entry: ArchiveEntry, services: ReadonlySet<string>): Promise<void> {
  signal.throwIfAborted();
  const [, service = ''] = entry.name.split('/');
  const blob = blobOf(entry);
  if (!services.has(service)) { tally.failed++; await fail({ item: entry.name, why: 'refused' }); return; }
  await bringIn.blob(persona, { service, blob, bytes: entry.bytes }, entry.read());
  tally.blobs++;
}

interface Where { lanes: ReadonlyMap<string, LaneLine>; services: ReadonlySet<string> }

async function takeRecords(order: Order, entry: ArchiveEntry, { lanes, services }: Where): Promise<void> {
  if (!services.has(entry.name.split('/')[1] ?? '')) { order.tally.failed++; await order.fail({ item: entry.name, why: 'refused' }); return; }
  const batches = inBatches((entries) => write(order, lanes.get(placeOf(entries[0]!))!, entries));
  for await (const raw of linesOf(entry.read())) {
    const line = readLine(raw);
    if (!line.ok || line.value.type !== 'entry') throw new Refusal('invalid', 'export_damaged', 'This export is damaged.');
    await batches.take(line.value, raw.length);
    order.done += raw.length;
  }
  await batches.flush();
}

async function write({ persona, bringIn, tally, signal, step, done }: Order, lane: LaneLine, entries: readonly EntryLine[]): Promise<void> {
  signal.throwIfAborted();
  const { applied, known, parked, conflicts } = await bringIn.lines(persona, [lane, ...entries]);
  tally.applied += applied;
  tally.known += known;
  tally.parked += parked;
  tally.conflicts += conflicts;
  step(done);
  await new Promise(setImmediate);
}
