import { useState } from 'preact/hooks';
import type { PostItem, Quotable } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { t as tApp } from '../../i18n/index.ts';
import { nameOf } from '../../posts/parts.tsx';
import { client } from '../../state/client.ts';
import { changed, quotableOf, quoteWithMine } from '../../state/posts.ts';
import { toast } from '../../state/toast.ts';
import { QUOTABLE } from '../rest/Quotable.tsx';
import { t } from '../rest/words.ts';

/** Does one thing that a dialog is about: why it failed is said in it. */
function useDoing() {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (what: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    try { await what(); } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  return { busy, fault: fault ? <Note kind="bad" alert>{fault}</Note> : null, run };
}

/** Who may quote one's own post from now on. */
function WhoMayQuote({ item }: { item: PostItem }) {
  const now = item.body.quotes ?? 'anyone';
  const [wanted, want] = useState<Quotable>(now);
  const { busy, fault, run } = useDoing();
  const close = () => { quotableOf.value = null; };
  const go = () => run(async () => {
    changed(await client.microblog.setQuotable(item.key, wanted));
    toast(t(`quotable.done.${wanted}`));
    close();
  });
  return (
    <Dialog title={t('quotable')} onClose={close}>
      <form class="body stack" onSubmit={(event) => { event.preventDefault(); void go(); }}>
        <fieldset class="audiences">
          <legend class="vh">{t('quotable')}</legend>
          {QUOTABLE.map((who) => <label key={who}><input type="radio" name="quotable" checked={who === wanted} onChange={() => want(who)} /><span class="grow b">{t(`quotable.${who}`)}</span></label>)}
        </fieldset>
        <p class="hint">{t('quotable.text')}</p>
        {fault}
        <div class="row wrap"><Button kind="fill" type="submit" busy={busy} disabled={wanted === now && item.body.quotes !== undefined}>{t('quotable.go')}</Button><Button kind="plain" onClick={close}>{tApp('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}

/** Takes one's own post out of somebody's quote, once it was said what that means. */
function TakeOut({ item }: { item: PostItem }) {
  const { busy, fault, run } = useDoing();
  const close = () => { quoteWithMine.value = null; };
  const go = () => run(async () => {
    await client.microblog.withdraw(item.body.quote!.key, { persona: item.persona, key: item.key });
    changed({ ...item, quoted: { state: 'withdrawn' } });
    toast(t('withdraw.done'));
    close();
  });
  return (
    <Dialog title={t('withdraw')} onClose={close}>
      <div class="body stack">
        <p>{t('withdraw.text', { name: nameOf(item.persona) })}</p>
        {fault}
        <div class="row wrap"><Button kind="danger" busy={busy} onClick={() => void go()}>{t('withdraw.go')}</Button><Button kind="plain" onClick={close}>{tApp('cancel')}</Button></div>
      </div>
    </Dialog>
  );
}

/** What is asked about quotes, over the page. */
export default function Consent() {
  return <>{quotableOf.value ? <WhoMayQuote key={quotableOf.value.key} item={quotableOf.value} /> : null}{quoteWithMine.value ? <TakeOut key={quoteWithMine.value.key} item={quoteWithMine.value} /> : null}</>;
}
