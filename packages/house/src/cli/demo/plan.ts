import { makeChance, type Chance } from './chance.ts';
import { NEIGHBOURS } from './people.ts';
import { SAID, type Answer, type Said } from './said.ts';

/** A post or an answer that is to be written; `to`: the number of the post that it answers. */
export interface Writing { kind: 'write'; at: number; n: number; by: string; text: string; said: Said | null; to: number | null }
/** What somebody does with a post, by its number. */
export interface Doing { kind: 'like' | 'boost' | 'vote'; at: number; n: number; by: string; choices?: number[] }
/** Two weeks in the order of time, as many as have passed. */
export type Plan = (Writing | Doing)[];

const MINUTE = 60_000;
const HOUR = 3_600_000;
const everybody = NEIGHBOURS.map(({ handle }) => handle);

/** The last day: today, once its morning has passed. */
function lastDay(now: number): Date {
  const day = new Date(now);
  if (day.getHours() < 10) day.setDate(day.getDate() - 1);
  return day;
}

function timeOf({ day, at }: Said, last: Date): number {
  const [hours, minutes] = at.split(':').map(Number) as [number, number];
  return new Date(last.getFullYear(), last.getMonth(), last.getDate() - day, hours, minutes).getTime();
}

/** Everything that happens in the made-up house until `now`; the same for the same seed. */
export function planOf(seed: number, now: number): Plan {
  const chance = makeChance(seed);
  const last = lastDay(now);
  const plan: Plan = [];
  let n = 0;
  const answer = ([minutes, by, text, answers = []]: Answer, parent: number, after: number): void => {
    const at = after + minutes * MINUTE;
    const mine = n++;
    plan.push({ kind: 'write', at, n: mine, by, text, said: null, to: parent }, ...likes({ at, n: mine, by, most: 3 }, chance));
    for (const one of answers) answer(one, mine, at);
  };
  for (const said of SAID) {
    const at = timeOf(said, last);
    const mine = n++;
    plan.push({ kind: 'write', at, n: mine, by: said.by, text: said.text, said, to: null }, ...around(said, mine, at, chance));
    for (const one of said.answers ?? []) answer(one, mine, at);
  }
  return plan.filter((one) => one.at < now - MINUTE).sort((a, b) => a.at - b.at || a.n - b.n);
}

function likes({ at, n, by, most }: { at: number; n: number; by: string; most: number }, chance: Chance): Doing[] {
  return chance.some(everybody.filter((one) => one !== by), chance.below(most + 1)).map((who) => ({ kind: 'like', at: at + (2 + chance.below(300)) * MINUTE, n, by: who }));
}

function around({ by, for: audience, likes: liked = 0, boosts = 0, poll }: Said, n: number, at: number, chance: Chance): Doing[] {
  const others = everybody.filter((one) => one !== by);
  const few = audience === 'followers' || audience === 'close';
  const doing = (kind: 'like' | 'boost', count: number, within: number): Doing[] => chance.some(others, count).map((who) => ({ kind, at: at + (3 + chance.below(within)) * MINUTE, n, by: who }));
  return [...doing('like', liked, 900), ...(few ? [] : doing('boost', boosts, 600)), ...(poll ? votes({ others, n, at, poll }, chance) : [])];
}

function votes({ others, n, at, poll }: { others: readonly string[]; n: number; at: number; poll: NonNullable<Said['poll']> }, chance: Chance): Doing[] {
  return chance.some(others, 9 + chance.below(8)).map((by) => {
    // The first answers are a little better liked than the last.
    const choices = [Math.min(chance.below(poll.options.length), chance.below(poll.options.length))];
    return { kind: 'vote', at: at + Math.min(chance.below(1800) * MINUTE, poll.hours * HOUR - HOUR), n, by, choices };
  });
}
