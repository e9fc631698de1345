import type { Effect, Waiting } from './effect.ts';
import type { Pods } from '../store/pods.ts';
import type { Pen } from '../store/pod/draft.ts';
import type { FindHome, Home } from './homes.ts';
import { signOffer } from './offers.ts';
import type { RelationBook } from './relations.ts';
import { mayWrite } from './standing.ts';
import type { ProvedOffer } from './transactor.ts';

const BATCH = 100;

/** The gate's side of the outbox: what waits in a pod, and the offer that an effect becomes. */
export interface OutboxStore {
  /** What waits in a pod, the oldest first, some at a time: those after the one of this number. */
  waiting(pod: string, after?: number): Waiting[];
  done(pod: string, id: number): Promise<void>;
  later(pod: string, id: number, next: number): Promise<void>;
  /** A block lies between author and target: what the author takes back waits until it ends, since nothing passes a block. */
  apart(waiting: Waiting): boolean;
  /** The author's pod is moving away: what it left to be done waits until the move stands or is taken back. */
  moving(waiting: Waiting): boolean;
  /** The signed offer of an effect as of now, with what goes beside it; null when author or target are not at home here, or the author no more. */
  offerOf(waiting: Waiting): ProvedOffer | null;
}

interface Deps { pods: Pods; find: FindHome; relations: RelationBook; pen: Pen; house: string }

/** Built on the pods, in the names of their own people. */
export function makeOutboxStore({ pods, find, relations, pen, house }: Deps): OutboxStore {
  // Whoever moved away or revoked this house's device writes elsewhere.
  const authorOf = ({ author }: Waiting): Home | null => {
    const home = find(author);
    return home && mayWrite(home.state, house) ? home : null;
  };
  return {
    waiting: (id, after = 0) => {
      // Whoever left took along what waited.
      if (!pods.has(id)) return [];
      const pod = pods.open(id);
      if (!pod.waits) return [];
      const names = new Map([...pod.personas.values()].map(({ ref, persona }) => [ref, persona]));
      const rows = pod.sql.outbox.all(after, BATCH);
      // A write that is not yet committed has said that it waits, and may be undone: only what is certain is kept.
      if (after === 0 && !pod.db.inTransaction) pod.waits = rows.length > 0;
      return rows.map(({ id: number, persona, target, effect, tries, next }) =>
        ({ id: number, author: names.get(persona) ?? '', target, effect: JSON.parse(effect) as Effect, tries, next }));
    },
    done: (id, number) => { const pod = pods.open(id); return pod.write(() => { pod.sql.dropOutbox.run(number); }); },
    later: (id, number, next) => { const pod = pods.open(id); return pod.write(() => { pod.sql.retryOutbox.run(next, number); }); },
    apart: ({ author, target }) => relations.apart(author, target),
    moving: ({ author }) => {
      const home = find(author);
      return home !== null && home.state.pending !== null && !mayWrite(home.state, house);
    },
    offerOf: (waiting) => {
      const owner = find(waiting.target);
      const author = authorOf(waiting);
      const contract = owner?.state.contracts.get(waiting.effect.service)?.hash;
      if (!owner || !author || contract === undefined) return null;
      const { op, service, collection, key, body } = waiting.effect;
      return signOffer(pen, author, owner, { op, service, contract, collection, key: `${waiting.author}/${key}`, ...(body === undefined ? {} : { body }) });
    },
  };
}
