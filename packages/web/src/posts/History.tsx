import { useEffect, useState } from 'preact/hooks';
import type { Image, PostItem, Version } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Failed, faultText } from '../components/Empty.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { clock } from '../state/clock.ts';
import { historyOf } from '../state/posts.ts';
import { myPersona } from '../state/session.ts';
import { toast } from '../state/toast.ts';
import { fullTime } from '../words/time.ts';
import type { Place } from '../pictures/address.ts';
import { Pictures } from '../pictures/Gallery.tsx';
import { Linked } from './parts.tsx';

function Wording({ text, at, place, images, now }: { text: string; at: number; place: Place; images: readonly Image[] | undefined; now?: boolean }) {
  return (
    <li>
      <p class="label">{now ? <span class="tag house">{t('history.now')}</span> : null}<time dateTime={new Date(at).toISOString()}>{fullTime(at, clock)}</time></p>
      {text === '' ? null : <p class="text" dir="auto"><Linked text={text} /></p>}
      <Pictures place={place} images={images} />
    </li>
  );
}

/** Forgets the earlier wordings, once it was said what that means. */
function Forget({ item, onDone }: { item: PostItem; onDone: () => void }) {
  const [step, setStep] = useState<'ask' | 'sure' | 'busy'>('ask');
  const [fault, setFault] = useState<string | null>(null);
  const go = async () => {
    setStep('busy');
    try {
      await client.microblog.forgetVersions(item.key);
      toast(t('history.forgotten'));
      onDone();
    } catch (error) {
      setFault(faultText(error));
      setStep('sure');
    }
  };
  if (step === 'ask') return <Button icon="trash" onClick={() => setStep('sure')}>{t('history.forget')}</Button>;
  return (
    <div class="stack tight">
      <p>{t('history.sure')}</p>
      {fault ? <Note kind="bad" alert>{fault}</Note> : null}
      <div class="row wrap"><Button kind="danger" busy={step === 'busy'} onClick={() => void go()}>{t('history.forget.yes')}</Button><Button kind="plain" onClick={() => setStep('ask')}>{t('cancel')}</Button></div>
    </div>
  );
}

function History({ item }: { item: PostItem }) {
  const [versions, set] = useState<readonly Version[] | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const load = () => { setFault(null); client.microblog.versions(item).then((answer) => set(answer.versions), setFault); };
  useEffect(load, []);
  const mine = item.persona === myPersona.value;
  return (
    <Dialog title={t('history')} onClose={() => { historyOf.value = null; }}>
      {fault ? <Failed title={t('history.failed')} error={fault} again={load} /> : (
        <div class="body stack" aria-busy={versions ? undefined : 'true'}>
          <ol class="wordings">
            <Wording text={item.body.text} at={item.body.editedAt ?? item.body.createdAt} place={{ persona: item.persona, collection: 'posts', key: item.key }} images={item.body.images} now />
            {versions?.map(({ key, text, at, images }) => <Wording key={key} text={text} at={at} place={{ persona: item.persona, collection: 'post_versions', key }} images={images} />)}
          </ol>
          {versions?.length === 0 ? <p class="dim">{t('history.none')}</p> : null}
          {mine && versions?.length ? <Forget item={item} onDone={() => set([])} /> : null}
        </div>
      )}
    </Dialog>
  );
}

/** The wordings of the post that was asked about, over the page. */
export const HistoryDialog = () => historyOf.value ? <History key={historyOf.value.key} item={historyOf.value} /> : null;

/** "edited", which shows what it said before. */
export const Edited = ({ item }: { item: PostItem }) => item.body.editedAt
  ? <button type="button" class="edited" title={fullTime(item.body.editedAt, clock)} aria-label={t('post.edited.label')} onClick={() => { historyOf.value = item; }}>{t('post.edited')}</button>
  : null;
