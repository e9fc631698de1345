import type { Job } from '@commonhold/sdk';
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { sendFile } from '../../state/sendFile.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { FileField } from '../parts/FileField.tsx';
import { t } from '../parts/movingWords.ts';
import { placeFor } from '../parts/note.ts';
import { SendBar } from '../parts/SendBar.tsx';
import { useAct } from '../parts/useAct.ts';
import { noteOf } from './place.ts';

/** The house before is told where the name goes, in the browser of its person. */
function Ask() {
  const act = useAct();
  const [note, setNote] = useState('');
  const [typed, type] = useState('https://');
  const [tried, setTried] = useState(false);
  const shown = useRef<HTMLParagraphElement>(null);
  const place = placeFor(typed, '/moved/name', note);
  const make = (): void => act.run(async () => setNote(noteOf(await client.services.place())));
  const open = (event: Event): void => { event.preventDefault(); setTried(true); if (place) location.assign(place); };
  const copy = async (): Promise<void> => { if (await copyText(note)) toast(t('moving.tell.copied')); else if (shown.current) selectShown(shown.current); };
  return (
    <section class="card" aria-labelledby="ask">
      <div class="head"><h2 class="t-20" id="ask">{t('name.ask')}</h2></div>
      <div class="body stack">
        <p>{t('name.ask.text')}</p>
        <Note kind="warn">{t('name.links')}</Note>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {note === '' ? <p><Button kind="soft" busy={act.busy} onClick={make}>{t('name.ask.make')}</Button></p> : (
          <form class="stack" onSubmit={open} noValidate>
            <Field label={t('moving.tell.address')} type="url" inputMode="url" dir="ltr" value={typed} onInput={type} spellcheck={false} autoCapitalize="none" error={tried && !place ? t('moving.tell.bad') : undefined} />
            <p><Button kind="soft" type="submit">{t('name.ask.go')}</Button></p>
            <p class="t-14 dim">{t('name.ask.or')}</p>
            <p class="addr clip2 t-13" ref={shown}>{note}</p>
            <p><Button small onClick={() => { void copy(); }}>{t('moving.tell.copy')}</Button></p>
          </form>
        )}
      </div>
    </section>
  );
}

/** What that house gave comes in. */
function Send() {
  const { route } = useLocation();
  const act = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const [part, setPart] = useState(0);
  const [job, setJob] = useState<Job | null>(null);
  const ended = ({ state, result }: Job): void => {
    if (state !== 'done') return;
    const { persona, service } = result as { persona: string; service: string };
    toast(t('name.done'));
    route(`/services/${persona}/${service}`, true);
  };
  const send = (): void => {
    setTried(true);
    if (file) act.run(async () => {
      setPart(0);
      const { job: begun } = await sendFile<{ job: Job }>(file, client.imports.pseudonymUrl, { onProgress: setPart });
      // It may have ended before anybody listened.
      const now = (await client.jobs.mine()).jobs.find(({ id }) => id === begun.id) ?? begun;
      setJob(now);
      ended(now);
    });
  };
  return (
    <section class="card" aria-labelledby="send">
      <div class="head"><h2 class="t-20" id="send">{t('name.send')}</h2></div>
      <div class="body stack">
        <p>{t('name.send.text')}</p>
        <FileField label={t('name.file')} accept=".jsonl,application/x-ndjson" file={file} error={tried && !file ? t('along.file.none') : undefined} onFile={(next) => { setFile(next); setJob(null); act.clear(); }} />
        {act.busy ? <SendBar part={part} /> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {job ? <JobBar job={job} label={t('name.work')} onEnd={ended} /> : null}
        <p><Button kind="fill" busy={act.busy || job?.state === 'running'} onClick={send}>{t('name.send.go')}</Button></p>
      </div>
    </section>
  );
}

/** A service that one has in another house, under the name that one has there, comes into this one. */
export function Bring() {
  return (
    <Page title={t('name.title')} back="/services" flush={false}>
      <p class="dim">{t('name.lead')}</p>
      <Ask />
      <Send />
    </Page>
  );
}
