import { Failed } from '../../components/Empty.tsx';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { kept } from '../../vault/index.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from '../parts/words.ts';
import { DeviceList } from './keys/DeviceList.tsx';
import { KeyNotices } from './keys/KeyNotices.tsx';
import { Passkeys } from './keys/Passkeys.tsx';
import { Sessions } from './keys/Sessions.tsx';
import { Needs } from './Needs.tsx';

/** Which keys may act for the person, where they are logged in, and their passkeys. */
export function Devices() {
  const { persona } = me.value!;
  const load = useLoad(async (signal) => {
    const [list, mine] = await Promise.all([client.me.devices({ signal }), kept(persona)]);
    return { ...list, mine: mine?.deviceKey ?? null };
  }, persona);
  if (load.error) return <section class="card"><Failed title={t('devices.failed')} error={load.error} again={load.again} /></section>;
  return (
    <>
      <div class="stack"><KeyNotices onChange={load.again} /><DeviceList list={load.value} onChange={load.again} /></div>
      <div class="stack"><Sessions list={load.value} onEnded={load.again} /><Passkeys /><Needs /></div>
    </>
  );
}
