import { useState } from 'preact/hooks';
import type { ReportReason } from '@commonhold/sdk';
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
import { reporting, type Reporting } from '../../state/report.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

const REASONS: readonly ReportReason[] = ['rules', 'hurts', 'private', 'noise', 'danger', 'other'];

/** What is reported, in words: how it is called, what can be ticked, and what the stewards get. */
function wordsOf(about: Reporting): { title: string; tick: string | null; carries: string } {
  if ('service' in about) {
    const { title, joined } = about;
    return { title: t('report.service', { title }), tick: joined ? t('report.log') : null, carries: t(joined ? 'report.carries.joined' : 'report.carries.service', { title }) };
  }
  const name = nameOf(about.persona);
  return about.key === undefined ? { title: t('report.person', { name }), tick: null, carries: t('report.carries.person', { name }) }
    : { title: t('report.post'), tick: t('report.hide'), carries: t('report.carries.post', { name }) };
}

/** What is sent of it; a post that one wants to see no more goes from the page, too. */
async function sendReport(about: Reporting, said: { reason: ReportReason; words?: string }, ticked: boolean): Promise<void> {
  if ('service' in about) { await client.care.report({ about: { service: about.service }, ...said, ...(ticked && about.joined && { withLog: true }) }); return; }
  const { persona, key } = about, alsoHide = ticked && key !== undefined;
  await client.care.report({ about, ...said, ...(alsoHide && { alsoHide }) });
  if (alsoHide) gone.value = new Set(gone.peek()).add(idOf({ persona, key }));
}

function Report({ about }: { about: Reporting }) {
  const act = useAct();
  const [reason, choose] = useState<ReportReason | null>(null);
  const [words, setWords] = useState('');
  const [ticked, setTicked] = useState(true);
  const { title, tick, carries } = wordsOf(about);
  const close = (): void => { reporting.value = null; };
  const send = (event: Event): void => {
    event.preventDefault();
    if (!reason) return;
    act.run(async () => {
      await sendReport(about, { reason, ...(words.trim() && { words: words.trim() }) }, ticked);
      close();
      toast(t('report.sent'));
    });
  };
  return (
    <Dialog title={title} onClose={close}>
      <form class="body stack" onSubmit={send}>
        <fieldset class="audiences">
          <legend>{t('report.why')}</legend>
          {REASONS.map((one) => (
            <label key={one}><input type="radio" name="reason" checked={one === reason} onChange={() => choose(one)} /><span class="grow">{t(`reason.${one}`)}</span></label>
          ))}
        </fieldset>
        <Field label={t('report.words')} value={words} onInput={setWords} rows={2} maxLength={1000} hint={t('report.words.hint')} />
        {tick === null ? null : <label class="check"><input type="checkbox" checked={ticked} onChange={(event) => setTicked(event.currentTarget.checked)} /><span>{tick}</span></label>}
        <p class="hint">{carries}</p>
        {act.error ? <Note kind="bad" alert>{act.error.status === 409 ? act.error.detail : faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy} disabled={reason === null}>{t('report.send')}</Button><Button kind="plain" onClick={close}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}

/** Reports what was asked about, over the page. */
export default function ReportDialog() {
  const about = reporting.value;
  return about ? <Report key={'service' in about ? about.service : `${about.persona}/${about.key ?? ''}`} about={about} /> : null;
}
