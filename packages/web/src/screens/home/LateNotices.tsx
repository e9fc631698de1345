import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Notices = ComponentType<{ sheet: boolean }>;
let fetched: Promise<Notices> | null = null;

/** What is the matter with the person's keys, if anything: fetched after the page stands, since it is nothing on most days. */
export function LateNotices() {
  const [Found, set] = useState<Notices | null>(null);
  useEffect(() => {
    fetched ??= import('../settings/keys/KeyNotices.tsx').then(({ KeyNotices }) => KeyNotices as Notices);
    // Without the network there is nothing to tell; the next page tries anew.
    fetched.then((found) => set(() => found), () => { fetched = null; });
  }, []);
  return Found ? <Found sheet /> : null;
}
