import type { Feed } from '../../../firewall/feed.ts';
import { MICROBLOG } from '../types.ts';
import type { Somebody } from './types.ts';

/** What a listener hears: `scheduled` with `{key, state, due?, failed?}` as JSON text. */
interface Event { type: string; data: string }

/** Tells people what becomes of what they have scheduled, here or on another of their devices; `gone`: posted, or taken back. */
export function makeScheduledLive({ feed }: { feed: Feed }) {
  const ears = new Set<{ caller: Somebody; listen(event: Event): void }>();
  feed.listen(MICROBLOG, ({ persona, collection, key, op, body }) => {
    if (collection !== 'scheduled' || ears.size === 0) return;
    const { due, failed } = (op === 'put' && body !== null ? JSON.parse(body) : {}) as { due?: number; failed?: string };
    const state = due === undefined ? 'gone' : failed === undefined ? 'waiting' : 'failed';
    const data = JSON.stringify({ key, state, due, failed });
    for (const { caller, listen } of ears) if (caller.persona === persona) listen({ type: 'scheduled', data });
  });
  return (caller: Somebody, listen: (event: Event) => void): (() => void) => {
    const ear = { caller, listen };
    ears.add(ear);
    return () => { ears.delete(ear); };
  };
}
