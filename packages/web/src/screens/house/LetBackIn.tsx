import type { Place, WayIn } from '@commonhold/sdk';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { QrCode } from '../parts/QrCode.tsx';
import { useAct } from '../parts/useAct.ts';
import { nameIn, when } from './names.ts';
import { t } from './words.ts';

/** Makes a way in for somebody who lost their passphrase, and says what that lets a steward do. */
export function LetBackIn({ place, onClose }: { place: Place; onClose: () => void }) {
  const act = useAct();
  const [way, set] = useState<WayIn | null>(null);
  const name = nameIn(place);
  return (
    <Dialog title={t('access.title', { name })} onClose={onClose}>
      <div class="body stack">
        {way ? <Way way={way} name={name} /> : (
          <>
            <p>{t('access.text', { name })}</p>
            <p>{t('access.can', { name })}</p>
            <p class="t-14 dim">{t('access.words', { name })}</p>
            {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
            <div class="row wrap"><Button kind="fill" busy={act.busy} onClick={() => act.run(async () => set(await client.care.letIn(place.persona)))}>{t('access.go')}</Button><Button kind="plain" onClick={onClose}>{t('cancel')}</Button></div>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Way({ way: { url, expires }, name }: { way: WayIn; name: string }) {
  const link = useRef<HTMLParagraphElement>(null);
  const copy = async (): Promise<void> => {
    const copied = await copyText(url);
    if (!copied && link.current) selectShown(link.current);
    toast(copied ? t('access.copied') : t('access.selected'));
  };
  return (
    <>
      <p role="status">{t('access.made', { name, when: when(expires) })}</p>
      <div class="center-x"><QrCode text={url} label={t('access.qr', { name })} /></div>
      <p class="addr" ref={link}>{url}</p>
      <div class="row wrap"><Button icon="copy" onClick={() => void copy()}>{t('access.copy')}</Button></div>
    </>
  );
}
