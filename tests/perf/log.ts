import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openTrialLog } from '../../packages/house/src/testing/log.ts';
import { numbers } from './content.ts';
import { alternate, summary } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

const CPU = 'µs a delivery';

/** What the access log adds to a delivery: a housemate's, which is counted, and a named one, which is on its way to the disk before the answer. */
export const LOG = {
  counted: { name: 'access log, a counted delivery', unit: CPU, budget: { of: 'value', limit: 2 } },
  named: { name: 'access log, a named delivery', unit: CPU, budget: null },
} as const satisfies Record<string, Topic>;

const PERSONAS = Array.from({ length: 300 }, (_, i) => `c${String(i).padStart(52, 'p')}`);

/** The bare side: adding to a number in memory, and one insert into a file of the same durability. */
export async function measureLog({ temp, quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const log = openTrialLog(join(temp, 'log.db'));
  const bare = new DatabaseSync(join(temp, 'bare-log.db'));
  bare.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE lines (persona TEXT, caller TEXT, service TEXT, collection TEXT, verb TEXT, at INTEGER)');
  const insert = bare.prepare('INSERT INTO lines VALUES (?,?,?,?,?,?)');
  const counts = new Map<string, number>();
  const pick = numbers(5);
  const [rounds, many, few] = quick ? [1, 1000, 100] : [7, 200_000, 5000];
  const one = () => PERSONAS[pick(PERSONAS.length)]!;
  const timed = async (times: number, work: () => void) => {
    const from = performance.now();
    for (let n = 0; n < times; n++) work();
    return (performance.now() - from) * 1000 / times;
  };
  const place = { service: 'microblog', collection: 'posts' };
  try {
    const counted = await alternate(rounds, () => timed(many, () => log.counted({ ...place, persona: one(), who: 'housemates', audience: 'everyone', verb: 'read' })),
      () => timed(many, () => { const persona = one(); counts.set(persona, (counts.get(persona) ?? 0) + 1); }));
    const named = await alternate(rounds, () => timed(few, () => log.named({ ...place, persona: one(), caller: one(), verb: 'read', refused: false, rule: '' })),
      () => timed(few, () => insert.run(one(), one(), 'microblog', 'posts', 'read', Date.now())));
    const [ofCounted, ofNamed] = [summary(counted), summary(named)];
    const rows = [
      row(LOG.counted, { value: ofCounted.house, baseline: ofCounted.bare, ratio: ofCounted.ratio }),
      row(LOG.named, { value: ofNamed.house, baseline: ofNamed.bare, ratio: ofNamed.ratio }),
    ];
    return rows.filter((_, i) => wanted(Object.values(LOG)[i]!));
  } finally {
    log.close();
    bare.close();
  }
}
