import type { KeyLog } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/Note.tsx';
import { moving } from '../../keys/index.ts';
import { client } from '../../state/client.ts';
import { house, me, refreshMe } from '../../state/session.ts';
import { keyFault } from '../parts/keyWords.ts';
import { t } from '../parts/movingWords.ts';
import { useAct } from '../parts/useAct.ts';
import { Step } from './Step.tsx';

/* What was for the house before is for nobody here: a profile is shown to this house once it is saved. */
async function showProfile(): Promise<void> {
  const { persona, handle } = me.value!;
  const { name, bio } = await client.people.get(persona);
  await client.people.setProfile({ name: name || handle, ...(bio ? { bio } : {}) });
  await refreshMe();
}

/** Says that one lives in this house. */
export function Live({ log, isThere, onLive }: { log: KeyLog; isThere: boolean; onLive: (log: KeyLog) => void }) {
  const act = useAct();
  const go = (): void => act.run(async () => {
    const next = await (await moving()).liveHere(log.persona, house.value!.id!, null);
    await showProfile();
    onLive(next);
  });
  return (
    <Step n={2} id="live" title={t('moving.live')} done={log.here}>
      {log.here ? <Note>{t('moving.live.done')}</Note> : <p>{t('moving.live.text')}</p>}
      <p class="t-14 dim">{t('moving.live.shown')}</p>
      {log.here || isThere ? null : <p class="t-14 dim">{t('moving.live.first')}</p>}
      {log.here ? null : <p><Button kind={isThere ? 'fill' : 'edge'} disabled={!isThere} busy={act.busy} onClick={go}>{act.busy ? t('moving.live.busy') : t('moving.live.go')}</Button></p>}
      {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
    </Step>
  );
}
