import type { ApiError, Pod } from '@commonhold/sdk';
import type { Member, Members } from '@commonhold/sdk/service';
import type { Store } from './store.ts';
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

const AT_ONCE = 8;
const MOST = 500;

/** Asks the pods of all members, each for what its owner lets Potluck read, and adds it up; whoever has left is forgotten. */
export async function readTable(members: Members, store: Store, today: string): Promise<Table> {
  const waiting = store.members();
  const parts: Part[] = [];
  const count = waiting.length;
  let silent = 0;
  const worker = async (): Promise<void> => {
    for (let member = waiting.shift(); member; member = waiting.shift()) {
      const part = await readOne(members, store, member, today);
      if (part === 'silent') silent++;
      else if (part !== 'left') parts.push(part);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker));
  return {
    members: parts.length + silent, silent, diets: tally(parts.flatMap(({ diet }) => diet ?? [])), answers: tally(parts.flatMap(({ answers }) => answers)),
    busy: Object.entries(tally(parts.flatMap(({ dates }) => dates))).map(([date, meals]) => ({ date, meals })).sort((a, b) => (a.date < b.date ? -1 : 1)),
    dishes: parts.reduce((sum, { dishes }) => sum + dishes, 0),
  };
}

async function readOne(members: Members, store: Store, member: Member, today: string): Promise<Part | 'left' | 'silent'> {
  try {
    const now = await members.find(member.house, member.persona);
    if (now === null) { store.forget(member); return 'left'; }
    if (now.version !== member.version) store.keep(now);
    return await readPod(members.pod<PotluckCollections>(now), now.version, today);
  } catch (error) {
    if (isApiError(error)) return 'silent';
    throw error;
  }
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

const isApiError = (error: unknown): error is ApiError => error instanceof Error && error.name === 'ApiError';

/** What the owner does not let us read, narrowed away or paused, is nothing: 404, or 400 for a field that is none for us. */
async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try { return await asked; } catch (error) {
    if (isApiError(error) && (error.status === 404 || error.code === 'unknown_field')) return null;
    throw error;
  }
}

function tally(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}
