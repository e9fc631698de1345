import { makeEars, type Ears } from '../ears.ts';
import type { OnError } from '../journal.ts';
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

/** `onError` hears of listeners that throw. */
export function makeFeed(onError: OnError): Feed {
  const [changes, again] = [byService<Change>(onError), byService<Retold>(onError)];
  return {
    listen: changes.listen,
    publish: (all) => { for (const change of all) changes.tell(change); },
    listenAgain: again.listen,
    tellAgain: again.tell,
  };
}

/* Listeners by service. */
function byService<Told extends { service: string }>(onError: OnError) {
  const services = new Map<string, Ears<[Told]>>();
  return {
    listen: (service: string, hear: (told: Told) => void): (() => void) => {
      const ears = services.get(service) ?? makeEars<[Told]>(onError);
      services.set(service, ears);
      return ears.listen(hear);
    },
    tell: (told: Told): void => services.get(told.service)?.tell(told),
  };
}

export type { Change } from '../store/pod/types.ts';
