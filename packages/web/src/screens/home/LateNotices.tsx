import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { onceItStands } from '../../state/stands.ts';

type Notices = ComponentType<{ sheet: boolean }>;
let fetched: Promise<Notices[]> | null = null;

/** What is the matter with the person's keys, and what the stewards have to tell, if anything: fetched after the page stands, since it is nothing on most days. */
export function LateNotices() {
  const [found, set] = useState<readonly Notices[]>([]);
  useEffect(() => {
    fetched ??= onceItStands().then(() => Promise.all([import('../settings/keys/KeyNotices.tsx'), import('../house/Notices.tsx')])).then(([{ KeyNotices }, { Notices: Told }]) => [KeyNotices as Notices, Told as Notices]);
    // Without the network there is nothing to tell; the next page tries anew.
    fetched.then((all) => set(all), () => { fetched = null; });
  }, []);
  return <>{found.map((Found, i) => <Found key={i} sheet />)}</>;
}
