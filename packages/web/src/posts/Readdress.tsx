import { useEffect, useState } from 'preact/hooks';
import type { Audience, PostItem } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { Note } from '../components/Note.tsx';
import { audienceMeans, audienceWords } from '../compose/AudienceMenu.tsx';
import { t } from '../i18n/index.ts';
import { audienceOf, readdressPost } from '../state/posts.ts';
import { needSizes } from '../state/rings.ts';
import { toast } from '../state/toast.ts';
import { AUDIENCES, SIGN } from '../words/audience.ts';

/* An answer reaches no further than what it answers: of its own audience, the narrower ones are sure to be allowed. */
const choicesOf = (item: PostItem): readonly Audience[] =>
  item.body.replyTo && item.replyAudiences ? AUDIENCES.filter((audience) => item.replyAudiences!.includes(audience) || audience === item.audience) : AUDIENCES;

function Choose({ item }: { item: PostItem }) {
  const [wanted, want] = useState<Audience>(item.audience);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(needSizes, []);
  const close = () => { audienceOf.value = null; };
  const go = async () => {
    if (wanted === item.audience) { close(); return; }
    setBusy(true);
    try {
      await readdressPost(item, wanted);
      toast(t('readdress.done', { who: t(`audience.${wanted}`) }));
      close();
    } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('readdress')} onClose={close}>
      <form class="body stack" onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <fieldset class="audiences">
          <legend class="vh">{t('readdress')}</legend>
          {choicesOf(item).map((audience) => (
            <label key={audience}>
              <input type="radio" name="audience" checked={audience === wanted} onChange={() => want(audience)} />
              <span class={SIGN[audience].tone}><Icon name={SIGN[audience].icon} /></span>
              <span class="grow"><b class={SIGN[audience].tone}>{audienceWords(audience)}</b><small>{audienceMeans(audience)}</small></span>
            </label>
          ))}
        </fieldset>
        <p class="hint">{t('readdress.text')}</p>
        {fault ? <Note kind="bad" alert>{fault}</Note> : null}
        <div class="row wrap"><Button kind="fill" type="submit" busy={busy} disabled={wanted === item.audience}>{t('readdress.go')}</Button><Button kind="plain" onClick={close}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}

/** Who may read the post that was asked about, to be chosen anew, over the page. */
export const ReaddressDialog = () => audienceOf.value ? <Choose key={audienceOf.value.key} item={audienceOf.value} /> : null;
