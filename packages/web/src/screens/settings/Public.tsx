import type { PublicFace } from '@commonhold/sdk';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from './selfWords.ts';

/** What of one is shown to whoever has no account here: nothing, until one opens one's page. */
export function Public() {
  const { handle } = me.value!;
  const load = useLoad((signal) => client.me.publicFace({ signal }));
  const act = useAct();
  if (load.error) return <section class="card"><Failed title={t('public.failed')} error={load.error} again={load.again} /></section>;
  const now = load.value ?? { open: false, listed: false, front: false };
  const set = (part: Partial<PublicFace>) => act.run(async () => {
    load.set({ ...now, ...part });
    try { load.set(await client.me.setPublicFace({ ...now, ...part })); } catch (error) {
      load.set(now);
      throw error;
    }
  });
  const row = (name: keyof PublicFace) => (
    <div class="row"><span class="grow">{t(`public.${name}`)}</span><Switch label={t(`public.${name}`)} on={now[name]} busy={!load.value || act.busy} onChange={(on) => set({ [name]: on })} /></div>
  );
  return (
    <section class="card" aria-labelledby="public" aria-busy={load.value ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="public">{t('public')}</h2></div>
      <div class="body stack tight">
        {row('open')}
        <p class="t-14 dim">{t(now.open ? 'public.on' : 'public.off')}</p>
        {now.open ? <>
          {row('listed')}
          {house.value!.front ? row('front') : null}
          <p class="t-14"><a href={`/@${handle}/feed.atom`} target="_blank" rel="noopener">{t('public.feed')}</a></p>
        </> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
