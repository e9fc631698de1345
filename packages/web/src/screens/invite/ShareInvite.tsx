import type { Invite } from '@commonhold/sdk';
import { useRef } from 'preact/hooks';
import { Button, IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { house } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { QrCode } from '../parts/QrCode.tsx';
import { whenText } from '../parts/when.ts';
import { t } from '../parts/words.ts';

/** One invite to pass on: its code, its link, its limits. */
export function ShareInvite({ invite, onOther }: { invite: Invite; onOther: () => void }) {
  const link = useRef<HTMLParagraphElement>(null);
  const here = house.value!.reach === 'this-machine';
  const copy = async (): Promise<void> => {
    const copied = await copyText(invite.url);
    if (!copied && link.current) selectShown(link.current);
    toast(copied ? t('invite.copied') : t('invite.selected'));
  };
  // Web Share needs an encrypted address; without it the one verb is Copy.
  const share = async (): Promise<void> => { await navigator.share({ url: invite.url, title: house.value!.title }).catch(() => undefined); };
  const canShare = isSecureContext && 'share' in navigator;
  return (
    <div class="pad stack center-x">
      <div class="stack tight center"><h2 class="t-24">{t('invite.come')}</h2><p class="dim">{here ? t('invite.how.link') : t('invite.how')}</p></div>
      <QrCode text={invite.url} label={t('invite.qr', { invite: invite.invite })} />
      <div class="well row whole"><p class="addr grow" ref={link}>{invite.url}</p><IconButton icon="copy" label={t('invite.copy')} onClick={() => void copy()} /></div>
      {here ? <p class="tag warn wrap-tag"><Icon name="wifi" />{t('invite.here.title')}</p> : null}
      <div class="row wrap middle">
        <span class="tag"><Icon name="people" />{t('invite.left', { n: invite.left })}</span>
        <span class="tag"><Icon name="clock" />{t('invite.until', { when: whenText(invite.expires, Date.now(), locale) })}</span>
      </div>
      <div class="pair whole">
        {canShare ? <Button kind="fill" block onClick={() => void share()}>{t('invite.share')}</Button> : <Button kind="fill" block icon="copy" onClick={() => void copy()}>{t('invite.copy')}</Button>}
        <Button block onClick={onOther}>{t('invite.other')}</Button>
      </div>
    </div>
  );
}
