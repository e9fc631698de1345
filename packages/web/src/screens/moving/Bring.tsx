import type { Job } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { exportFile } from '../../state/moving.ts';
import { sendFile } from '../../state/sendFile.ts';
import { CameAlong } from '../parts/CameAlong.tsx';
import { t as carry } from '../parts/carryWords.ts';
import { FileField } from '../parts/FileField.tsx';
import { t } from '../parts/movingWords.ts';
import { SendBar } from '../parts/SendBar.tsx';
import { useAct } from '../parts/useAct.ts';
import { Step } from './Step.tsx';

/** The export, on its way into this house. */
export function Bring({ job, isHome, onBegin, onEnd }: { job: Job | undefined; isHome: boolean; onBegin: (job: Job) => void; onEnd: () => void }) {
  const act = useAct();
  const [isMissing, setMissing] = useState(false);
  const [part, setPart] = useState(0);
  const file = exportFile.value;
  const isDone = job?.state === 'done';
  const send = (): void => {
    setMissing(!file);
    if (file) act.run(async () => { setPart(0); onBegin((await sendFile<{ job: Job }>(file, client.imports.podUrl, { onProgress: setPart })).job); });
  };
  return (
    <Step n={1} id="bring" title={t('moving.bring')} done={isDone || isHome}>
      {isDone && isHome ? null : <p>{isDone ? t('moving.bring.done') : t('moving.bring.text')}</p>}
      {isDone ? <CameAlong job={job} /> : null}
      {job && !isDone ? <JobBar job={job} label={carry('work.pod')} onEnd={onEnd} onCancel={() => { void client.jobs.cancel(job.id).catch(() => undefined); }} /> : null}
      {job?.state === 'running' || (isDone && isHome) ? null : (
        <>
          {isDone ? <p class="t-14 dim">{t('moving.bring.again')}</p> : null}
          <FileField label={t('along.file')} accept=".zip,application/zip" file={file} error={isMissing ? t('along.file.none') : undefined} onFile={(next) => { exportFile.value = next; setMissing(false); act.clear(); }} />
          <p><Button kind={isDone ? 'edge' : 'fill'} busy={act.busy} onClick={send}>{t('moving.bring.go')}</Button></p>
        </>
      )}
      {act.busy ? <SendBar part={part} /> : null}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
    </Step>
  );
}
