import { canonical, type Json, type Narrowing } from '@commonhold/core';
import type { Departures } from './ports.ts';
import { keepTerms } from '../../store/pod/join-contract.ts';
import type { Feed } from '../feed.ts';
import { narrowingOf } from '../narrowing.ts';
import { checkMayWrite } from '../standing.ts';
import { narrowingFrom, stillLeaving } from './join.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import type { Terms } from './terms.ts';

/** One of somebody's own namespaces. */
export interface Place { owner: string; persona: string; service: string }

/** What changes of what was agreed, on disk when it resolves; whoever watches is asked anew whether they may. Refuses `service_unknown`, `still_leaving`. */
export type Change = (place: Place, to: (now: Namespace) => { narrowing?: Narrowing; terms?: Terms }) => Promise<Namespace>;

/** Built on the namespaces. */
export const makeChange = ({ namespaces, departures, feed, house }: { namespaces: Namespaces; departures: Pick<Departures, 'has'>; feed: Pick<Feed, 'publish'>; house: string }): Change => async ({ owner, persona, service }, to) => {
  const { home } = namespaces.of(owner, persona, service);
  await home.pod.write(() => {
    const now = namespaces.of(owner, persona, service);
    if (departures.has(owner, service)) throw stillLeaving();
    checkMayWrite(now.home.state, house);
    const { narrowing, terms = now.terms } = to(now);
    keepTerms(now.home.pod, now.home.state, service, { narrowing: narrowing === undefined ? now.joined.narrowing : canonical(narrowing as Json), terms: JSON.stringify(terms) });
  });
  feed.publish([{ persona, service, collection: '', key: '', pos: 0, op: 'remove', audience: 'only-me', at: '', author: null, body: null }]);
  return namespaces.of(owner, persona, service);
};

/** Takes back what `wish` says of single rules, and gives back what it does not say. Refuses `bad_narrowing`. */
export const narrow = (wish: unknown) => ({ contract, joined }: Namespace): { narrowing: Narrowing } =>
  ({ narrowing: { ...pausedOf(joined.narrowing), ...narrowingFrom(contract, wish) } });

/** Denies everybody but the owner, until a time (ms) if there is one, or ends that. */
export const pause = (paused: boolean, until?: number) => ({ joined }: Namespace): { narrowing: Narrowing } => {
  const { paused: _, until: __, ...rest } = narrowingOf(joined.narrowing);
  return { narrowing: { ...rest, ...(paused ? { paused, ...(until === undefined ? {} : { until }) } : {}) } };
};

const pausedOf = (text: string): Pick<Narrowing, 'paused' | 'until'> => {
  const { paused, until } = narrowingOf(text);
  return paused === true ? { paused, ...(until === undefined ? {} : { until }) } : {};
};
