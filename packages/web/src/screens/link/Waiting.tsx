import { ApiError } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Note } from '../../components/Note.tsx';
import { acts } from '../../keys/index.ts';
import { refreshHouse, refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { endAsking } from '../../vault/index.ts';
import { keyFault, t } from '../parts/keyWords.ts';

/** Whose pod this browser asked to be added to. */
export interface Owner { persona: string; handle: string; name: string; face: string; house: { title: string } }

const EVERY_MS = 1000;

/** Asks the house every second whether the other device said yes; then the browser is in. */
export function Waiting({ link, owner, refused, onIn, onStop }: { link: string; owner: Owner | null; refused: (error: ApiError) => boolean; onIn: () => void; onStop: () => void }) {
  const [fault, setFault] = useState<ApiError | null>(null);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const inside = await (await acts()).claim(link);
        if (inside) {
          await Promise.all([refreshMe(), refreshHouse()]);
          toast(t('link.in.done'));
          onIn();
          return;
        }
        setFault(null);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (refused(error)) { await endAsking(link); return; }
        setFault(error);
      }
      if (!gone) timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => { gone = true; clearTimeout(timer); };
  }, [link]);
  const stop = (): void => { void endAsking(link); onStop(); };
  return (
    <div class="card pad stack loose center-x center" aria-busy="true">
      {owner ? <Face seed={owner.face} size={96} /> : null}
      <div class="stack tight center"><h1 class="t-24" tabIndex={-1}>{t('link.wait')}</h1>{owner ? <p class="dim">{t('link.wait.who', { name: owner.name, house: owner.house.title })}</p> : null}</div>
      <p role="status">{t('link.wait.text')}</p>
      {fault ? <Note kind="warn">{keyFault(fault)}</Note> : null}
      <Button kind="plain" onClick={stop}>{t('link.wait.stop')}</Button>
    </div>
  );
}
