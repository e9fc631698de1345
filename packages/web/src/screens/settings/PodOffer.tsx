import type { Job, PodOffer as Offer } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { noticeRound } from '../../state/notices.ts';
import { t } from '../parts/backupWords.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';

const KIND = 'restore-pod';

/** What a steward offers: one's pod as a backup has it. Nothing on most days. */
export function PodOffer({ jobs }: { jobs: readonly Job[] }) {
  const [offer, set] = useState<Offer | null>(null);
  const [begun, setBegun] = useState<Job | null>(null);
  useEffect(() => { client.backups.podOffer().then((answer) => set(answer.offer), () => undefined); }, [noticeRound.value]);
  const job = begun ?? jobs.find(({ kind, state }) => kind === KIND && state === 'running') ?? null;
  if (!offer && !job) return null;
  return (
    <section class="card" aria-labelledby="pod-offer">
      <div class="head"><h2 class="t-20" id="pod-offer">{t('mine.title')}</h2></div>
      <div class="body stack">
        {offer ? <Asked offer={offer} busy={job?.state === 'running'} onJob={setBegun} onNo={() => set(null)} /> : null}
        {job ? <JobBar job={job} label={t(job.words === 'checking' ? 'restore.checking' : 'restore.fetching')} onCancel={() => { void client.jobs.cancel(job.id).catch(() => undefined); }} onEnd={setBegun} /> : null}
        {job?.state === 'done' ? <Note>{t('mine.done')}</Note> : null}
      </div>
    </section>
  );
}

function Asked({ offer: { at, by, until }, busy, onJob, onNo }: { offer: Offer; busy: boolean; onJob: (job: Job) => void; onNo: () => void }) {
  const act = useAct();
  const when = (ms: number): string => whenText(ms, Date.now(), locale);
  return (
    <>
      <p class="b">{t('mine.offer', { name: by.name || by.handle, when: when(at) })}</p>
      <p>{t('mine.text')}</p>
      <p class="t-14 dim">{t('mine.until', { when: when(until) })}</p>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      {busy ? null : (
        <div class="row wrap">
          <Button kind="fill" busy={act.busy} onClick={() => act.run(async () => onJob(await client.backups.takePod()))}>{t('mine.go')}</Button>
          <Button kind="plain" onClick={() => act.run(async () => { await client.backups.leavePod(); onNo(); })}>{t('mine.not')}</Button>
        </div>
      )}
    </>
  );
}
