import { useState } from 'preact/hooks';
import type { ReportAbout, ReportReason } from '@commonhold/sdk';
import '../parts/parts.css';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { nameOf } from '../../posts/parts.tsx';
import { client } from '../../state/client.ts';
import { gone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import { reporting } from '../../state/report.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

const REASONS: readonly ReportReason[] = ['rules', 'hurts', 'private', 'noise', 'danger', 'other'];

function Report({ about }: { about: ReportAbout }) {
  const { persona, key } = about;
  const act = useAct();
  const [reason, choose] = useState<ReportReason | null>(null);
  const [words, setWords] = useState('');
  const [hide, setHide] = useState(key !== undefined);
  const name = nameOf(persona);
  const close = (): void => { reporting.value = null; };
  const send = (event: Event): void => {
    event.preventDefault();
    if (!reason) return;
    act.run(async () => {
      const alsoHide = hide && key !== undefined;
      await client.care.report({ about, reason, ...(words.trim() && { words: words.trim() }), ...(alsoHide && { alsoHide }) });
      if (alsoHide) gone.value = new Set(gone.peek()).add(idOf({ persona, key }));
      close();
      toast(t('report.sent'));
    });
  };
  return (
    <Dialog title={key === undefined ? t('report.person', { name }) : t('report.post')} onClose={close}>
      <form class="body stack" onSubmit={send}>
        <fieldset class="audiences">
          <legend>{t('report.why')}</legend>
          {REASONS.map((one) => (
            <label key={one}><input type="radio" name="reason" checked={one === reason} onChange={() => choose(one)} /><span class="grow">{t(`reason.${one}`)}</span></label>
          ))}
        </fieldset>
        <Field label={t('report.words')} value={words} onInput={setWords} rows={2} maxLength={1000} hint={t('report.words.hint')} />
        {key === undefined ? null : <label class="check"><input type="checkbox" checked={hide} onChange={(event) => setHide(event.currentTarget.checked)} /><span>{t('report.hide')}</span></label>}
        <p class="hint">{t(key === undefined ? 'report.carries.person' : 'report.carries.post', { name })}</p>
        {act.error ? <Note kind="bad" alert>{act.error.status === 409 ? act.error.detail : faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy} disabled={reason === null}>{t('report.send')}</Button><Button kind="plain" onClick={close}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}

/** Reports what was asked about, over the page. */
export default function ReportDialog() {
  return reporting.value ? <Report key={`${reporting.value.persona}/${reporting.value.key ?? ''}`} about={reporting.value} /> : null;
}
