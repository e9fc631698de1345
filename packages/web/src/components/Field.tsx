import type { ComponentChildren, InputHTMLAttributes, Ref } from 'preact';
import { useId } from 'preact/hooks';

interface Plain {
  type?: 'text' | 'password' | 'search' | 'url' | 'number' | 'time'; autoComplete?: string; inputMode?: 'text' | 'numeric' | 'url' | 'search'; placeholder?: string;
  maxLength?: number; required?: boolean; spellcheck?: boolean; name?: string; readOnly?: boolean; dir?: 'auto' | 'ltr' | 'rtl'; autoCapitalize?: 'none' | 'words' | 'sentences'; onBlur?: () => void;
}

interface FieldProps extends Plain {
  label: ComponentChildren; value: string; onInput: (value: string) => void;
  hint?: ComponentChildren; error?: ComponentChildren; rows?: number; inputRef?: Ref<HTMLInputElement>; areaRef?: Ref<HTMLTextAreaElement>; hideLabel?: boolean;
}

/** A labelled field. `rows` makes it a text area; `error` is a sentence under it, and marks it. */
export function Field({ label, value, onInput, hint, error, rows, inputRef, areaRef, hideLabel, ...rest }: FieldProps) {
  const id = useId();
  const about = [hint ? `${id}-hint` : '', error ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;
  const shared = { id, class: 'input', value, 'aria-describedby': about, 'aria-invalid': error ? 'true' as const : undefined };
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'vh' : undefined}>{label}</label>
      {rows
        ? <textarea {...shared} ref={areaRef} rows={rows} maxLength={rest.maxLength} required={rest.required} placeholder={rest.placeholder} dir={rest.dir ?? 'auto'} spellcheck={rest.spellcheck} autocomplete={rest.autoComplete} autocapitalize={rest.autoCapitalize} name={rest.name} onInput={(event) => onInput(event.currentTarget.value)} />
        : <input {...shared} {...rest as InputHTMLAttributes<HTMLInputElement>} ref={inputRef} onInput={(event) => onInput(event.currentTarget.value)} />}
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
      {error ? <span class="wrong" id={`${id}-wrong`} role="alert">{error}</span> : null}
    </div>
  );
}
