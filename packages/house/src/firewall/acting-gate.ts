import type { Caller } from './caller.ts';
import type { Gate } from './gate.ts';

/** The same gate for callers as a door proves them: each is turned first into the one that the service knows. */
export function actingGate(gate: Gate, as: <C extends Caller>(caller: C, service: string) => C): Gate {
  const { data, blobs } = gate;
  return {
    ...gate,
    reader: (caller, persona, service) => gate.reader(as(caller, service), persona, service),
    get: (caller, persona, service, collection, key) => gate.get(as(caller, service), persona, service, collection, key),
    joined: (caller, persona, service, challenge) => gate.joined(as(caller, service), persona, service, challenge),
    mayReadLane: (caller, persona, service, collection, audience) => gate.mayReadLane(as(caller, service), persona, service, collection, audience),
    transact: (caller, persona, service, work) => gate.transact(as(caller, service), persona, service, work),
    blobs: {
      ...blobs,
      find: (caller, target, blob) => blobs.find(as(caller, target.service), target, blob),
      receive: (caller, space, source, length) => blobs.receive(as(caller, space.service), space, source, length),
    },
    data: {
      query: (caller, target, ...more) => data.query(as(caller, target.service), target, ...more),
      count: (caller, target, ...more) => data.count(as(caller, target.service), target, ...more),
      put: (caller, target, ...more) => data.put(as(caller, target.service), target, ...more),
      patch: (caller, target, ...more) => data.patch(as(caller, target.service), target, ...more),
      remove: (caller, target, ...more) => data.remove(as(caller, target.service), target, ...more),
      watch: (caller, watched, watcher) => data.watch(as(caller, watched.service), watched, watcher),
    },
  };
}
