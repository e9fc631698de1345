import type { Job, KeyLog } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import '../parts/parts.css';
import { Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { onJob } from '../../state/jobs.ts';
import { house } from '../../state/session.ts';
import { t } from '../parts/movingWords.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Bring } from './Bring.tsx';
import { Live } from './Live.tsx';
import { Tell } from './Tell.tsx';

/** Whether somebody came here from another house, and so has something to bring. */
const isFromElsewhere = ({ statements }: KeyLog): boolean => statements.some(({ statement }) => statement.type === 'set-home' && statement.house !== house.value!.id);

/** Moving in from another house: what one has, that one lives here, and that the house before knows it. */
export default function Moving() {
  const load = useLoad(async (signal) => {
    const [log, { jobs }] = await Promise.all([client.keys.log({ signal }), client.jobs.mine({ signal })]);
    return { log, jobs };
  });
  const [latest, setLatest] = useState<KeyLog | null>(null);
  useEffect(() => onJob((job) => { if (job.kind === 'import-pod' && job.state !== 'running') load.again(); }), [load.again]);
  const log = latest ?? load.value?.log;
  const job: Job | undefined = load.value?.jobs.find(({ kind }) => kind === 'import-pod');
  const began = (next: Job): void => load.set({ log: load.value!.log, jobs: [next, ...load.value!.jobs] });
  const lived = (next: KeyLog): void => { setLatest(next); requestAnimationFrame(() => document.getElementById('tell')?.focus()); };
  return (
    <Page title={t('moving')} flush={false}>
      {load.error ? <section class="card"><Failed title={t('moving.failed')} error={load.error} again={load.again} /></section> : null}
      {log && !isFromElsewhere(log) ? <p class="dim">{t('moving.none')}</p> : null}
      {log && isFromElsewhere(log) ? (
        <>
          <p class="dim">{t('moving.lead')}</p>
          <Bring job={job} isHome={log.here} onBegin={began} onEnd={load.again} />
          <Live log={log} isThere={job?.state === 'done'} onLive={lived} />
          {log.here ? <Tell log={log} /> : null}
        </>
      ) : null}
    </Page>
  );
}
