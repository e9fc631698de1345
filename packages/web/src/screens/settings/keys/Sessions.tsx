import type { Devices as DeviceList } from '@commonhold/sdk';
import { Button } from '../../../components/Button.tsx';
import { faultText } from '../../../components/Empty.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { locale } from '../../../i18n/index.ts';
import { client } from '../../../state/client.ts';
import { signOut } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { useAct } from '../../parts/useAct.ts';
import { whenText } from '../../parts/when.ts';
import { t } from '../../parts/words.ts';
import { kindOf } from './kind.ts';
import { Rows } from './Rows.tsx';

/** Where the person is logged in. */
export function Sessions({ list, onEnded }: { list: DeviceList | null; onEnded: () => void }) {
  const act = useAct();
  const end = (id: string, label: string): void => act.run(async () => {
    await client.sessions.end(id);
    toast(t('sessions.ended', { name: label }));
    onEnded();
  });
  return (
    <section class="card" aria-labelledby="sessions">
      <div class="head"><h2 class="t-20" id="sessions">{t('sessions')}</h2></div>
      <p class="lead dim t-14">{t('sessions.text')}</p>
      {list ? (
        <ul class="list">
          {list.sessions.map(({ id, label, seen, current }) => {
            const name = label || t('sessions.unnamed');
            return (
              <li key={id}>
                <span class={current ? 'svc g' : 'svc n'}><Icon name={kindOf(name)} /></span>
                <div class="grow"><p class="b">{name}</p><p class="t-14 dim">{current ? t('sessions.here') : t('sessions.seen', { when: whenText(seen, Date.now(), locale) })}</p></div>
                {current
                  ? <Button small onClick={() => act.run(signOut)}>{t('sessions.out')}</Button>
                  : <Button small label={t('sessions.end.name', { name })} onClick={() => end(id, name)}>{t('sessions.end')}</Button>}
              </li>
            );
          })}
        </ul>
      ) : <Rows count={2} />}
      {act.error ? <div class="pad"><Note kind="bad" alert>{faultText(act.error)}</Note></div> : null}
    </section>
  );
}
