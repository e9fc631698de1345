import { Button, IconButton } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { t } from './words.ts';

/** A line as it is typed. */
export interface Line { name: string; value: string }

const MOST = 4;
const NAME_MOST = 40;
const VALUE_MOST = 300;

/** Lines that say something about oneself. */
export function EditLines({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: Line[]) => void }) {
  const set = (at: number, part: Partial<Line>) => onChange(lines.map((line, n) => (n === at ? { ...line, ...part } : line)));
  return (
    <fieldset class="stack tight">
      <legend class="b t-14">{t('edit.lines')}</legend>
      <p class="hint">{t('edit.lines.hint')}</p>
      {lines.map((line, n) => (
        <div class="line-edit" role="group" aria-label={t('edit.line.n', { n: n + 1 })} key={n}>
          <Field label={t('edit.line.name')} value={line.name} onInput={(name) => set(n, { name })} maxLength={NAME_MOST} dir="auto" autoComplete="off" />
          <Field label={t('edit.line.value')} value={line.value} onInput={(value) => set(n, { value })} maxLength={VALUE_MOST} dir="auto" autoComplete="off" />
          <IconButton icon="trash" label={t('edit.remove.name', { name: line.name || t('edit.line.n', { n: n + 1 }) })} onClick={() => onChange(lines.filter((_, at) => at !== n))} />
        </div>
      ))}
      {lines.length < MOST ? <p><Button small icon="plus" onClick={() => onChange([...lines, { name: '', value: '' }])}>{t('edit.line.add')}</Button></p> : null}
    </fieldset>
  );
}
