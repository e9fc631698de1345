import { useId } from 'preact/hooks';
import './file.css';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { t } from './carryWords.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** How large a file is, in the largest unit of which it has one. */
function sizeText(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return (bytes / 1000 ** step).toLocaleString(locale, { style: 'unit', unit: UNITS[step]!, unitDisplay: 'short', maximumFractionDigits: step === 0 ? 0 : 1 });
}

/** One file, chosen or dropped on it: a field as wide as the others, which says what was chosen. `error` is a sentence under it, and marks it. */
export function FileField({ label, accept, file, onFile, hint, error }: { label: string; accept: string; file: File | null; onFile: (file: File | null) => void; hint?: string | undefined; error?: string | undefined }) {
  const id = useId();
  const about = [`${id}-name`, hint ? `${id}-hint` : '', error ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="file">
        <Icon name={file ? 'check' : 'page'} />
        <span class="grow" id={`${id}-name`}>{file ? <><b dir="auto">{file.name}</b> <span class="dim">{sizeText(file.size)}</span></> : <span class="dim">{t('file.none')}</span>}</span>
        <span class="btn sm" aria-hidden="true">{t(file ? 'file.other' : 'file.pick')}</span>
        {/* Over all of it, so that a click or a drop anywhere is the browser's own. */}
        <input id={id} type="file" accept={accept} aria-describedby={about} aria-invalid={error ? 'true' : undefined} onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)} />
      </div>
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
      {error ? <span class="wrong" id={`${id}-wrong`} role="alert">{error}</span> : null}
    </div>
  );
}
