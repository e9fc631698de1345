import type { Pods } from '../store/pods.ts';
import type { Change } from '../store/pod/types.ts';

const BATCH = 500;

/** Tells a view what it has not seen of one pod: every change after `since`, oldest first, in batches. */
export function replayPod(pods: Pods, id: string, since: number, tell: (changes: Change[], last: number) => void): void {
  const pod = pods.open(id);
  const names = new Map([...pod.personas.values()].map(({ ref, persona }) => [ref, persona]));
  for (let from = since; ;) {
    const rows = pod.sql.since.all(from, BATCH);
    const last = rows.at(-1);
    if (!last) return;
    from = last.pos;
    tell(rows.map(({ persona, service, collection, key, pos, op, audience, at, author, body }) =>
      ({ persona: names.get(persona) ?? '', service, collection, key, pos, op, audience, at, author, body })), from);
    if (rows.length < BATCH) return;
  }
}

/** The newest position of a pod; 0 for an empty one. */
export const lastPosition = (pods: Pods, id: string): number => pods.open(id).told;
