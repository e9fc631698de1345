import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { faultText } from '../components/Empty.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';

interface Props { label: string; busy: boolean; fault: unknown; /** How much there is already. */ at: number | undefined; onMore: () => void }

/** The foot of a list that goes on: asks for more when it comes near; the button is there for whoever cannot scroll. */
export function More({ label, busy, fault, at, onMore }: Props) {
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => { if (entry?.isIntersecting && !fault) onMore(); }, { rootMargin: '1200px 0px' });
    if (foot.current) watch.observe(foot.current);
    return () => watch.disconnect();
  }, [at, fault]);
  return (
    <div class="pad center stack tight" ref={foot}>
      {fault ? <Note kind="bad" icon="away">{faultText(fault)}</Note> : null}
      <Button kind="plain" busy={busy} onClick={onMore}>{fault ? t('retry') : busy ? t('working') : label}</Button>
    </div>
  );
}
