import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { t } from '../parts/words.ts';
import { askedPlaces, wrongPlaces } from './asked.ts';

/** Asks for three of the words, read from the paper: what follows cannot be undone, and a slip of the pen shows now. */
export function Check({ words, busy, onRight, onBack }: { words: readonly string[]; busy: boolean; onRight: () => void; onBack: () => void }) {
  const [places] = useState(() => askedPlaces(3, words.length, Math.random));
  const [typed, type] = useState<ReadonlyMap<number, string>>(() => new Map(places.map((place) => [place, ''])));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = wrongPlaces(words, typed);
    setWrong(found);
    if (found.length === 0) onRight(); else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form class="stack" ref={form} onSubmit={submit} noValidate autocomplete="off">
      <p class="b">{t('check')}</p>
      <div class="trio">
        {places.map((place) => (
          <Field key={place} label={t('check.word', { place })} value={typed.get(place)!} onInput={(word) => type(new Map(typed).set(place, word))}
            error={wrong.includes(place) ? t('check.wrong') : undefined} autoCapitalize="none" spellcheck={false} autoComplete="off" />
        ))}
      </div>
      <p class="hint">{t('check.after')}</p>
      <div class="pair">
        <Button kind="fill" type="submit" block busy={busy}>{t('check.done')}</Button>
        <Button block onClick={onBack}>{t('check.back')}</Button>
      </div>
    </form>
  );
}
