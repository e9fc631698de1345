import { Refusal, type Suite } from '@commonhold/core';
import type { Secrets } from '../config/secrets.ts';
import type { Household } from '../household/household.ts';
import type { HousePerson } from '../household/ports.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { HOUSE, type Job } from '../jobs/types.ts';
import { fetchPod, momentOf } from './one-pod.ts';
import { openPlace } from './place.ts';
import type { PodOffer } from './settings.ts';
import type { Target } from './target/target.ts';

/** One pod comes back while the house runs: offered by a steward, begun by its person. */
export interface PodOffers {
  /**
   * Offers it to its person, who is told; a pod that cannot be read any more has nobody to ask, and comes back at once.
   * Refuses `person_unknown`, `backup_unknown`, `not_in_backup`, `no_target`, `job_running`, and what the place refuses.
   */
  offer(by: string, persona: string, backup: string): Promise<{ offer: PodOffer | null; job: Job | null }>;
  /** What somebody is offered now. */
  of(persona: string): PodOffer | null;
  /** Begins what was offered; once it is whole, the house starts anew with it. Refuses `nothing_offered`, `job_running`. */
  accept(persona: string): Job;
  /** Thanks, no; also where nothing was offered. */
  decline(persona: string): void;
}

interface Deps {
  suite: Suite; data: string; secrets: Secrets; jobs: Pick<Jobs, 'start'>; household: Pick<Household, 'settings' | 'personOf' | 'care'>; now(): number;
  target(): Target;
  /** Whether a pod's file can be opened. */
  isReadable(pod: string): boolean;
  /** A pod is whole and waits for the next start. */
  whole(): void;
}

const KIND = 'restore-pod';
/** How long an offer stands. */
const STANDS_MS = 7 * 86_400_000;

/** Built by `compose.ts`. */
export function makePodOffers({ suite, data, secrets, jobs, household: { settings, personOf, care }, now, target, isReadable, whole }: Deps): PodOffers {
  const all = (): Readonly<Record<string, PodOffer>> => settings.get('podOffers') ?? {};
  const keep = (persona: string, offer: PodOffer | null): void => {
    const rest = Object.entries(all()).filter(([who, { until }]) => who !== persona && until > now());
    settings.set('podOffers', Object.fromEntries(offer ? [...rest, [persona, offer]] : rest));
  };
  const of = (persona: string): PodOffer | null => { const offer = all()[persona]; return offer && offer.until > now() ? offer : null; };
  const begin = (owner: string, { persona, handle, pod }: HousePerson, { backup, by }: Pick<PodOffer, 'backup' | 'by'>): Job => jobs.start(KIND, owner, async (progress, signal) => {
    const { at } = await fetchPod(suite, { data, place: await openPlace(target(), secrets), seat: { persona, handle, pod }, id: backup, by }, progress, signal);
    keep(persona, null);
    // A turn later, so that the job is written down as done before the house closes.
    setImmediate(whole);
    return { at };
  });
  const someone = (persona: string): HousePerson => {
    const person = personOf(persona);
    if (!person) throw new Refusal('not_found', 'person_unknown', 'Nobody of that name can be seen here.');
    return person;
  };
  return {
    offer: async (by, persona, backup) => {
      const person = someone(persona);
      const at = await momentOf({ place: await openPlace(target(), secrets), seat: person, id: backup });
      if (!isReadable(person.pod)) return { offer: null, job: begin(HOUSE, person, { backup, by }) };
      const offer: PodOffer = { backup, at, by, until: now() + STANDS_MS };
      keep(persona, offer);
      care.notices.add(persona, 'offered', { by, until: at });
      return { offer, job: null };
    },
    of,
    accept: (persona) => {
      const offer = of(persona);
      if (!offer) throw new Refusal('not_found', 'nothing_offered', 'Nothing is offered to you, or no longer. Ask a steward.');
      return begin(persona, someone(persona), offer);
    },
    decline: (persona) => keep(persona, null),
  };
}
