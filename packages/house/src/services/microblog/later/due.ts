import { Refusal, type Json } from '@commonhold/core';
import { MICROBLOG, type NewThread } from '../types.ts';
import { heldBy } from './scheduled.ts';
import type { Draft, LaterDeps, Scheduled, Somebody } from './types.ts';

/**
 * Posts what waits under a key, as its writer would now. It is gone from what waits in the same transaction, so that it is posted once,
 * whatever ends the house in between. Refuses `scheduled_unknown`, `scheduled_changed`, and what posting refuses; it then waits as before.
 */
export const makePostNow = ({ gate, postAll }: Pick<LaterDeps, 'gate' | 'postAll'>) => async (caller: Somebody, key: string): Promise<unknown[]> => {
  const { key: _key, due: _due, createdAt: _createdAt, failed: _failed, ...draft } = heldBy({ gate }, caller, key);
  return postAll(caller, threadOf(draft), (tx) => {
    const { due, createdAt, failed, key: same, ...still } = heldBy({ gate }, caller, key);
    if (JSON.stringify(still) !== JSON.stringify(draft)) throw new Refusal('conflict', 'scheduled_changed', 'This was changed a moment ago. Look at it again.');
    tx.remove('scheduled', same);
  });
};

// What was asked for and left empty is not there.
function threadOf({ parts, ...rest }: Draft): NewThread {
  return { ...rest, posts: parts.map(({ warning = '', ...part }) => ({ ...part, ...(warning.trim() === '' ? {} : { warning }) })) };
}

interface DueDeps extends Pick<LaterDeps, 'gate' | 'views' | 'now' | 'postAll'> { onError(error: unknown): void }

/** Posts what waits when its time has come. */
export interface Due {
  /** Looks at once, and from then on whenever something may be due. */
  start(): void;
  /** Posts everything that is due by now. */
  round(): Promise<void>;
  /** Resolves when nothing is under way; nothing begins any more. */
  close(): Promise<void>;
}

/** The clock may jump: nothing is waited for longer than this without looking again. */
const LOOK_MS = 10_000;

/** What is refused for good is kept with the reason; what may work later is tried again a little later. */
export function makeDue(deps: DueDeps): Due {
  const { gate, views, now, onError } = deps;
  const postNow = makePostNow(deps);
  let timer: NodeJS.Timeout | undefined, running = Promise.resolve(), open = true;
  const postOne = async ({ persona, key }: { persona: string; key: string }): Promise<void> => {
    const owner: Somebody = { kind: 'owner', persona };
    try { await postNow(owner, key); } catch (error) {
      if (!(error instanceof Refusal) || PASSING.includes(error.kind)) throw error;
      // A pod that is written elsewhere by now keeps it as it is.
      if (!MOVED_ON.includes(error.code)) await fail(owner, key, error.code).catch((refused: unknown) => { if (!(refused instanceof Refusal)) throw refused; });
    }
  };
  const fail = (owner: Somebody, key: string, code: string) => gate.transact(owner, owner.persona, MICROBLOG, (tx) => {
    const { key: _key, ...body } = heldBy({ gate }, owner, key);
    tx.put('scheduled', { key, body: { ...body, failed: code } satisfies Omit<Scheduled, 'key'> as unknown as Json });
  });
  const look = async (): Promise<void> => {
    for (const one of await views.ask(({ waiting }) => waiting.dueBy(now()))) if (open) await postOne(one).catch(onError);
  };
  const round = (): Promise<void> => (running = running.then(look).catch(onError));
  const rest = async (): Promise<void> => {
    const next = await views.ask(({ waiting }) => waiting.nextAfter(now())).catch(() => null);
    if (open) timer = setTimeout(begin, Math.min(LOOK_MS, next === null ? LOOK_MS : next - now())).unref();
  };
  const begin = (): void => { void round().then(rest); };
  return {
    round,
    start: begin,
    close: () => { open = false; clearTimeout(timer); return running; },
  };
}

const PASSING: readonly string[] = ['unavailable', 'rate_limited'];
/** It is not what was looked at any more. */
const MOVED_ON: readonly string[] = ['scheduled_unknown', 'scheduled_changed'];
