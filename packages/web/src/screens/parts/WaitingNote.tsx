import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Note } from '../../components/Note.tsx';
import { t } from '../../i18n/index.ts';
import { loadRepairs, waiting } from '../../state/repairs.ts';

/** Says quietly that something waits for a decision; nothing when nothing does. `pad`: the page itself leaves no room at its sides. */
export function WaitingNote({ pad }: { pad?: boolean }) {
  const { route } = useLocation();
  useEffect(() => { void loadRepairs().catch(() => undefined); }, []);
  const n = waiting();
  return n ? <div class={pad ? 'side-pad' : undefined}><Note kind="plain" icon="flag" action={{ label: t('waiting.look'), run: () => route('/repair') }}>{t('waiting', { n })}</Note></div> : null;
}
