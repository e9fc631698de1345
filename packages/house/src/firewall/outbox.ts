import { bodyHash, makeOffer, newSalt, statementHash, toBase64Url, type Signed, type Offer } from '@commonhold/core';
import type { Effect, Waiting } from '../outbox/effect.ts';
import type { Pods } from '../store/pods.ts';
import type { Pen } from '../store/pod/draft.ts';
import type { FindHome, Home } from './homes.ts';
import type { RelationBook } from './relations.ts';
import { mayWrite } from './standing.ts';
import type { ProvedOffer } from './transactor.ts';

const BATCH = 100;
const LIFE_MS = 7 * 86_400_000;

/** The gate's side of the outbox: what waits in a pod, and the offer that an effect becomes. */
export interface OutboxStore {
  waiting(pod: string): Waiting[];
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
    waiting: (id) => {
      const pod = pods.open(id);
      const names = new Map([...pod.personas.values()].map(({ ref, persona }) => [ref, persona]));
      return pod.sql.outbox.all(BATCH).map(({ id: number, persona, target, effect, tries, next }) =>
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
      const { op, service, collection, key: own, body } = waiting.effect;
      const key = `${waiting.author}/${own}`;
      const there = owner.pod.sql.row.get(owner.state.ref, service, collection, key);
      const salt = op === 'put' ? newSalt(pen.suite) : undefined;
      const signed: Signed<Offer> = makeOffer(pen.suite, {
        author: waiting.author, device: author.state.device, owner: waiting.target, service, contract, collection, key, op,
        base: there ? toBase64Url(there.id) : null, expiry: pen.now() + LIFE_MS, keyLogHead: author.state.keyLog.head,
        ...(salt && body !== undefined ? { body: toBase64Url(bodyHash(pen.suite, salt, body)) } : {}),
      }, pen.signer.seed(waiting.author));
      return {
        offer: signed.statement, hash: statementHash(pen.suite, signed.statement), text: JSON.stringify(signed),
        ...(body === undefined ? {} : { body }), ...(salt ? { salt } : {}),
      };
    },
  };
}

