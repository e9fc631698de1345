import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { loadDirectory } from '../../state/people.ts';
import { me } from '../../state/session.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from '../parts/words.ts';

/** Whether people ask before they follow. */
export function Locked() {
  const { persona, name, bio } = me.value!;
  const load = useLoad((signal) => client.people.get(persona, { signal }));
  const act = useAct();
  const locked = load.value?.locked ?? false;
  const set = (yes: boolean) => act.run(async () => {
    if (load.value) load.set({ ...load.value, locked: yes });
    try {
      await client.people.setProfile({ name, ...(bio ? { bio } : {}), locked: yes });
      await loadDirectory();
    } catch (error) {
      if (load.value) load.set({ ...load.value, locked: !yes });
      throw error;
    }
  });
  return (
    <section class="card" aria-labelledby="locked">
      <div class="head"><h2 class="t-20" id="locked">{t('locked')}</h2></div>
      <div class="body stack tight">
        <div class="row"><span class="grow">{t('locked.switch')}</span><Switch label={t('locked.switch')} on={locked} busy={!load.value} onChange={set} /></div>
        <p class="t-14 dim">{t(locked ? 'locked.on' : 'locked.off')}</p>
        {act.error ?? load.error ? <Note kind="bad" alert>{faultText(act.error ?? load.error)}</Note> : null}
      </div>
    </section>
  );
}
