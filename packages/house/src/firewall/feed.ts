import type { Change } from '../store/pod/types.ts';

/** Hears every committed change of one service's namespaces, in order, before the writer is answered. */
export type OnChange = (change: Change) => void;

/** Carries changes from the pods to the views and to those who listen live. */
export interface Feed {
  /** Listens to one service; the answer ends it. */
  listen(service: string, onChange: OnChange): () => void;
  publish(changes: readonly Change[]): void;
}

/** A listener that throws is a bug of that listener: `onError` is told and the others still hear. */
export function makeFeed(onError: (error: unknown) => void): Feed {
  const listeners = new Map<string, Set<OnChange>>();
  return {
    listen: (service, onChange) => {
      const of = listeners.get(service) ?? new Set();
      listeners.set(service, of.add(onChange));
      return () => { of.delete(onChange); };
    },
    publish: (changes) => {
      for (const change of changes) {
        for (const onChange of listeners.get(change.service) ?? []) {
          try { onChange(change); } catch (error) { onError(error); }
        }
      }
    },
  };
}

export type { Change } from '../store/pod/types.ts';
