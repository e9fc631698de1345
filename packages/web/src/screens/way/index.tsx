import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { deviceLabel } from '../entry/device.ts';
import { Passphrase } from '../entry/Passphrase.tsx';
import { strengthOf } from '../entry/passphrase.ts';
import { sentenceFor } from '../entry/sentence.ts';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';

/** Coming in by the way that a steward made: a new passphrase. What opens it stands behind the address, where no log sees it. */
export default function Way() {
  const { route } = useLocation();
  const act = useAct();
  const [way] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [passphrase, setPassphrase] = useState(''), [tried, setTried] = useState(false);
  const load = useLoad((signal) => client.sessions.way(way, { signal }));
  useEffect(() => { history.replaceState(history.state, '', location.pathname); }, []);
  const short = !strengthOf(passphrase).enough;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (short) return;
    const label = deviceLabel(navigator.userAgent);
    act.run(async () => {
      await client.sessions.byWay({ way, passphrase, ...(label && { label }) });
      await refreshMe();
      toast(t('way.in'));
      route('/', true);
    });
  };
  return (
    <Page title={t('way.title')} headless>
      <div class="narrow">
        <form class="card pad stack loose" onSubmit={submit} noValidate>
          <div class="stack tight"><h1 class="t-24" tabIndex={-1}>{t('way.title')}</h1>{load.value ? <p>{t('way.lead', { name: load.value.name, handle: load.value.handle })}</p> : null}</div>
          {load.error ? <><Note kind="bad" alert>{sentenceFor(load.error)}</Note><Button block href="/login">{t('way.login')}</Button></> : null}
          {load.value ? (
            <>
              <input class="vh" type="text" name="username" autoComplete="username" value={load.value.handle} readOnly tabIndex={-1} aria-hidden="true" />
              <Passphrase fresh value={passphrase} onInput={setPassphrase} error={tried && short ? t('pass.short') : undefined} />
              <p class="hint">{t('way.ends')}</p>
              {act.error ? <Note kind="bad" alert>{sentenceFor(act.error)}</Note> : null}
              <Button kind="fill" type="submit" block busy={act.busy}>{t('way.go')}</Button>
            </>
          ) : null}
        </form>
      </div>
    </Page>
  );
}
