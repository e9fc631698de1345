import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileByoda, compileContract, parseContract, Refusal, type Json, type JsonObject } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { huge } from '../oracle/hostile/huge.ts';
import { median } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** What it takes to read a contract and prepare it, in this process: nothing of the kind in a bare server. */
export const CONTRACTS = {
  byoda: { name: 'contract of BYODA compiled', unit: 'ms', budget: { of: 'value', limit: 50 } },
  hostile: { name: 'hostile contract, the slowest read', unit: 'ms', budget: { of: 'value', limit: 50 } },
} as const satisfies Record<string, Topic>;

/** CPU of reading files in the grammar of BYODA and of the size of the great ones, and of documents made to take long. */
export function measureContracts({ root, quick }: Setting, wanted: (topic: Topic) => boolean): BenchRow[] {
  const times = quick ? 3 : 15;
  const measured = (texts: readonly string[], read: (text: string) => void): number => Math.max(...texts.map((text) => {
    read(text);
    return median(Array.from({ length: times }, () => cpuOf(() => read(text))));
  }));
  const rows: BenchRow[] = [];
  if (wanted(CONTRACTS.byoda)) rows.push(row(CONTRACTS.byoda, { value: measured([...greatFiles(root), ...givenFiles()], compiled), baseline: 0 }));
  if (wanted(CONTRACTS.hostile)) rows.push(row(CONTRACTS.hostile, { value: measured(huge().map(({ document }) => JSON.stringify(document)), tried), baseline: 0 }));
  return rows;
}

// Of this thread: what others do meanwhile does not keep the loop waiting.
function cpuOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

const GREAT = 70_000;

/** The two great files of the vectors, with as much said of each field as makes them as long as those that were in use. */
function greatFiles(root: string): string[] {
  const { files } = JSON.parse(readFileSync(join(root, 'spec', 'vectors', 'byoda.json'), 'utf8')) as { files: { name: string; file: JsonObject }[] };
  return files.filter(({ name }) => name === 'kin' || name === 'reel').map(({ file }) => {
    const fields = JSON.stringify(file).split('"type":"string"').length;
    return JSON.stringify(file).replaceAll('"type":"string"', `"type":"string","description":"${'x'.repeat(Math.ceil(GREAT / fields) - 18)}"`);
  });
}

/** Files of BYODA's own are others', and not in this repository: whoever has some names their folder in `COMMONHOLD_BYODA`. */
function givenFiles(): string[] {
  const folder = process.env['COMMONHOLD_BYODA'];
  if (folder === undefined) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => readFileSync(join(folder, name), 'utf8'));
}

function compiled(text: string): void {
  const made = compileByoda(nobleSuite, text);
  if (!made.ok || !compileContract(made.value.contract).ok) throw new Refusal('unavailable', 'bench_broken', 'A good file was refused.');
}

function tried(text: string): void {
  const read = 'jsonschema' in (JSON.parse(text) as { [name: string]: Json }) ? compileByoda(nobleSuite, text) : parseContract(text);
  if (read.ok) compileContract('contract' in read.value ? read.value.contract : read.value);
}
