import { useEffect } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Note } from '../../components/Note.tsx';
import { accounts, goOnAs, loadAccounts } from '../../state/accounts.ts';
import { me } from '../../state/session.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from '../parts/words.ts';

/* Whoever acts is known before the house is asked who else is here: nothing below moves from under a finger when it answers. */
const known = (): typeof accounts.value => (accounts.value.length > 0 || !me.value ? accounts.value : [{ ...me.value, current: true }]);

/** Who is signed in at this browser: going on as another, and adding one. */
export function Accounts() {
  const act = useAct();
  useEffect(() => { void loadAccounts().catch(() => undefined); }, []);
  return (
    <section class="card" aria-labelledby="accounts">
      <div class="head"><h2 class="t-20" id="accounts">{t('accounts')}</h2></div>
      <div class="body stack">
        <p class="dim">{t('accounts.text')}</p>
        <ul class="stack tight" role="list">
          {known().map(({ persona, name, handle, current }) => (
            <li class="row" key={persona}>
              <Face persona={persona} size={36} />
              <div class="grow"><p class="b clip1" dir="auto">{name}</p><p class="t-14 dim clip1">@{handle}</p></div>
              {current ? <span class="t-14 green">{t('accounts.now')}</span> : <Button small busy={act.busy} label={t('accounts.go.name', { name })} onClick={() => act.run(() => goOnAs(persona))}>{t('accounts.go')}</Button>}
            </li>
          ))}
        </ul>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div><Button icon="plus" href="/login?add">{t('accounts.add')}</Button></div>
      </div>
    </section>
  );
}
