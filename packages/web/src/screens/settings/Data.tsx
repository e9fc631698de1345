import { type CsvList, type ImportAudience, type Job } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { onJob } from '../../state/jobs.ts';
import { sendFile } from '../../state/sendFile.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { CameAlong } from '../parts/CameAlong.tsx';
import { FileField } from '../parts/FileField.tsx';
import { SendBar } from '../parts/SendBar.tsx';
import { t } from '../parts/carryWords.ts';
import { PodOffer } from './PodOffer.tsx';

const LISTS: readonly CsvList[] = ['following', 'blocks', 'mutes', 'lists', 'bookmarks'];
const AUDIENCES: readonly ImportAudience[] = ['only-me', 'as-it-was', 'followers', 'house', 'everyone'];

function Take() {
  return (
    <section class="card" aria-labelledby="take">
      <div class="head"><h2 class="t-20" id="take">{t('take')}</h2></div>
      <div class="body stack">
        <p>{t('take.text')}</p>
        <p class="row wrap"><a class="btn fill" href={client.me.zipUrl} download>{t('take.zip')}</a><a class="btn plain" href={client.me.exportUrl} download>{t('take.lines')}</a></p>
        <p class="t-14 dim" id="take-lists">{t('take.lists')}</p>
        <ul class="chips" aria-labelledby="take-lists">{LISTS.map((list) => <li key={list}><a class="chip" href={client.imports.listUrl(list)} download>{t(`list.${list}`)}</a></li>)}</ul>
      </div>
    </section>
  );
}

interface BringProps { id: 'bring' | 'lists'; label: string; accept: string; which: { label: string; names: readonly string[]; say: (name: string) => string }; hint?: string; also?: string; to: (name: string, also: boolean) => string; onJob: (job: Job) => void }

/* A file to be sent, and one thing to be said about it. */
function Bring({ id, label, accept, which, hint, also, to, onJob: began }: BringProps) {
  const act = useAct();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState(which.names[0]!);
  const [isMissing, setMissing] = useState(false);
  const [part, setPart] = useState(0);
  const [isAlso, setAlso] = useState(false);
  const begin = () => {
    setMissing(!file);
    if (file) act.run(async () => { setPart(0); began((await sendFile<{ job: Job }>(file, to(name, isAlso), { onProgress: setPart })).job); });
  };
  return (
    <section class="card" aria-labelledby={id}>
      <div class="head"><h2 class="t-20" id={id}>{t(id)}</h2></div>
      <div class="body stack">
        <p>{t(`${id}.text`)}</p>
        <FileField label={label} accept={accept} file={file} error={isMissing ? t('bring.none') : undefined} onFile={(next) => { setFile(next); setMissing(false); }} />
        <div class="field">
          <label for={`${id}-which`}>{which.label}</label>
          <select class="input" id={`${id}-which`} value={name} onChange={(event) => setName(event.currentTarget.value)}>{which.names.map((one) => <option key={one} value={one}>{which.say(one)}</option>)}</select>
          {hint ? <small>{hint}</small> : null}
        </div>
        {also ? <label class="check"><input type="checkbox" checked={isAlso} onChange={(event) => setAlso(event.currentTarget.checked)} /><span>{also}</span></label> : null}
        <p><Button kind="soft" busy={act.busy} onClick={begin}>{t('bring.begin')}</Button></p>
        {act.busy ? <SendBar part={part} /> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}

const labelOf = ({ kind }: Job): string => t(kind === 'import-past' ? 'work.past' : kind === 'import-pod' || kind === 'import-pseudonym' ? 'work.pod' : 'work.list');

function Work({ jobs, onEnd }: { jobs: readonly Job[]; onEnd: () => void }) {
  return (
    <section class="card" aria-labelledby="work">
      <div class="head"><h2 class="t-20" id="work" tabIndex={-1}>{t('work')}</h2></div>
      <div class="body stack">
        {jobs.length === 0 ? <p class="dim">{t('work.none')}</p> : null}
        {jobs.map((job) => (job.state === 'done' ? <CameAlong key={job.id} job={job} />
          : <JobBar key={job.id} job={job} label={labelOf(job)} onEnd={onEnd} onCancel={() => { void client.jobs.cancel(job.id).catch(() => undefined); }} />))}
      </div>
    </section>
  );
}

/** What one takes away from this house, and brings to it. */
export function Data() {
  const load = useLoad((signal) => client.jobs.mine({ signal }));
  const jobs = (load.value?.jobs ?? []).filter(({ kind }) => kind.startsWith('import-')).slice(0, 5);
  const began = (job: Job) => {
    load.set({ jobs: [job, ...(load.value?.jobs ?? []).filter(({ id }) => id !== job.id)] });
    document.getElementById('work')?.focus();
  };
  // What began on another screen, or goes on after the house was started anew.
  useEffect(() => onJob((job) => { if (job.kind.startsWith('import-') && job.state !== 'running') load.again(); }), [load.again]);
  return (
    <>
      <PodOffer jobs={load.value?.jobs ?? []} />
      <Take />
      <Bring id="bring" label={t('bring.file')} accept=".zip,.gz,.tgz,application/zip,application/gzip" hint={t('bring.never')} also={t('bring.profile')} onJob={began}
        which={{ label: t('bring.audience'), names: AUDIENCES, say: (name) => t(`bring.${name as ImportAudience}`) }} to={(name, also) => client.imports.pastUrl(name as ImportAudience, also)} />
      <Bring id="lists" label={t('lists.file')} accept=".csv,text/csv" onJob={began}
        which={{ label: t('lists.which'), names: LISTS, say: (name) => t(`list.${name as CsvList}`) }} to={(name) => client.imports.listInUrl(name as CsvList)} />
      {load.error ? <section class="card"><Failed title={t('work.failed')} error={load.error} again={load.again} /></section> : <Work jobs={jobs} onEnd={load.again} />}
    </>
  );
}
