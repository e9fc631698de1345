import type { Backup, Job, Place } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { t } from '../parts/backupWords.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';

interface Props { backup: Backup; onClose: () => void; /** It began at once. */ onJob: (job: Job) => void }

/** Offers one person to put their pod back as a backup has it. */
export function OnePod({ backup: { id, at }, onClose, onJob }: Props) {
  const load = useLoad((signal) => client.care.people({ signal }));
  return (
    <Dialog title={t('pod.title')} onClose={onClose}>
      <div class="body stack">
        <p>{t('pod.text', { when: whenText(at, Date.now(), locale) })}</p>
        <p class="t-14 dim">{t('pod.asked')}</p>
        {load.error ? <Failed title={t('pod.failed')} error={load.error} again={load.again} /> : null}
        {load.value ? <Choice id={id} people={load.value.people.filter(({ joinedAt }) => joinedAt < at)} onClose={onClose} onJob={onJob} /> : null}
      </div>
    </Dialog>
  );
}

function Choice({ id, people, onClose, onJob }: Pick<Props, 'onClose' | 'onJob'> & { id: string; people: readonly Place[] }) {
  const act = useAct();
  const [chosen, choose] = useState(people[0]?.persona ?? '');
  const go = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      const { job } = await client.backups.offerPod(id, chosen);
      if (job) onJob(job);
      toast(job ? t('pod.begun') : t('pod.done', { name: people.find(({ persona }) => persona === chosen)?.name ?? '' }));
      onClose();
    });
  };
  return (
    <form class="stack" onSubmit={go}>
      <div class="field">
        <label for="pod-whose">{t('pod.whose')}</label>
        <select class="input" id="pod-whose" value={chosen} onChange={(event) => choose(event.currentTarget.value)}>{people.map(({ persona, name, handle }) => <option key={persona} value={persona}>{`${name} (@${handle})`}</option>)}</select>
      </div>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy}>{t('pod.go')}</Button><Button kind="plain" onClick={onClose}>{t('pod.not')}</Button></div>
    </form>
  );
}
