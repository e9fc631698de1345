import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { meeting } from '../../keys/index.ts';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { copyText } from '../../words/clipboard.ts';
import { outside } from '../parts/outside.ts';
import { QrCode } from '../parts/QrCode.tsx';
import { useLoad } from '../parts/useLoad.ts';
import { t } from './words.ts';

/** One's profile as a code: for a camera, and for somebody who compares keys. */
export function CodeDialog({ onClose }: { onClose: () => void }) {
  const [head, setHead] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const { persona, handle } = me.value!;
  const load = () => {
    setFault(null);
    meeting().then(({ ownHead }) => ownHead(persona)).then(setHead, setFault);
  };
  useEffect(load, []);
  const network = useLoad((signal) => client.house.network({ signal }));
  // An address that every device calls itself leads another device nowhere.
  const isHere = outside([location.origin]).length === 0;
  const origin = isHere ? outside(network.value?.urls ?? [])[0] ?? location.origin : location.origin;
  const url = `${origin}/@${handle}#key=${persona}.${head ?? ''}`;
  const ready = head !== null && (!isHere || network.value !== null || network.error !== null);
  return (
    <Dialog title={t('code.title')} onClose={onClose}>
      <div class="body stack">
        {fault !== null ? <Failed title={t('meet.failed')} error={fault instanceof ApiError ? fault : new ApiError(0, 'unexpected', String(fault))} again={load} />
          : ready ? <QrCode text={url} label={t('code.qr')} /> : <span class="skel qr" aria-busy="true" />}
        <p class="center b">@{handle}</p>
        <p class="t-14 dim">{t('code.text')}</p>
        {ready && isHere && origin === location.origin ? <Note kind="warn" icon="wifi">{t('code.here')}</Note> : null}
        <Button icon="copy" disabled={!ready} onClick={() => void copyText(url).then((done) => { if (done) toast(t('code.copied')); })}>{t('code.copy')}</Button>
      </div>
    </Dialog>
  );
}
