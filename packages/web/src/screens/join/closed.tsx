import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { client } from '../../state/client.ts';
import { house, refreshMe } from '../../state/session.ts';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { tidyInvite } from './tidyInvite.ts';

/** All places are taken: whom to ask, and a way to look again. */
export function FullHouse({ onAgain }: { onAgain: () => void }) {
  const { id, capacity, steward } = house.value!;
  return (
    <div class="card empty">
      <HouseMark id={null} large key={id} />
      <h1 class="t-24" tabIndex={-1}>{t('join.full.title')}</h1>
      <p>{t('join.full.text', { capacity })}</p>
      {steward ? <p>{t('join.full.ask', { name: steward.name })}</p> : null}
      <div class="stack tight whole">
        <Button kind="fill" block onClick={onAgain}>{t('join.full.again')}</Button>
        <Button kind="plain" block href="/login">{t('join.back')}</Button>
      </div>
    </div>
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
