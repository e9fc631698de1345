import type { Change } from '../store/pod/types.ts';

/** Hears every committed change of one service's namespaces, in order, before the writer is answered. */
export type OnChange = (change: Change) => void;

/** A record that is to be looked at anew. */
export interface Retold { persona: string; service: string; collection: string; key: string }

/** Carries changes from the pods to the views and to those who listen live. */
export interface Feed {
  /** Listens to one service; the answer ends it. */
  listen(service: string, onChange: OnChange): () => void;
  publish(changes: readonly Change[]): void;
  /** Hears of records of one service that are for others now though nothing was written: the house hides or shows them; the answer ends it. */
  listenAgain(service: string, hear: (record: Retold) => void): () => void;
  tellAgain(record: Retold): void;
}

/** A listener that throws is a bug of that listener: `onError` is told and the others still hear. */
export function makeFeed(onError: (error: unknown) => void): Feed {
  const [changes, again] = [makeEars<Change>(onError), makeEars<Retold>(onError)];
  return {
    listen: changes.listen,
    publish: (all) => { for (const change of all) changes.tell(change); },
    listenAgain: again.listen,
    tellAgain: again.tell,
  };
}

/* Listeners by service. */
function makeEars<Told extends { service: string }>(onError: (error: unknown) => void) {
  const listeners = new Map<string, Set<(told: Told) => void>>();
  return {
    listen: (service: string, hear: (told: Told) => void): (() => void) => {
      const of = listeners.get(service) ?? new Set();
      listeners.set(service, of.add(hear));
      return () => { of.delete(hear); };
    },
    tell: (told: Told): void => {
      for (const hear of listeners.get(told.service) ?? []) {
        try { hear(told); } catch (error) { onError(error); }
      }
    },
  };
}

export type { Change } from '../store/pod/types.ts';
