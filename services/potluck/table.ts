import type { Pod } from '@commonhold/sdk';
import { inTurns, orNone, type Member, type Members, type Roster } from '@commonhold/sdk/service';
import type { PotluckCollections } from './types.ts';

/** What Potluck can say of all tables together: numbers, never who. */
export interface Table {
  members: number;
  /** Pods that did not answer this time. */
  silent: number;
  /** How many eat what. */
  diets: Record<string, number>;
  /** Days on which somebody has a meal, and how many do. */
  busy: { date: string; meals: number }[];
  /** How many dishes are promised (of those who are on version 1). */
  dishes: number;
  /** How the answers go (of those who are on version 2). */
  answers: Record<string, number>;
}

interface Part { diet: string | null; dates: string[]; dishes: number; answers: string[] }

const MOST = 500;

/** Asks the pods of all members, each for what its owner lets Potluck read, and adds it up; whoever has left is forgotten. */
export async function readTable(members: Members, roster: Roster, today: string): Promise<Table> {
  const parts: Part[] = [];
  let silent = 0;
  await inTurns(roster.members(), async (member) => {
    const part = await readOne(members, roster, member, today);
    if (part) parts.push(part);
  }, () => { silent++; });
  return {
    members: parts.length + silent, silent, diets: tally(parts.flatMap(({ diet }) => diet ?? [])), answers: tally(parts.flatMap(({ answers }) => answers)),
    busy: Object.entries(tally(parts.flatMap(({ dates }) => dates))).map(([date, meals]) => ({ date, meals })).sort((a, b) => (a.date < b.date ? -1 : 1)),
    dishes: parts.reduce((sum, { dishes }) => sum + dishes, 0),
  };
}

/** What one pod says; null when its owner has left. */
async function readOne(members: Members, roster: Roster, member: Member, today: string): Promise<Part | null> {
  const now = await members.find(member.house, member.persona);
  if (now === null) { roster.forget(member); return null; }
  if (now.version !== member.version) roster.keep(now);
  return readPod(members.pod<PotluckCollections>(now), now.version, today);
}

async function readPod(pod: Pod<PotluckCollections>, version: number, today: string): Promise<Part> {
  const meals = await orNone(pod.of('meals').query({ where: { date: { gte: today } }, first: MOST }));
  const profile = await orNone(pod.of('profile').query());
  const dates = (meals?.items ?? []).flatMap(({ body }) => body.date ?? []);
  const diet = profile?.items[0]?.body.diet ?? null;
  if (version < 2) return { dates, diet, answers: [], dishes: (await orNone(pod.of('dishes').count()))?.count ?? 0 };
  const answers = await orNone(pod.of('rsvps').query({ first: MOST }));
  return { dates, diet, answers: (answers?.items ?? []).flatMap(({ body }) => body.answer ?? []), dishes: 0 };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}
