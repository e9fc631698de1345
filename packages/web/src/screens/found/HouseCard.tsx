import type { ApiError, House } from '@commonhold/sdk';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Note } from '../../components/Note.tsx';
import { Crumb } from '../entry/Crumb.tsx';
import { sentenceFor } from '../entry/sentence.ts';
import { t } from '../entry/words.ts';
import type { FoundDraft } from './draft.ts';

interface HouseCardProps {
  house: House; draft: FoundDraft; onDraft: (draft: FoundDraft) => void;
  /** The code came with the address. */ came: boolean;
  busy: boolean; error: ApiError | null; onSubmit: () => void;
}

/** First screen of founding: the one-time code and what the house is called. */
export function HouseCard({ house, draft, onDraft, came, busy, error, onSubmit }: HouseCardProps) {
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const wrongCode = error !== null && (error.field === 'code' || error.code === 'code_wrong') ? sentenceFor(error) : undefined;
  const codeFault = wrongCode ?? (tried && draft.code.trim() === '' ? t('found.code.missing') : undefined);
  const titleFault = tried && draft.title.trim() === '' ? t('found.name.missing') : undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (draft.code.trim() !== '' && draft.title.trim() !== '') onSubmit();
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <section class="stack" aria-labelledby="found">
      <Crumb at={1} of={4} />
      <form class="card pad stack loose" ref={form} onSubmit={submit} noValidate>
        <div class="stack tight"><h1 class="t-24" id="found" tabIndex={-1}>{t('found.title')}</h1><p class="dim">{t('found.lead')}</p></div>
        <div class="row plate"><HouseMark id={house.id} large /><p class={draft.title ? 't-20 grow' : 't-20 grow dim'}>{draft.title || t('found.name.blank')}</p></div>
        <Field label={t('found.name')} value={draft.title} onInput={(title) => onDraft({ ...draft, title })} hint={titleFault ? undefined : t('found.name.hint')} error={titleFault} maxLength={60} name="house" />
        <Field label={t('found.note')} value={draft.note} onInput={(note) => onDraft({ ...draft, note })} hint={t('found.note.hint')} rows={2} maxLength={500} placeholder={t('found.note.some')} />
        <CodeField code={draft.code} came={came} fault={codeFault} onInput={(code) => onDraft({ ...draft, code })} />
        {error && !wrongCode ? <Note kind="bad" alert>{sentenceFor(error)}</Note> : null}
        <Button kind="fill" type="submit" icon="home" block busy={busy}>{busy ? t('found.create.busy') : t('found.create')}</Button>
      </form>
    </section>
  );
}

function CodeField({ code, came, fault, onInput }: { code: string; came: boolean; fault: string | undefined; onInput: (code: string) => void }) {
  const hint = came ? t('found.code.came') : t('found.code.hint');
  return (
    <Field label={t('found.code')} value={code} onInput={onInput} hint={fault ? undefined : hint} error={fault}
      autoComplete="one-time-code" autoCapitalize="none" spellcheck={false} name="code" />
  );
}
