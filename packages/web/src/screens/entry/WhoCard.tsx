import type { ApiError, House, NewPerson } from '@commonhold/sdk';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { Crumb } from './Crumb.tsx';
import { FaceChoice } from './FaceChoice.tsx';
import { faultOf, faultsIn, type Faults } from './faults.ts';
import { asHandle, suggestHandle } from './handle.ts';
import type { Newcomer } from './newcomer.ts';
import { Passphrase } from './Passphrase.tsx';
import { sentenceFor } from './sentence.ts';
import { t } from './words.ts';

/** What survives a refresh of the second screen: never the passphrase. */
export interface WhoDraft { name: string; handle: string }

interface WhoCardProps {
  newcomer: Newcomer; house: House; draft: WhoDraft; onDraft: (draft: WhoDraft) => void;
  busy: boolean; /** What the house last said. */ error: ApiError | null;
  onSubmit: (person: NewPerson) => void; onBack: () => void;
  /** Of how many screens this is the second. */ of?: number;
  /** Something was changed since the house last said no. */ onEdit: () => void;
}

/** The second screen of founding and joining: face, name, handle, passphrase. */
export function WhoCard({ newcomer, house, draft, onDraft, busy, error, onSubmit, onBack, onEdit, of = 3 }: WhoCardProps) {
  const [passphrase, setPassphrase] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const person: NewPerson = { name: draft.name.trim(), handle: draft.handle, passphrase };
  const refused = error && faultOf(error, draft.handle);
  const faults: Faults = { ...refused, ...(tried && faultsIn(person)) };
  const toFirst = (): void => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  useEffect(() => { if (refused) toFirst(); }, [error]);

  const change = (next: WhoDraft): void => { onEdit(); onDraft(next); };
  const setName = (name: string): void => {
    const follows = draft.handle === '' || draft.handle === suggestHandle(draft.name);
    change({ name, handle: follows ? suggestHandle(name) : draft.handle });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsIn(person)).length === 0) onSubmit(person); else requestAnimationFrame(toFirst);
  };
  return (
    <section class="stack" aria-labelledby="who">
      <Crumb at={2} of={of} />
      <form class="card pad stack loose" ref={form} onSubmit={submit} noValidate>
        <div class="stack tight"><h1 class="t-24" id="who" tabIndex={-1}>{t('who.title')}</h1><p class="dim">{t('who.lead')}</p></div>
        <FaceChoice newcomer={newcomer} />
        <Field label={t('name')} value={draft.name} onInput={setName} error={faults.name} autoComplete="name" name="name" maxLength={80} />
        <Field label={t('handle')} value={draft.handle} onInput={(handle) => change({ ...draft, handle: asHandle(handle) })} error={faults.handle}
          hint={faults.handle ? undefined : draft.handle === '' ? t('handle.empty') : t('handle.hint', { handle: draft.handle })}
          autoComplete="username" name="username" autoCapitalize="none" spellcheck={false} />
        <Passphrase fresh value={passphrase} onInput={setPassphrase} error={faults.passphrase} />
        {house.secure ? null : <PlainNote house={house} />}
        {error && !refused ? <Note kind="bad" alert>{sentenceFor(error)}</Note> : null}
        <div class="stack tight">
          <Button kind="fill" type="submit" block busy={busy}>{busy ? t('movein.busy') : t('movein')}</Button>
          <Button kind="plain" block onClick={onBack}>{t('back')}</Button>
        </div>
      </form>
    </section>
  );
}

/** What an address without encryption means, here: on the machine itself nothing travels, on a network it does. */
function PlainNote({ house }: { house: House }) {
  const here = house.reach === 'this-machine' || isSecureContext;
  return <Note kind="plain" icon="key">{here ? t('plain.here') : t('plain.network')}</Note>;
}
