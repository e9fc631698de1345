import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DECIDE, measureDecide } from './decide.ts';
import { FIRST_LOAD, measureFirstLoad } from './first-load.ts';
import { HTTP, measureHttp } from './http.ts';
import { INSTALLED, measureInstalled } from './installed.ts';
import type { BenchRow, Setting, Topic } from './row.ts';
import { measureStart, START } from './start.ts';
import { table } from './table.ts';

const TOPICS: readonly Topic[] = [...Object.values(HTTP), DECIDE, ...Object.values(FIRST_LOAD), INSTALLED, START];

const HELP = `npm run bench -- [--json] [--only NAME,...] [--quick]

Measures the house beside a bare node:http and node:sqlite server, in the same run, on this machine alone.
  --json    prints [{name, value, unit, baseline, ratio, budget, ok}] and nothing else on standard output;
            a budget is of the ratio for requests, of the value for the rest
  --only    rows whose names hold one of these words, in any case
  --quick   short slices: shows that the bench works, not how fast the house is
  rows      ${TOPICS.map(({ name }) => name).join('\n            ')}
Ends with 1 when a budget is missed, with 2 when asked for what there is not.
`;

/** Measures what was asked for and answers the exit code. */
async function bench(args: string[]): Promise<number> {
  const { values: given } = parseArgs({ args, options: {
    json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' },
  } });
  if (given.help) { process.stdout.write(HELP); return 0; }
  const words = (given.only ?? '').toLowerCase().split(',').map((word) => word.trim()).filter(Boolean);
  const wanted = ({ name }: Topic) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word));
  if (!TOPICS.some(wanted)) { process.stderr.write(`No row is called "${given.only}".\n\n${HELP}`); return 2; }
  const temp = mkdtempSync(join(tmpdir(), 'commonhold-bench-'));
  try {
    const rows = await measure({ root: resolve(import.meta.dirname, '../..'), temp, quick: given.quick === true }, wanted);
    process.stdout.write(given.json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows, TOPICS));
    return rows.every(({ ok }) => ok) ? 0 : 1;
  } finally { rmSync(temp, { recursive: true, force: true }); }
}

async function measure(setting: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const progress = (name: string) => { process.stderr.write(`measuring: ${name} ...\n`); };
  const rows = await measureHttp(setting, wanted, progress);
  const others: [Topic, (setting: Setting) => BenchRow | Promise<BenchRow>][] = [
    [DECIDE, measureDecide], [FIRST_LOAD.js, (at) => measureFirstLoad(at, 'js')], [FIRST_LOAD.css, (at) => measureFirstLoad(at, 'css')],
    [INSTALLED, measureInstalled], [START, measureStart],
  ];
  for (const [topic, make] of others) {
    if (!wanted(topic)) continue;
    progress(topic.name);
    rows.push(await make(setting));
  }
  return rows;
}

process.exitCode = await bench(process.argv.slice(2));
