import type { LogBook } from '../../firewall/log-book.ts';
import type { Line, LogDeps, Owner, Who } from './types.ts';

const DAY = 86_400_000;
const APP = 'app:';
const SERVICE = 'service:';
const KINDS = ['anyone', 'others', 'house'] as const;

type Stored = ReturnType<LogBook['days']>['days'][number]['lines'][number];

/** A day as people write it. */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The same backwards; null for what is no day. */
export function dayOf(text: string): number | null {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms / DAY;
}

/** Makes lines as their owner reads them; each person is asked for once. */
export function lineMaker({ personOf, labelOf, titleOf }: Omit<LogDeps, 'log'>, owner: Owner): (line: Stored) => Line {
  const known = new Map<string, Who>();
  const whoIs = (caller: string): Who => {
    const kind = KINDS.find((one) => one === caller);
    if (kind) return { kind };
    if (caller.startsWith(APP)) return { kind: 'app', id: caller.slice(APP.length), label: labelOf(owner.persona, caller.slice(APP.length)) };
    if (caller.startsWith(SERVICE)) return { kind: 'service', service: caller.slice(SERVICE.length), title: titleOf(owner.persona, caller.slice(SERVICE.length)) };
    return { kind: 'person', ...JSON.parse(personOf(owner, caller)) as { persona: string; handle: string; name: string } };
  };
  return ({ caller, service, collection, verb, audience, refused, rule, n, first, last }) => {
    const who = caller === null ? { kind: 'housemates' } as const : known.get(caller) ?? whoIs(caller);
    if (caller !== null) known.set(caller, who);
    return { who, service, collection, verb, audience: audience?.startsWith('house:') ? 'house' : audience, refused, rule, n, first, last };
  };
}
