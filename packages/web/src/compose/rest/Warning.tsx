import type { Written } from '../draft.ts';
import { focusAsked } from '../parts.ts';
import { MOST } from '../ready.ts';
import { Take } from './Take.tsx';
import { t } from './words.ts';

/** What to know before reading: words and pictures are shown when they are asked for. */
export function Warning({ part, onChange }: { part: Written; onChange: (part: Written) => void }) {
  const { warning, ...without } = part;
  return (
    <div class="warning">
      <input class="input" ref={focusAsked('warning')} dir="auto" maxLength={MOST.warning} aria-label={t('warning')} placeholder={t('warning.hint')} value={warning}
        onInput={(event) => onChange({ ...part, warning: event.currentTarget.value })} />
      <Take label={t('warning.off')} onTake={() => onChange(without)} />
    </div>
  );
}
