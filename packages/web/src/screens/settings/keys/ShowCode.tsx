import { useEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from '../../../components/Button.tsx';
import { Note } from '../../../components/Note.tsx';
import { client } from '../../../state/client.ts';
import { toast } from '../../../state/toast.ts';
import { copyText, selectShown } from '../../parts/copy.ts';
import { t } from '../../parts/keyWords.ts';
import { outside } from '../../parts/outside.ts';
import { QrCode } from '../../parts/QrCode.tsx';
import { useLoad } from '../../parts/useLoad.ts';

/** A code by which a device may ask: its link, its secret, when it ends (ms). */
export interface Code { link: string; secret: string; expires: number }

const MINUTE = 60_000;

/** The code to scan and the address that it stands for, where another device can reach it. */
export function ShowCode({ code: { link, secret, expires }, onEnded }: { code: Code; onEnded: () => void }) {
  const network = useLoad((signal) => client.house.network({ signal }));
  const address = useRef<HTMLParagraphElement>(null);
  const [left, setLeft] = useState(() => expires - Date.now());
  useEffect(() => {
    const timer = setInterval(() => { const now = expires - Date.now(); setLeft(now); if (now <= 0) onEnded(); }, 5000);
    return () => clearInterval(timer);
  }, [expires]);
  // An address that every device calls itself leads another device nowhere: then the house's own on the network.
  const here = outside([location.origin]).length === 0;
  const origin = here ? outside(network.value?.urls ?? [])[0] ?? location.origin : location.origin;
  const url = `${origin}/link/${link}#${secret}`;
  const ready = !here || network.value !== null || network.error !== null;
  const copy = async (): Promise<void> => {
    const copied = await copyText(url);
    if (!copied && address.current) selectShown(address.current);
    toast(copied ? t('add.copied') : t('add.selected'));
  };
  return (
    <>
      <p>{t('add.lead')}</p>
      {ready ? <QrCode text={url} label={t('add.qr')} /> : <span class="skel qr" />}
      {ready ? <div class="well row whole"><p class="addr grow" ref={address}>{origin}<wbr />/link/{link}<wbr />#{secret}</p><IconButton icon="copy" label={t('add.copy')} onClick={() => void copy()} /></div> : null}
      {ready && origin === location.origin && here ? <Note kind="warn" icon="wifi">{t('add.here')}</Note> : null}
      <p class="dim t-14" role="status">{t('add.wait', { n: Math.max(1, Math.ceil(left / MINUTE)) })}</p>
      <p class="hint">{t('add.secret')}</p>
    </>
  );
}
