import { useEffect, useState } from 'preact/hooks';
import '../parts/parts.css';
import './repair.css';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { client } from '../../state/client.ts';
import { loadRepairs, repairs } from '../../state/repairs.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Conflict } from './Conflict.tsx';
import { Parked } from './Parked.tsx';
import { t } from './words.ts';

/** What a device is called: by its label, as the house, or as one of several. */
function useDeviceNames(): (key: string) => string {
  const load = useLoad((signal) => client.me.devices({ signal }));
  return (key) => {
    const device = load.value?.devices.find((one) => one.key === key);
    return device?.kind === 'house' ? t('device.house') : device?.label ?? t('device.other');
  };
}

/** Two versions of the same thing, and records that wait: each with what can be done, in words. */
export default function Repair() {
  const [fault, setFault] = useState<unknown>(null);
  const load = () => { setFault(null); loadRepairs().catch(setFault); };
  useEffect(load, []);
  const deviceName = useDeviceNames();
  const value = repairs.value;
  const nothing = value && value.conflicts.length + value.parked.length === 0;
  return (
    <Page title={t('title')} back="/settings" flush={false}>
      {!value ? <div class="card">{fault ? <Failed title={t('failed')} error={fault} again={load} /> : <Skeleton posts={1} />}</div>
        : nothing ? <div class="card"><Empty title={t('none')} action={<Button href="/">{t('none.act')}</Button>}><p>{t('none.text')}</p></Empty></div>
        : (
          <>
            <p class="dim">{t('intro')}</p>
            {value.conflicts.map((conflict) => <Conflict key={conflict.id} conflict={conflict} deviceName={deviceName} onDone={toHeading} />)}
            {value.parked.map((parked) => <Parked key={parked.id} parked={parked} deviceName={deviceName} onDone={toHeading} />)}
            {value.more ? <p class="dim t-14">{t('more', { n: value.more })}</p> : null}
          </>
        )}
    </Page>
  );
}
