import { createReadStream, statSync } from 'node:fs';
import { fromBase64Url, isObject, linesOf, readLine, Refusal, verifyExport, type Envelope, type Json, type JsonObject, type LaneLine, type Signed, type Suite } from '@commonhold/core';
import type { BringIn } from '../firewall/bring.ts';
import type { Joining } from '../firewall/joining/index.ts';
import { inBatches, placeOf } from './batches.ts';
import type { BringPod } from './imports.ts';

/** What came of a pseudonym that was brought along, and the service that it is for. */
export interface NameTally { persona: string; service: string; applied: number; known: number; parked: number; blobs: number }

interface Deps { bringIn: BringIn; suite: Suite; joining(): Promise<Pick<Joining, 'takeIn'>> }

const BREATH = 200;

/**
 * Takes in a pseudonym that another house has handed over, from the export of its one service: first all of it is checked as any stranger would, then
 * it is let in, then what it kept is written. Refuses `export_damaged` (`expected`: line and code), `not_handed_over`, what `takeIn` refuses, and as receiving does.
 */
export const makeBringName = ({ bringIn, suite, joining }: Deps): BringPod => async ({ caller, path, progress, signal }) => {
  const of = statSync(path).size;
  const lines = (part: 0 | 1): AsyncIterable<Uint8Array> => breathing(linesOf(createReadStream(path)), signal, (done) => progress(part * of + done, of * 2, part === 0 ? 'checking' : 'writing'));
  const verdict = await verifyExport(suite, lines(0));
  if (!verdict.ok) throw new Refusal('invalid', 'export_damaged', 'This export is damaged. Nothing of it was taken. Export it anew in the house where it is from.', { expected: `line ${verdict.line}: ${verdict.code}` });
  const { persona, contracts } = verdict.value, [service] = contracts;
  if (service === undefined || contracts.length > 1) throw new Refusal('invalid', 'not_one_service', 'This is not the export of one service. Take it in the house before, where you handed it over.');
  await (await joining()).takeIn(caller, { persona, service, ...await headOf(createReadStream(path)) });
  const tally: NameTally = { persona, service, applied: 0, known: 0, parked: 0, blobs: 0 };
  await write(bringIn, tally, lines(1)[Symbol.asyncIterator]());
  return tally;
};

/** The lines, with a breath now and then, so that others are answered meanwhile. */
async function* breathing(lines: AsyncIterable<Uint8Array>, signal: AbortSignal, step: (done: number) => void): AsyncGenerator<Uint8Array> {
  let [n, done] = [0, 0];
  for await (const line of lines) {
    yield line;
    done += line.length;
    if (++n % BREATH !== 0) continue;
    signal.throwIfAborted();
    step(done);
    await new Promise(setImmediate);
  }
}

const parsed = (raw: Uint8Array): JsonObject => JSON.parse(Buffer.from(raw).toString()) as JsonObject;
const signedOf = ({ type: _, ...signed }: JsonObject): Signed => signed as unknown as Signed;

/** Who it is, what it joined, and how far its lanes go; which version of a contract was in force from when, its records say. */
async function headOf(source: AsyncIterable<Uint8Array>): Promise<Omit<Parameters<Joining['takeIn']>[1], 'persona' | 'service'>> {
  const statements: Signed[] = [], closes: Signed[] = [], contracts: Json[] = [], joined: Signed[] = [], hashes: string[] = [], from = new Map<string, string>();
  for await (const raw of linesOf(source)) {
    const line = parsed(raw), { type } = line;
    if (type === 'statement') statements.push(signedOf(line));
    if (type === 'close') closes.push(signedOf(line));
    if (type === 'contract') { contracts.push(line['contract']!); hashes.push(String(line['hash'])); }
    if (type === 'joined') joined.push(signedOf(line));
    if (type !== 'entry' || typeof line['envelope'] !== 'string') continue;
    const { contract, at } = JSON.parse(line['envelope']) as Envelope;
    if (!((from.get(contract) ?? '~') < at)) from.set(contract, at);
  }
  const joinedUnder = (hash: string): Signed | undefined => joined.findLast(({ statement }) => isObject(statement) && statement['contract'] === hash);
  return { statements, closes, versions: contracts.flatMap((contract, i) => { const said = joinedUnder(hashes[i]!); return said ? [{ contract, joined: said, from: from.get(hashes[i]!) ?? '' }] : []; }) };
}

async function write(bringIn: BringIn, tally: NameTally, lines: AsyncIterator<Uint8Array>): Promise<void> {
  const { persona } = tally, lanes = new Map<string, LaneLine>();
  const batches = inBatches(async (entries) => {
    const { applied, known, parked } = await bringIn.lines(persona, [lanes.get(placeOf(entries[0]!))!, ...entries]);
    tally.applied += applied;
    tally.known += known;
    tally.parked += parked;
  });
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = readLine(next.value);
    if (line.ok && line.value.type === 'lane') lanes.set(placeOf(line.value.signed['statement'] as { lane?: unknown; device?: unknown }), line.value);
    if (line.ok && line.value.type === 'entry') await batches.take(line.value, next.value.length);
    if (line.ok) continue;
    const other = parsed(next.value);
    if (other['type'] === 'blob' && other['part'] === 1) await takeBlob(bringIn, tally, other, lines);
  }
  await batches.flush();
}

/** The parts of a blob stand one after the other. */
async function takeBlob(bringIn: BringIn, tally: NameTally, first: JsonObject, lines: AsyncIterator<Uint8Array>): Promise<void> {
  const { service, blob, parts } = first as { service: string; blob: string; parts: number };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield fromBase64Url(String(first['data']))!;
    for (let part = 2; part <= parts; part++) {
      const next = await lines.next();
      if (!next.done) yield fromBase64Url(String(parsed(next.value)['data']))!;
    }
  }
  await bringIn.blob(tally.persona, { service, blob }, bytes());
  tally.blobs++;
}
