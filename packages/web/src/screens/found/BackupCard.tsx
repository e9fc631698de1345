import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { Crumb } from '../entry/Crumb.tsx';
import { t as te } from '../entry/words.ts';
import { BackupPlace, draftOf, targetOf } from '../parts/BackupPlace.tsx';
import { t } from '../parts/backupWords.ts';
import { useAct } from '../parts/useAct.ts';

/** Last screen of founding: where backups go, now or later, and what next. */
export function BackupCard({ onLeave }: { onLeave: () => void }) {
  const act = useAct();
  const [draft, setDraft] = useState(() => draftOf(null)), [tried, setTried] = useState(false), [on, setOn] = useState(false);
  const save = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    const target = targetOf(draft);
    if (target) act.run(async () => { await client.backups.setSettings({ ...await client.backups.settings(), on: true, target }); setOn(true); });
  };
  return (
    <section class="stack" aria-labelledby="copy">
      <Crumb at={4} of={4} />
      <div class="card pad stack loose">
        <div class="stack tight"><h1 class="t-24" id="copy" tabIndex={-1}>{t('wizard.title')}</h1><p class="dim">{t('wizard.lead')}</p></div>
        {on ? <p role="status"><span class="green"><Icon name="check" /></span> {t('wizard.on')} {t('wizard.words')}</p> : (
          <form class="stack" noValidate onSubmit={save}>
            <BackupPlace draft={draft} onDraft={setDraft} words={{ kind: t('kind'), label: t('where'), hint: t('where.hint') }} tried={tried} />
            {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
            <Button type="submit" block busy={act.busy}>{t('save')}</Button>
            <p class="t-14 dim">{t('wizard.later')}</p>
          </form>
        )}
        <div class="stack tight">
          <Button kind="fill" block href="/invite" onClick={onLeave}>{te('found.invite')}</Button>
          <Button block href="/" onClick={onLeave}>{te('found.hello')}</Button>
        </div>
      </div>
    </section>
  );
}
