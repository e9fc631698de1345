import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house, refreshMe } from '../../state/session.ts';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { tidyInvite } from './tidyInvite.ts';

/** All places are taken: a list to wait on, whom to ask, and a way to look again. */
export function FullHouse({ onAgain }: { onAgain: () => void }) {
  const { id, capacity, steward } = house.value!;
  return (
    <div class="stack">
      <div class="card empty">
        <HouseMark id={null} large key={id} />
        <h1 class="t-24" tabIndex={-1}>{t('join.full.title')}</h1>
        <p>{t('join.full.text', { capacity })}</p>
        {steward ? <p>{t('join.full.ask', { name: steward.name })}</p> : null}
        <div class="stack tight whole">
          <Button block onClick={onAgain}>{t('join.full.again')}</Button>
          <Button kind="plain" block href="/login">{t('join.back')}</Button>
        </div>
      </div>
      <Wait />
      <p class="hint center">{t('join.full.other')}</p>
    </div>
  );
}

/** Leaves a name with the stewards of a full house. */
function Wait() {
  const act = useAct();
  const [who, set] = useState({ name: '', contact: '', words: '' });
  const [state, be] = useState<'asking' | 'missing' | 'done'>('asking');
  const change = (part: Partial<typeof who>): void => { set({ ...who, ...part }); act.clear(); };
  const send = (event: Event): void => {
    event.preventDefault();
    const { name, contact, words } = { name: who.name.trim(), contact: who.contact.trim(), words: who.words.trim() };
    if (name === '' || contact.length < 3) { be('missing'); return; }
    act.run(async () => { await client.care.wait({ name, contact, words }); be('done'); });
  };
  if (state === 'done') return <div class="card empty" role="status"><h2 class="t-20">{t('join.wait.done')}</h2><p>{t('join.wait.done.text')}</p></div>;
  return (
    <form class="card pad stack loose" onSubmit={send} noValidate aria-labelledby="wait">
      <div class="stack tight"><h2 class="t-20" id="wait">{t('join.wait')}</h2><p class="dim">{t('join.wait.text')}</p></div>
      <Field label={t('join.wait.name')} value={who.name} onInput={(name) => change({ name })} maxLength={60} autoComplete="name" />
      <Field label={t('join.wait.contact')} value={who.contact} onInput={(contact) => change({ contact })} maxLength={200} hint={t('join.wait.contact.hint')} />
      <Field label={t('join.wait.words')} value={who.words} onInput={(words) => change({ words })} rows={2} maxLength={500} hint={t('join.wait.words.hint')} />
      {state === 'missing' ? <Note kind="bad" alert>{t('join.wait.missing')}</Note> : null}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <Button kind="fill" type="submit" block busy={act.busy}>{t('join.wait.go')}</Button>
    </form>
  );
}

/** An invite that ended or was never made here: what may have happened, and a field for another. */
export function NoInvite({ invite, ended, onAgain }: { invite: string; ended: boolean; onAgain: () => void }) {
  const { route } = useLocation();
  const [typed, type] = useState(ended ? '' : invite);
  const open = (event: Event): void => {
    event.preventDefault();
    const next = tidyInvite(typed);
    if (next === invite) onAgain(); else if (next !== '') route(`/join/${next}`, true);
  };
  return (
    <form class="card pad stack loose" onSubmit={open} noValidate>
      <div class="stack tight center center-x">
        <HouseMark id={house.value!.id} large />
        <h1 class="t-24" tabIndex={-1}>{ended ? t('join.ended.title') : t('join.unknown.title')}</h1>
        <p class="dim">{ended ? t('join.ended.text') : t('join.unknown.text')}</p>
      </div>
      <Field label={t('join.field')} value={typed} onInput={type} hint={t('join.field.hint')} autoCapitalize="none" spellcheck={false} name="invite" />
      <div class="stack tight">
        <Button kind="fill" type="submit" block disabled={tidyInvite(typed) === ''}>{t('join.field.go')}</Button>
        <Button kind="plain" block href="/login">{t('join.back')}</Button>
      </div>
    </form>
  );
}

/** Somebody who lives here opened an invite. */
export function AlreadyIn({ name }: { name: string }) {
  const act = useAct();
  const leave = (): void => act.run(async () => { await client.sessions.end(); await refreshMe(); });
  return (
    <div class="card empty">
      <HouseMark id={house.value!.id} large />
      <h1 class="t-24" tabIndex={-1}>{t('join.in.title')}</h1>
      <p>{t('join.in.text', { house: house.value!.title, name })}</p>
      <div class="stack tight whole">
        <Button kind="fill" block href="/">{t('join.in.home')}</Button>
        <Button kind="plain" block busy={act.busy} onClick={leave}>{t('join.in.leave')}</Button>
      </div>
    </div>
  );
}
