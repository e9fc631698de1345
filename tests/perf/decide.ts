import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileContract, decide, parseContract, Refusal, VERBS, type Compiled, type Facts, type Narrowing, type Request } from '@commonhold/core';
import { numbers } from './content.ts';
import { median } from './pairs.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** The pure decision, in this process: nothing of the kind in a bare server. */
export const DECIDE: Topic = { name: 'decide()', unit: 'µs', budget: { of: 'value', limit: 5 } };

const CASES = 1024;

interface Case { compiled: Compiled; facts: Facts; request: Request }

/** CPU of one decision, over a mixture of both built-in contracts, every verb, and callers of every kind. */
export function measureDecide({ root, quick }: Setting): BenchRow {
  const cases = mixture(['microblog', 'people'].map((name) => compiled(join(root, 'spec', 'contracts', `${name}.json`))));
  const [times, calls] = quick ? [2, 20_000] : [9, 400_000];
  run(cases, calls);
  return row(DECIDE, { value: median(Array.from({ length: times }, () => run(cases, calls))), baseline: 0 });
}

function run(cases: readonly Case[], calls: number): number {
  const open: Narrowing = {};
  let allowed = 0;
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) {
    const { compiled: contract, facts, request } = cases[i % CASES]!;
    if ('allow' in decide(contract, open, facts, request)) allowed++;
  }
  const { user, system } = process.cpuUsage(before);
  if (allowed === 0) throw new Refusal('unavailable', 'bench_broken', 'decide() denied every case.');
  return (user + system) / calls;
}

function compiled(path: string): Compiled {
  const parsed = parseContract(readFileSync(path, 'utf8'));
  const made = parsed.ok ? compileContract(parsed.value) : parsed;
  if (!made.ok) throw new Refusal('unavailable', made.code, made.message);
  return made.value;
}

function mixture(contracts: readonly Compiled[]): Case[] {
  const pick = numbers(3);
  const of = <T>(list: readonly T[]): T => list[pick(list.length)]!;
  const flag = () => pick(2) === 1;
  return Array.from({ length: CASES }, () => {
    const contract = of(contracts);
    const facts: Facts = {
      persona: flag() ? 'c'.padEnd(53, 'a') : null, owner: flag() && flag(), service: false, member: flag(), house: flag(),
      relations: flag() ? [of(['close', 'follow', 'follower', 'mute'])] : [], mutual: [], blocked: pick(8) === 0, now: 1_700_000_000_000,
    };
    return { compiled: contract, facts, request: { collection: of([...contract.collections.keys()]), verb: of(VERBS) } };
  });
}
