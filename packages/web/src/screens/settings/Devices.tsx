import type { Devices as DeviceList } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { me, signOut } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { kept } from '../../vault/index.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';
import { t } from '../parts/words.ts';
import { Needs } from './Needs.tsx';

/** Where the person is logged in, and which keys may act for them. */
export function Devices() {
  const load = useLoad((signal) => client.me.devices({ signal }));
  if (load.error) return <section class="card"><Failed title={t('devices.failed')} error={load.error} again={load.again} /></section>;
  return (
    <>
      <Sessions list={load.value} onEnded={load.again} />
      <div class="stack"><Keys list={load.value} /><Needs /></div>
    </>
  );
}

function Sessions({ list, onEnded }: { list: DeviceList | null; onEnded: () => void }) {
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
                <span class={current ? 'svc g' : 'svc n'}><Icon name={/iPhone|iPad|Android/.test(name) ? 'phone' : 'laptop'} /></span>
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

function Keys({ list }: { list: DeviceList | null }) {
  const persona = me.value!.persona;
  const [mine, setMine] = useState<string | null>(null);
  useEffect(() => { void kept(persona).then((found) => setMine(found?.deviceKey ?? '')); }, [persona]);
  return (
    <section class="card" aria-labelledby="keys">
      <div class="head"><h2 class="t-20" id="keys">{t('keys')}</h2></div>
      <p class="lead dim t-14">{t('keys.text')}</p>
      {list && mine !== null ? (
        <ul class="list">
          {list.devices.map(({ key, kind, label, capabilities }) => {
            const here = key === mine;
            const name = kind === 'house' ? t('keys.house') : here ? t('keys.here') : label || t('keys.other');
            return (
              <li key={key}>
                <span class={here ? 'svc g' : 'svc n'}><Icon name={kind === 'house' ? 'home' : 'key'} /></span>
                <div class="grow">
                  <p class="b">{name}</p>
                  <p class="t-14 dim">{capabilities.includes('manage') ? t('keys.may.manage') : t('keys.may.write')}</p>
                </div>
                {here ? <span class="green" title={t('keys.this')}><Icon name="check" /><span class="vh">{t('keys.this')}</span></span> : null}
              </li>
            );
          })}
        </ul>
      ) : <Rows count={2} />}
    </section>
  );
}

function Rows({ count }: { count: number }) {
  return (
    <ul class="list" aria-busy="true">
      {Array.from({ length: count }, () => <li><span class="svc n" /><div class="grow stack tight"><span class="skel w-40" /><span class="skel w-60 thin" /></div></li>)}
    </ul>
  );
}
