import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BACKUPS, measureBackups } from './backups.ts';
import { BULK, measureBulk } from './bulk.ts';
import { CONTRACTS, measureContracts } from './contracts.ts';
import { DAY, measureDay } from './day.ts';
import { DECIDE, measureDecide } from './decide.ts';
import { FAN_OUT, measureFanOut } from './fan-out.ts';
import { FIRST_LOAD, measureFirstLoad } from './first-load.ts';
import { FLOODED, measureFlooded } from './flooded.ts';
import { FULL_HOUSE, measureFullHouse } from './full-house.ts';
import { HTTP, measureHttp } from './http.ts';
import { INSTALLED, measureInstalled } from './installed.ts';
import { JOINING, measureJoining } from './joining.ts';
import { LOG, measureLog } from './log.ts';
import { measurePaint, PAINT } from './paint.ts';
import { measurePast, PAST } from './past.ts';
import { measurePicture, PICTURE } from './picture.ts';
import type { BenchRow, Setting, Topic } from './row.ts';
import { measureServices, SERVICES } from './services.ts';
import { measureStart, START } from './start.ts';
import { table } from './table.ts';

const TOPICS: readonly Topic[] = [
  ...Object.values(HTTP), ...Object.values(FAN_OUT), ...Object.values(SERVICES), ...Object.values(JOINING), FLOODED, BULK, DECIDE, ...Object.values(CONTRACTS), ...Object.values(LOG), ...Object.values(FULL_HOUSE),
  ...Object.values(FIRST_LOAD), ...Object.values(PAINT), INSTALLED, START, ...Object.values(PICTURE), PAST, ...Object.values(BACKUPS), ...Object.values(DAY),
];

const HELP = `npm run bench -- [--json] [--only NAME,...] [--quick]

Measures the house beside a bare node:http and node:sqlite server, in the same run, on this machine alone.
  --json    prints [{name, value, unit, baseline, ratio, budget, ok}] and nothing else on standard output;
            a budget is of the ratio for requests, of the value for the rest
  --only    rows whose names hold one of these words, in any case
  --quick   short slices: shows that the bench works, not how fast the house is
  rows      ${TOPICS.map(({ name }) => name).join('\n            ')}
Ends with 1 when a budget is missed, with 2 when asked for what there is not.
`;

type Make = (setting: Setting, wanted: (topic: Topic) => boolean) => BenchRow[] | Promise<BenchRow[]>;

const alone = (make: (setting: Setting) => BenchRow | Promise<BenchRow>): Make => async (setting) => [await make(setting)];

const OTHERS: readonly (readonly [readonly Topic[], Make])[] = [
  [Object.values(FAN_OUT), measureFanOut], [Object.values(SERVICES), measureServices], [Object.values(JOINING), measureJoining], [[FLOODED], alone(measureFlooded)], [[BULK], alone(measureBulk)], [[DECIDE], alone(measureDecide)], [Object.values(CONTRACTS), measureContracts], [Object.values(LOG), measureLog],
  [Object.values(FULL_HOUSE), measureFullHouse], [[FIRST_LOAD.js], alone((at) => measureFirstLoad(at, 'js'))], [[FIRST_LOAD.css], alone((at) => measureFirstLoad(at, 'css'))],
  [Object.values(PAINT), measurePaint], [[INSTALLED], alone(measureInstalled)], [[START], alone(measureStart)], [Object.values(PICTURE), measurePicture], [[PAST], alone(measurePast)], [Object.values(BACKUPS), measureBackups], [Object.values(DAY), measureDay],
];

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
  rows.forEach(say);
  for (const [topics, make] of OTHERS) {
    const asked = topics.filter(wanted);
    if (asked.length === 0) continue;
    for (const { name } of asked) progress(name);
    const found = await make(setting, wanted);
    found.forEach(say);
    rows.push(...found);
  }
  return rows;
}

// Minutes lie between the first row and the table: what ends in between shall not take the others with it.
const say = ({ name, value, ratio, ok }: BenchRow): void => { process.stderr.write(`  ${ok ? 'ok    ' : 'MISSED'}  ${name}: ${value}${ratio === null ? '' : `, ${ratio} ×`}\n`); };

process.exitCode = await bench(process.argv.slice(2));
