import { openTrialHouse, type TrialHouse } from '../../packages/house/src/testing/house.ts';
import { makePotluck, type TrialService } from '../../packages/house/src/testing/potluck.ts';
import { median } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** Coming into a service under a fresh pseudonym, and going without a trace: nothing of the kind in a bare server. */
export const JOINING = {
  join: { name: 'service, joined under a pseudonym', unit: 'ms of CPU', budget: { of: 'value', limit: 50 } },
  leave: { name: 'service, left with 1,000 records', unit: 'ms of CPU', budget: { of: 'value', limit: 2000 } },
} as const satisfies Record<string, Topic>;

const RECORDS = 1000;
const AT_ONCE = 100;

/** CPU of this process and its threads, per service that is joined, filled and left. */
export async function measureJoining({ quick }: Setting, wanted: (topic: Topic) => boolean): Promise<BenchRow[]> {
  const trial = await openTrialHouse(['ada']);
  try {
    const rounds: { join: number; leave: number }[] = [];
    // The first one loads what joining is made of, and does not count.
    for (let n = 0; n < (quick ? 2 : 8); n++) rounds.push(await once(trial, makePotluck(trial.house.suite, `potluck${n}`), quick ? AT_ONCE : RECORDS));
    return (['join', 'leave'] as const).filter((name) => wanted(JOINING[name])).map((name) => row(JOINING[name], { value: median(rounds.slice(1).map((one) => one[name])), baseline: 0 }));
  } finally { await trial.close(); }
}

async function once(trial: TrialHouse, service: TrialService, records: number): Promise<{ join: number; leave: number }> {
  const { house, people: { ada } } = trial;
  const joining = await house.joining();
  const { hash } = await joining.preview(ada!, { contract: service.contract() }, { local: false });
  const persona = { is: '' };
  const join = await cpuOf(async () => { persona.is = (await joining.join(ada!, { hash })).persona; });
  for (let n = 0; n < records; n += AT_ONCE) {
    await house.gate.data.put(ada!, { persona: persona.is, service: service.id, collection: 'dishes' }, { items: Array.from({ length: AT_ONCE }, (_, i) => ({ body: { title: `Dish number ${n + i}, with everything that belongs to it` } })) });
  }
  const leave = await cpuOf(async () => { await house.jobs.ended(ada!.persona, joining.leave(ada!, persona.is, service.id).id); });
  return { join, leave };
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
