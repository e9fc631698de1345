import type { Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { strengthOf } from './passphrase.ts';
import { t } from './words.ts';

/** A passphrase field that may be read and pasted into; `fresh` also says how long is long enough. */
export function Passphrase({ value, onInput, error, fresh, inputRef }: {
  value: string; onInput: (value: string) => void; error?: string | undefined; fresh?: boolean; inputRef?: Ref<HTMLInputElement>;
}) {
  const id = useId();
  const [shown, show] = useState(false);
  const { step } = strengthOf(value);
  const said = [t('pass.hint'), t('pass.short'), t('pass.enough'), t('pass.long')][step];
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>{t('pass')}</label>
        <button type="button" class="tap" aria-controls={id} aria-pressed={shown} onClick={() => show(!shown)}>{shown ? t('pass.hide') : t('pass.show')}</button>
      </div>
      <input {...(shown ? { type: 'text' } as const : { type: 'password' } as const)} id={id} class="input" name="password" value={value} ref={inputRef} maxLength={256}
        autoComplete={fresh ? 'new-password' : 'current-password'} autoCapitalize="none" spellcheck={false}
        aria-describedby={fresh || error ? `${id}-note` : undefined} aria-invalid={error ? 'true' : undefined}
        onInput={(event) => onInput(event.currentTarget.value)} />
      {fresh ? <div class="lengths" data-step={step} aria-hidden="true"><i /><i /><i /></div> : null}
      {error ? <span class="wrong" id={`${id}-note`} role="alert">{error}</span> : fresh ? <small id={`${id}-note`}>{said}</small> : null}
    </div>
  );
}
