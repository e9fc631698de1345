import type { Invite } from '@commonhold/sdk';
import { useRef } from 'preact/hooks';
import { Button, IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { house, me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { networkFault } from '../parts/LetIn.tsx';
import { QrCode } from '../parts/QrCode.tsx';
import type { NetworkState } from '../parts/useNetwork.ts';
import { whenText } from '../parts/when.ts';
import { t } from '../parts/words.ts';

/** One invite to pass on: its code, its link, its limits. */
export function ShareInvite({ invite, network, onOther }: { invite: Invite; network: NetworkState; onOther: () => void }) {
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
      {here ? <HereOnly network={network} /> : <QrCode text={invite.url} label={t('invite.qr', { invite: invite.invite })} />}
      <div class="well row whole"><p class="addr grow" ref={link}>{breakable(invite.url)}</p><IconButton icon="copy" label={t('invite.copy')} onClick={() => void copy()} /></div>
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

/** The link with a place to break between its address and the way to the invite. */
function breakable(url: string) {
  const { origin, pathname } = new URL(url);
  return <>{origin}<wbr />{pathname}</>;
}

/** In place of a code that would lead a phone nowhere: what is missing, and the switch or whom to ask. */
function HereOnly({ network }: { network: NetworkState }) {
  const { steward } = house.value!;
  const mine = me.value!.role === 'steward';
  return (
    <div class="well here-only">
      <span class="svc a"><Icon name="wifi" /></span>
      <p class="b">{t('invite.here.title')}</p>
      <p class="t-14 dim">{mine ? t('invite.here.you') : steward ? t('invite.here.ask', { name: steward.name }) : t('invite.here.nobody')}</p>
      {mine ? <Button icon="wifi" busy={network.act.busy} onClick={() => network.letIn(true)}>{t('let.title')}</Button> : null}
      {network.act.error ? <p class="t-14 danger" role="alert">{networkFault(network.act.error)}</p> : null}
    </div>
  );
}
