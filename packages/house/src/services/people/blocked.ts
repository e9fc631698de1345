import type { Caller } from '../../firewall/caller.ts';
import type { Person } from '../shared/person.ts';
import { linksOf } from './links.ts';
import type { PeopleDeps } from './profile.ts';

/** Whom one has blocked and muted, newest first. Times in ms; `until` null = for good. */
export interface Blocked { blocked: (Person & { since: number })[]; muted: (Person & { since: number; until: number | null })[] }

type Deps = Pick<PeopleDeps, 'gate' | 'now'> & { personOf(caller: Caller, persona: string): string };

/** The caller's own list; a blocked person's profile is closed to the caller as well, so their handle stands for their name. */
export const makeBlocked = ({ gate, now, personOf }: Deps) => (caller: Caller & { persona: string }): Blocked => {
  const named = (relation: 'block' | 'mute') => linksOf(gate, caller, 'links', relation)
    .toSorted((a, b) => b.link.createdAt - a.link.createdAt)
    .map(({ link }) => ({ ...JSON.parse(personOf(caller, link.persona)) as Person, since: link.createdAt, until: link.until ?? null }));
  return {
    blocked: named('block').map(({ until: _until, ...person }) => person),
    muted: named('mute').filter(({ until }) => until === null || until > now()),
  };
};
