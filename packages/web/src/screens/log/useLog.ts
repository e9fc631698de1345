import { useEffect, useState } from 'preact/hooks';
import type { AccessLog } from '@commonhold/sdk';
import { onLog } from '../../state/accessLog.ts';
import { client } from '../../state/client.ts';
import { listen } from '../../state/live.ts';
import { withLine } from './lines.ts';

/** The log on the screen: what there is, what went wrong, and how it goes on. `older` null = there is no more. */
export interface LogState {
  value: AccessLog | null; fault: unknown; busy: boolean; again: () => void; older: (() => void) | null; kept: (days: number) => void;
}

/** Reads the log, and keeps today up while it is open. */
export function useLog(): LogState {
  const [value, set] = useState<AccessLog | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const load = () => { setFault(null); client.me.log().then(set, setFault); };
  useEffect(() => {
    load();
    const stopLog = onLog(({ day, line }) => set((now) => now && { ...now, days: withDay(now.days, day, (lines) => withLine(lines, line)) }));
    const stopLive = listen(() => undefined, load);
    return () => { stopLog(); stopLive(); };
  }, []);
  const older = value?.next ? () => {
    setBusy(true);
    client.me.log({ before: value.next! }).then((page) => set({ ...value, days: [...value.days, ...page.days], next: page.next }), setFault).finally(() => setBusy(false));
  } : null;
  return { value, fault, busy, again: load, older, kept: (keepDays) => { if (value) set({ ...value, keepDays }); load(); } };
}

type Days = AccessLog['days'];
const withDay = (days: Days, day: string, change: (lines: Days[number]['lines']) => Days[number]['lines']): Days =>
  days.some((one) => one.day === day) ? days.map((one) => one.day === day ? { day, lines: change(one.lines) } : one) : [{ day, lines: change([]) }, ...days];
