import type { Passkey } from '@commonhold/sdk';
import { Button } from '../../../components/Button.tsx';
import { faultText } from '../../../components/Empty.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { locale } from '../../../i18n/index.ts';
import { addPasskey, passkeysHere, wasLeft } from '../../../keys/passkey.ts';
import { toHeading } from '../../../components/toHeading.ts';
import { client } from '../../../state/client.ts';
import { house } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { deviceLabel } from '../../entry/device.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { whenText } from '../../parts/when.ts';
import { Rows } from './Rows.tsx';

/** The passkeys of the person; adding one where browsers take them, else a word on why not. */
export function Passkeys() {
  const load = useLoad((signal) => client.passkeys.list({ signal }));
  const act = useAct();
  const can = passkeysHere();
  const add = (): void => act.run(async () => {
    try { await addPasskey(deviceLabel(navigator.userAgent)); } catch (error) { if (wasLeft(error)) return; throw error; }
    toast(t('passkeys.added'));
    load.again();
  });
  const remove = (id: string): void => act.run(async () => {
    await client.passkeys.remove(id);
    toast(t('passkeys.removed'));
    toHeading();
    load.again();
  });
  const list = load.value?.passkeys;
  return (
    <section class="card" aria-labelledby="passkeys">
      <div class="head"><h2 class="t-20" id="passkeys">{t('passkeys')}</h2></div>
      <p class="lead dim t-14">{t('passkeys.text')}</p>
      {list ? list.length > 0 ? <ul class="list">{list.map((one) => <Row key={one.id} passkey={one} onRemove={() => remove(one.id)} />)}</ul> : null : load.error ? null : <Rows count={1} />}
      <div class="body stack">
        {load.error ? <Note kind="bad" action={{ label: t('passkeys.again'), run: load.again }}>{faultText(load.error)}</Note> : null}
        {can ? <Button block icon="plus" busy={act.busy} onClick={add}>{t('passkeys.add')}</Button>
          : <Note kind="plain" icon="key">{house.value?.passkeys ? t('passkeys.browser') : t('passkeys.nothere')}</Note>}
        {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
      </div>
    </section>
  );
}

function Row({ passkey: { label, used, address }, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const name = label || t('passkeys.unnamed');
  const when = used === null ? t('passkeys.never') : t('passkeys.used', { when: whenText(used, Date.now(), locale) });
  return (
    <li>
      <span class="svc n"><Icon name="key" /></span>
      <div class="grow"><p class="b">{name}</p><p class="t-14 dim">{address === location.hostname ? when : t('passkeys.elsewhere', { used: when, address })}</p></div>
      <Button small label={t('passkeys.remove.name', { name })} onClick={onRemove}>{t('passkeys.remove')}</Button>
    </li>
  );
}
