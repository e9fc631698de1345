import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { linksTo } from './links.ts';
import { other } from './other.ts';
import type { PeopleDeps } from './profile.ts';
import { PEOPLE } from './types.ts';

/** Whether somebody is muted, and until when (ms; null = for good, or not at all). */
export interface Muted { muted: boolean; until: number | null }

/**
 * Keeps somebody's posts out of the caller's own timelines, live events and news, until a time or for good; nothing else changes and
 * nobody else knows. Muting again changes the time. Refuses `person_unknown` for what is no persona, `mute_self`, `bad_until`.
 */
export const makeMute = ({ gate, now }: Pick<PeopleDeps, 'gate' | 'now'>) => async (caller: Caller & { persona: string }, whom: string, { until }: { until?: number }): Promise<Muted> => {
  const persona = other(caller, whom, 'mute_self');
  if (until !== undefined && until <= now()) throw new Refusal('invalid', 'bad_until', 'That time has passed.', { field: '/until', expected: 'a time to come' });
  await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
    const [held, ...more] = linksTo(gate, caller, persona, 'links', 'mute');
    const body = { persona, relation: 'mute', createdAt: held?.link.createdAt ?? now(), ...(until === undefined ? {} : { until }) };
    tx.put('links', { body, ...(held ? { key: held.item.key } : {}) });
    for (const { item } of more) tx.remove('links', item.key);
  });
  return { muted: true, until: until ?? null };
};
