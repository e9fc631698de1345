import { Refusal } from '@commonhold/core';
import type { Access } from '../access.ts';
import { personaOf, type Caller } from '../caller.ts';
import type { DataDeps } from './deps.ts';
import { gatherer, type Gatherer, type Wish } from './gather.ts';
import type { Target } from './target.ts';

/** Whom a query reaches beside the caller's own pod: those to whom they recorded one of these relations. */
export interface Reach { linked: readonly string[]; deadlineMs?: number }
/** What came of one pod: how many records of it are on the page, or why there are none. */
export type Origin = { persona: string; ok: true; count: number } | { persona: string; ok: false; problem: string };

/** Looks into one pod and hands over what is seen; what `take` throws ends it. */
export type Look = (caller: Caller, target: Target, takerFor: (access: Access) => Pick<Gatherer, 'take'>) => Promise<void>;

const USUAL_MS = 2000;
/** Fewer than may wait for long readings (scan.ts). */
const AT_ONCE = 8;
const SECRET = ['block', 'mute'];

/** What was gathered, pod by pod; a pod that failed has none. */
export interface Reached { persona: string; gathered: Gatherer | null; problem: string | null }

/**
 * Asks one's own pod and those of one's links, several at a time, each as if it were asked alone: what goes wrong in one is told of that one,
 * and a slow one keeps the others from nothing. What is not there when the time is over is left out (`deadline`). Somebody who is not at home here, or absent to the
 * caller, is `not_reachable_yet`. Refuses `reach_not_yours`, `bad_relation`.
 */
export async function reachAll(deps: DataDeps, caller: Caller, target: Target, { reach, wish, look }: { reach: Reach; wish: Wish; look: Look }): Promise<Reached[]> {
  const me = personaOf(caller);
  if (me === null || me !== target.persona) throw new Refusal('invalid', 'reach_not_yours', 'Only your own links can be followed: ask at your own pod.', { field: '/reach' });
  if (reach.linked.some((name) => SECRET.includes(name))) throw new Refusal('invalid', 'bad_relation', 'That is no relation to reach somebody by.', { field: '/reach/linked' });
  const most = reach.deadlineMs ?? USUAL_MS;
  const until = performance.now() + most;
  const personas = [me, ...deps.linked(caller, target.service, reach.linked)];
  const found: Reached[] = personas.map((persona) => ({ persona, gathered: null, problem: 'deadline' }));
  const left = personas.entries();
  const ask = async (): Promise<void> => {
    for (const [i, persona] of left) {
      found[i] = await reachOne(deps, caller, { ...target, persona }, { wish, look, until });
      // A pod of few records is read in one go: others get their turn in between.
      await new Promise((resolve) => { setImmediate(resolve); });
    }
  };
  await within(most, Promise.all(Array.from({ length: AT_ONCE }, ask)));
  return [...found];
}

/** Waits for work, but not longer than so many ms. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => { timer = setTimeout(resolve, ms); });
  await Promise.race([work, over]).finally(() => { clearTimeout(timer); });
}

interface Course { wish: Wish; look: Look; until: number }

async function reachOne(deps: DataDeps, caller: Caller, target: Target, { wish, look, until }: Course): Promise<Reached> {
  const { persona } = target;
  const isOver = (): boolean => performance.now() > until;
  try {
    if (isOver()) throw late();
    if (persona !== personaOf(caller) && !deps.present(caller, persona)) return { persona, gathered: null, problem: 'not_reachable_yet' };
    const found: Gatherer[] = [];
    await look(caller, target, (access) => {
      const gathered = gatherer(access, wish, persona);
      found.push(gathered);
      return { take: (sight) => { if (isOver()) throw late(); gathered.take(sight); } };
    });
    return { persona, gathered: found[0] ?? null, problem: null };
  } catch (error) {
    if (error instanceof Refusal) return { persona, gathered: null, problem: error.code };
    deps.onError(error);
    return { persona, gathered: null, problem: 'fault' };
  }
}

const late = (): Refusal => new Refusal('unavailable', 'deadline', 'The time was over.');
