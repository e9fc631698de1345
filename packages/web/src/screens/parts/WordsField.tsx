import type { ApiError } from '@commonhold/sdk';
import { Field } from '../../components/Field.tsx';
import { countWords, type WordsFault } from '../../keys/typed.ts';
import { keyFault, t } from './keyWords.ts';

/** Refusals that are about the words; what else goes wrong is said elsewhere. */
const ABOUT_WORDS: ReadonlySet<string> = new Set(['wrong_words', 'other_words', 'rotated_words']);

/** Whether a refusal is said at the field of the words. */
export const isAboutWords = (error: ApiError | null): boolean => error !== null && ABOUT_WORDS.has(error.code);

function sentence(error: ApiError): string {
  const fault = 'fault' in error ? error.fault as WordsFault : null;
  if (fault?.fault === 'count') return t('words.fault.count', { n: fault.count });
  if (fault?.fault === 'unknown') return t('words.fault.unknown', { place: fault.place, word: fault.word });
  return fault ? t('words.fault.together') : keyFault(error);
}

/** A field for the 24 recovery words, typed or pasted, that counts along. */
export function WordsField({ value, onInput, error, label }: { value: string; onInput: (value: string) => void; error: ApiError | null; label?: string }) {
  return (
    <Field label={label ?? t('words.field')} rows={4} dir="ltr" value={value} onInput={onInput} autoCapitalize="none" spellcheck={false} autoComplete="off"
      hint={value.trim() === '' ? t('words.hint') : t('words.count', { n: countWords(value) })} error={error && isAboutWords(error) ? sentence(error) : undefined} />
  );
}
