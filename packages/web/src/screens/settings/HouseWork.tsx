import type { Job } from '@commonhold/sdk';
import { useEffect } from 'preact/hooks';
import { JobBar } from '../../components/JobBar.tsx';
import { client } from '../../state/client.ts';
import { onJob } from '../../state/jobs.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from './selfWords.ts';

/** What the house does right now that takes its time; for stewards. */
export function HouseWork() {
  const load = useLoad((signal) => client.jobs.ofHouse({ signal }));
  const jobs = load.value?.jobs ?? [];
  useEffect(() => onJob((job) => { if (job.kind === 'backup' && !jobs.some(({ id }) => id === job.id)) load.set({ jobs: [job, ...jobs] }); }), [jobs]);
  const running = jobs.filter(({ state }) => state === 'running');
  if (running.length === 0) return null;
  return (
    <section class="card" aria-labelledby="work">
      <div class="head"><h2 class="t-20" id="work">{t('work')}</h2></div>
      <div class="body stack">{running.map((job: Job) => <JobBar key={job.id} job={job} label={t('work.some')} onCancel={() => void client.jobs.cancelOfHouse(job.id)} />)}</div>
    </section>
  );
}
