import type { Job, JoinedWhole } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

/** Leaves a service: a copy first, then everything of it is erased, and one sees how far that is. */
export function Leave({ of, onClose }: { of: JoinedWhole; onClose: () => void }) {
  const { route } = useLocation();
  const act = useAct();
  const [job, setJob] = useState<Job | null>(null);
  const ended = ({ state }: Job): void => {
    if (state !== 'done') return;
    toast(t('leave.done', { title: of.title }));
    route('/services', true);
  };
  // It may have ended before anybody listened.
  useEffect(() => {
    if (job?.state === 'running') client.jobs.mine().then(({ jobs }) => { const now = jobs.find(({ id }) => id === job.id); if (now && now.state !== 'running') { setJob(now); ended(now); } }, () => undefined);
  }, [job?.id]);
  const leave = () => act.run(async () => {
    const { job: begun } = await client.services.leave(of.persona, of.service);
    setJob(begun);
    ended(begun);
  });
  return (
    <Dialog title={t('leave', { title: of.title })} onClose={onClose}>
      <div class="body stack">
        <p>{t('leave.first')}</p>
        <p><a class="btn soft" href={client.services.exportUrl(of.persona, of.service)} download><Icon name="save" />{t('leave.copy')}</a></p>
        <p>{t(of.as === 'pseudonym' ? 'leave.then.pseudonym' : 'leave.then')}</p>
        <p class="hint">{t('leave.rest')}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        {job ? <JobBar job={job} label={t('leave.going', { title: of.title })} onEnd={ended} /> : null}
        <div class="row wrap">
          <Button kind="danger" icon="leave" busy={act.busy || job?.state === 'running'} onClick={leave}>{t('leave.do')}</Button>
          <Button kind="plain" onClick={onClose}>{t('leave.not')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
