import type { ServerResponse } from 'node:http';
import { Refusal } from '@commonhold/core';
import { nameOf } from '../../firewall/caller.ts';
import type { WebDeps } from './ports.ts';
import type { Call } from './route.ts';
import { frame, makeStreams, type Stream } from './stream.ts';

/** What a watch asks for. */
export interface WatchQuery { collections?: string; counts?: string; where?: string; since?: string }

/** All open watches of the data API. */
export interface WatchHub {
  /** Turns an answer into a stream of `put`, `remove`, `ready` and `count`, until either side ends it. Refuses as `gate.data.watch` does. */
  open(call: Call<unknown, WatchQuery>, outgoing: ServerResponse): void;
  /** Ends them all. */
  close(): void;
}

const MOST = 16;
/** A service may listen to everybody of a house, more than once. */
const PER_SERVICE = 1024;

/** A client that reads slowly is told as it reads, since a position can wait; one that does not read at all is dropped. */
export function makeWatchHub({ household, gate, clock }: Pick<WebDeps, 'household' | 'gate' | 'clock'>): WatchHub {
  const behind = new WeakSet<Stream>();
  const untils = new WeakMap<Stream, number>();
  const isOver = (stream: Stream): boolean => (untils.get(stream) ?? Infinity) <= clock();
  const streams = makeStreams(household, (stream) => {
    if (isOver(stream)) stream.end();
    else if (!stream.outgoing.writableNeedDrain) behind.delete(stream);
    else if (behind.has(stream)) stream.outgoing.destroy();
    else behind.add(stream);
  });
  return {
    open({ caller, session, params, query, headers }, outgoing) {
      const last = headers['last-event-id'];
      const since = typeof last === 'string' && last !== '' ? last : query.since;
      let stream: Stream | null = null;
      const watched = { persona: params['persona']!, service: params['service']!, ...namesOf(query), ...(query.where === undefined ? {} : { where: whereOf(query.where) }), ...(since === undefined ? {} : { since }) };
      const watch = gate.data.watch(caller, watched, {
        hear: ({ type, data, id }) => {
          // What was opened by a token ends with it.
          if (isOver(stream!)) { stream!.end(); return false; }
          if (stream!.write(frame(type, data, id))) return true;
          outgoing.once('drain', watch.resume);
          return false;
        },
        end: () => { stream!.end(); },
      });
      stream = streams.open(session ?? { id: nameOf(caller), persona: nameOf(caller) }, outgoing, watch.stop, session === null ? PER_SERVICE : undefined);
      untils.set(stream, session?.app?.expires ?? Infinity);
    },
    close: streams.close,
  };
}

function namesOf({ collections, counts }: WatchQuery): { collections: string[]; counts: string[] } {
  const of = { collections: collections === undefined ? [] : collectionsOf(collections, 'collections'), counts: counts === undefined ? [] : collectionsOf(counts, 'counts') };
  if (of.collections.length + of.counts.length > 0) return of;
  throw new Refusal('invalid', 'bad_collections', 'Say what is to be watched, or counted.', { field: 'collections', expected: 'names with commas between them' });
}

function whereOf(text: string): unknown {
  try { return JSON.parse(text); } catch { throw new Refusal('invalid', 'bad_where', 'where cannot be understood: expected JSON.', { field: 'where', expected: 'JSON' }); }
}

function collectionsOf(text: string, field: string): string[] {
  const names = [...new Set(text.split(','))];
  if (names.length <= MOST && !names.includes('')) return names;
  throw new Refusal('invalid', 'bad_collections', 'Name the collections, with commas between them.', { field, expected: `1 to ${MOST} names` });
}
