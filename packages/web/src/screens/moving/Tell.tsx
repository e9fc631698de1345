import type { KeyLog } from '@commonhold/sdk';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { moving } from '../../keys/index.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { t } from '../parts/movingWords.ts';
import { placeFor } from '../parts/note.ts';
import { Step } from './Step.tsx';

/** The house before is told, in the browser of its person. */
export function Tell({ log }: { log: KeyLog }) {
  const [typed, type] = useState('https://');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const shown = useRef<HTMLParagraphElement>(null);
  useEffect(() => { void moving().then(({ noteOf }) => setNote(noteOf(log, `${location.origin}/@${me.value!.handle}`))); }, [log]);
  const place = placeFor(typed, '/moved', note);
  const open = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (place && note) location.assign(place);
  };
  const copy = async (): Promise<void> => { if (await copyText(note)) toast(t('moving.tell.copied')); else if (shown.current) selectShown(shown.current); };
  return (
    <Step n={3} id="tell" title={t('moving.tell')} done={false}>
      <p>{t('moving.tell.text')}</p>
      <form class="stack" onSubmit={open} noValidate>
        <Field label={t('moving.tell.address')} type="url" inputMode="url" dir="ltr" value={typed} onInput={type} spellcheck={false} autoCapitalize="none" error={tried && !place ? t('moving.tell.bad') : undefined} />
        <p><Button kind="fill" type="submit">{t('moving.tell.go')}</Button></p>
      </form>
      <p class="t-14 dim">{t('moving.tell.or')}</p>
      <p class="addr clip2 t-13" ref={shown}>{note}</p>
      <p><Button small onClick={() => { void copy(); }}>{t('moving.tell.copy')}</Button></p>
      <p>{t('moving.names')} <a href="/services/bring">{t('moving.names.go')}</a></p>
    </Step>
  );
}
