import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { passkeysHere } from '../../keys/passkey.ts';
import { accounts, expectSeveral, goOnAs, loadAccounts } from '../../state/accounts.ts';
import { client } from '../../state/client.ts';
import { house, me, refreshMe } from '../../state/session.ts';
import { deviceLabel } from '../entry/device.ts';
import { Passphrase } from '../entry/Passphrase.tsx';
import { sentenceFor } from '../entry/sentence.ts';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { Passkey } from './Passkey.tsx';
import { safeNext } from './safeNext.ts';

/** Others who are still signed in at this browser. */
function GoOn() {
  const act = useAct();
  return (
    <>
      {accounts.value.map(({ persona, name, handle }) => (
        <Button key={persona} block busy={act.busy} label={t('login.goon', { name })} onClick={() => act.run(() => goOnAs(persona))}><Face persona={persona} size={24} /><span class="clip1" dir="auto">{name} @{handle}</span></Button>
      ))}
    </>
  );
}

/** Coming back in: by a passkey where browsers take them, by handle and passphrase, or by the recovery words. */
export default function Login() {
  const { query, route } = useLocation();
  const act = useAct();
  const [handle, setHandle] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [missing, miss] = useState(false);
  const { id, title, reach, secure, demo } = house.value!;
  const [passkeys] = useState(() => passkeysHere() && !house.value!.demo);
  const adding = 'add' in query;
  // Beside somebody else, the page starts anew: nothing of theirs stays on it.
  const inside = async (): Promise<void> => {
    if (adding) { expectSeveral(); location.assign('/'); return; }
    await refreshMe();
    route(safeNext(query['next']), true);
  };
  useEffect(() => {
    if (me.value && !adding) route(safeNext(query['next']), true);
    else void loadAccounts().catch(() => undefined);
  }, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    miss(handle.trim() === '' || passphrase === '');
    if (handle.trim() === '' || passphrase === '') return;
    const label = deviceLabel(navigator.userAgent);
    act.run(async () => {
      await client.sessions.start({ handle: handle.trim().replace(/^@/, ''), passphrase, ...(label && { label }) });
      await inside();
    });
  };
  return (
    <Page title={t('login.title')} headless>
      <div class="narrow">
        <form class="card pad stack loose" onSubmit={submit} noValidate>
          <div class="stack tight center center-x">
            <HouseMark id={id} large />
            <h1 class="t-32" tabIndex={-1}>{title}</h1>
            <p class="dim">{t(demo ? 'login.demo' : adding ? 'login.add' : 'login.lead')}</p>
          </div>
          {adding ? null : <GoOn />}
          {demo ? <Button kind="fill" block busy={act.busy} onClick={() => act.run(async () => { await client.sessions.lookAround(); await inside(); })}>{t('login.look')}</Button> : null}
          {passkeys ? <Passkey onIn={inside} /> : null}
          <Field label={t('handle')} value={handle} onInput={setHandle} autoComplete={passkeys ? 'username webauthn' : 'username'} autoCapitalize="none" spellcheck={false} name="username" />
          <Passphrase value={passphrase} onInput={setPassphrase} />
          {missing ? <Note kind="bad" alert>{t('login.missing')}</Note> : act.error ? <Note kind="bad" alert>{sentenceFor(act.error)}</Note> : null}
          {secure || reach === 'this-machine' || isSecureContext ? null : <Note kind="plain" icon="key">{t('login.plain')}</Note>}
          <Button kind={passkeys || demo ? 'edge' : 'fill'} type="submit" block busy={act.busy}>{act.busy ? t('login.busy') : t('login.go')}</Button>
          <div class="stack tight"><Button kind="plain" block href="/login/words">{t('login.words')}</Button><p class="hint">{t('login.new')}</p></div>
        </form>
      </div>
    </Page>
  );
}
