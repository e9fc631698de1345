import type { Devices } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { locale } from '../../../i18n/index.ts';
import { deviceLabel } from '../../entry/device.ts';
import { whenText } from '../../parts/when.ts';
import { t } from '../../parts/keyWords.ts';
import { AddDevice } from './AddDevice.tsx';
import { Become } from './Become.tsx';
import { kindOf } from './kind.ts';
import { RemoveDevice } from './RemoveDevice.tsx';
import { Rows } from './Rows.tsx';

/** Devices and sessions, and the key of this browser if it has one. */
export interface OwnDevices extends Devices { mine: string | null }
type Device = Devices['devices'][number];

const manages = (device: Device | undefined): boolean => device?.capabilities.includes('manage') ?? false;

/** The keys that may act for the person: this browser's first, the house's last. */
export function DeviceList({ list, onChange }: { list: OwnDevices | null; onChange: () => void }) {
  const [open, setOpen] = useState<'add' | 'become' | Device | null>(null);
  const close = (): void => { setOpen(null); onChange(); };
  const here = list?.devices.find(({ key }) => key === list.mine);
  const may = manages(here);
  const keyless = list?.sessions.filter(({ current, device }) => !current && device === null).map(({ id }) => id) ?? [];
  return (
    <section class="card" aria-labelledby="devices">
      <div class="head"><h2 class="t-20" id="devices">{t('devices')}</h2></div>
      <p class="lead dim t-14">{t('devices.text')}</p>
      {list ? <ul class="list">{inOrder(list, here).map((device) => <Row key={device.key} device={device} list={list} onRemove={() => setOpen(device)} />)}</ul> : <Rows count={2} />}
      {list ? (
        <div class="body stack">
          {here ? may ? null : <Note kind="plain" icon="key">{t('devices.writes')}</Note> : <Note kind="plain" icon="key">{t('devices.none')}</Note>}
          {may ? <Button block icon="plus" onClick={() => setOpen('add')}>{t('devices.add')}</Button>
            : here ? null : <Button block icon="key" onClick={() => setOpen('become')}>{t('devices.become')}</Button>}
        </div>
      ) : null}
      {open === 'add' ? <AddDevice onClose={close} /> : open === 'become' ? <Become onClose={close} /> : open ? <RemoveDevice device={open} name={nameOf(open)} byKey={may} keyless={keyless} onClose={close} /> : null}
    </section>
  );
}

const inOrder = ({ devices, mine }: OwnDevices, here: Device | undefined): Device[] =>
  [...(here ? [here] : []), ...devices.filter(({ key, kind }) => key !== mine && kind === 'device'), ...devices.filter(({ kind }) => kind === 'house')];

/** What a device is called: its own name, else what this browser is, else that it came first. */
export const nameOf = ({ label, added }: Device, here = false): string =>
  label ?? ((here && deviceLabel(navigator.userAgent)) || t(added === 0 ? 'devices.first' : 'devices.unnamed'));

function Row({ device, list, onRemove }: { device: Device; list: OwnDevices; onRemove: () => void }) {
  const { key, kind, addedAt } = device;
  const here = key === list.mine;
  const name = kind === 'house' ? t('devices.house') : nameOf(device, here);
  const rights = manages(device) ? t('devices.manage') : t('devices.write');
  const seen = list.sessions.find((session) => session.device === key)?.seen;
  const line = kind === 'house' ? t('devices.house.may') : here ? t('devices.this', { may: rights })
    : seen ? t('devices.seen', { when: whenText(seen, Date.now(), locale), may: rights }) : t('devices.since', { when: whenText(addedAt, Date.now(), locale), may: rights });
  return (
    <li>
      <span class={here ? 'svc g' : 'svc n'}><Icon name={kind === 'house' ? 'home' : kindOf(name)} /></span>
      <div class="grow"><p class="b">{name}</p><p class="t-14 dim">{line}</p></div>
      {here ? <span class="green"><Icon name="check" /></span>
        : kind === 'device' ? <Button small label={t('devices.remove.name', { name })} onClick={onRemove}>{t('devices.remove')}</Button> : null}
    </li>
  );
}
