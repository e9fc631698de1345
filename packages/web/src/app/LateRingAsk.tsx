import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ringChange } from '../state/ringAsk.ts';

/** The dialog that asks about older posts: fetched when it is first needed. Where it cannot be fetched, nothing changes. */
export function LateRingAsk() {
  const [Ask, set] = useState<ComponentType | null>(null);
  const asked = ringChange.value !== null;
  useEffect(() => {
    if (asked && !Ask) import('../screens/profile/RingAsk.tsx').then(({ default: found }) => set(() => found), () => { ringChange.peek()?.back?.(); ringChange.value = null; });
  }, [asked]);
  return Ask && asked ? <Ask /> : null;
}
