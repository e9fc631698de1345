import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { unblock, unmute } from '../../state/distance.ts';
import { toast } from '../../state/toast.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';
import { t } from '../parts/words.ts';

/** Whom one has blocked and muted, with the way back for each. */
export function Kept() {
  const load = useLoad((signal) => client.people.blocked({ signal }));
  if (load.error) return <section class="card"><Failed title={t('kept.failed')} error={load.error} again={load.again} /></section>;
  const { value } = load;
  const until = (ms: number | null): string => ms === null ? t('kept.open') : t('kept.until', { when: whenText(ms, Date.now(), locale) });
  return (
    <section class="card" aria-labelledby="kept" aria-busy={value ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="kept" tabIndex={-1}>{t('kept')}</h2></div>
      <p class="lead dim t-14">{t('kept.text')}</p>
      {value && value.blocked.length + value.muted.length > 0 ? (
        <ul class="list">
          {value.blocked.map((one) => (
            <Row key={`b${one.persona}`} persona={one.persona} name={`@${one.handle}`} text={t('kept.blocked')} verb={t('kept.unblock')} label={t('kept.unblock.name', { name: one.handle })}
              run={() => unblock(one.persona)} done={t('kept.unblocked', { name: `@${one.handle}` })} onDone={() => load.set({ ...value, blocked: value.blocked.filter((other) => other !== one) })} />
          ))}
          {value.muted.map((one) => (
            <Row key={`m${one.persona}`} persona={one.persona} name={<a class="quiet-link" href={`/@${one.handle}`} dir="auto">{one.name}</a>} text={until(one.until)} verb={t('kept.unmute')} label={t('kept.unmute.name', { name: one.name })}
              run={() => unmute(one.persona)} done={t('kept.unmuted', { name: one.name })} onDone={() => load.set({ ...value, muted: value.muted.filter((other) => other !== one) })} />
          ))}
        </ul>
      ) : value ? <p class="body dim">{t('kept.none')}</p> : null}
    </section>
  );
}

interface RowProps { persona: string; name: ComponentChildren; text: string; verb: string; label: string; done: string; run: () => Promise<void>; onDone: () => void }

function Row({ persona, name, text, verb, label, done, run, onDone }: RowProps) {
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await run();
      toast(done);
      onDone();
      document.getElementById('kept')?.focus({ preventScroll: true });
    } catch (error) {
      toast(faultText(error));
      setBusy(false);
    }
  };
  return (
    <li>
      <Face persona={persona} size={36} />
      <div class="grow"><p class="b clip1">{name}</p><p class="t-14 dim">{text}</p></div>
      <Button small busy={busy} label={label} onClick={() => void end()}>{verb}</Button>
    </li>
  );
}
