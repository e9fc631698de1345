import { useRef, useState } from 'preact/hooks';
import type { Filter, FilterInput } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';
import { Choose } from './Choose.tsx';
import { t } from './selfWords.ts';

type Place = FilterInput['places'][number];
const PLACES: readonly Place[] = ['home', 'house', 'lists', 'threads', 'profiles', 'news'];
const DAY = 86_400_000;
const SPANS = { day: DAY, week: 7 * DAY, month: 30 * DAY } as const;
type Span = keyof typeof SPANS | 'good' | 'keep';
const LONGEST = 80;

const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];

/** Until when, by what was chosen; a time that was chosen before may stay. */
function endOf(span: Span, filter: Filter | null): number | undefined {
  if (span === 'keep') return filter?.until;
  return span === 'good' ? undefined : Date.now() + SPANS[span];
}

const wrong = (words: readonly string[]): string | undefined =>
  words.length === 0 ? t('filters.words.missing') : words.some((word) => word.length > LONGEST) ? t('filters.words.long', { n: LONGEST }) : undefined;

/** Where a filter holds. */
const Places = ({ places, tried, onChange }: { places: readonly Place[]; tried: boolean; onChange: (places: readonly Place[]) => void }) => (
  <fieldset class="stack tight">
    <legend class="label">{t('filters.places')}</legend>
    <div class="places">
      {PLACES.map((place) => (
        <label class="check" key={place}>
          <input type="checkbox" checked={places.includes(place)} onChange={(event) => onChange(event.currentTarget.checked ? [...places, place] : places.filter((one) => one !== place))} />
          <span>{t(`filters.place.${place}`)}</span>
        </label>
      ))}
    </div>
    {tried && places.length === 0 ? <span class="danger t-14" role="alert">{t('filters.places.missing')}</span> : null}
  </fieldset>
);

/** A filter as a form: words, whole or not, what happens, where, until when. */
export function EditFilter({ filter, onSaved, onClose }: { filter: Filter | null; onSaved: (filter: Filter) => void; onClose: () => void }) {
  const [text, setText] = useState(filter?.words.join('\n') ?? '');
  const [whole, setWhole] = useState(filter?.whole ?? true);
  const [how, setHow] = useState<FilterInput['how']>(filter?.how ?? 'warn');
  const [places, setPlaces] = useState<readonly Place[]>(filter?.places ?? PLACES);
  const stays = filter?.until !== undefined && filter.until > Date.now();
  const [span, setSpan] = useState<Span>(stays ? 'keep' : 'good');
  const [tried, setTried] = useState(false);
  const act = useAct();
  const area = useRef<HTMLTextAreaElement>(null);
  const words = linesOf(text);
  const save = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (wrong(words)) area.current?.focus();
    if (wrong(words) || places.length === 0) return;
    const until = endOf(span, filter);
    const wish: FilterInput = { words, ...(whole ? { whole } : {}), how, places: PLACES.filter((place) => places.includes(place)), ...(until === undefined ? {} : { until }) };
    act.run(async () => onSaved(await (filter ? client.microblog.setFilter(filter.key, wish) : client.microblog.addFilter(wish))));
  };
  const spans: (readonly [Span, string])[] = [...(stays ? [['keep', t('filters.keep', { when: whenText(filter.until!, Date.now(), locale) })] as const] : []), ['day', t('filters.day')], ['week', t('filters.week')], ['month', t('filters.month')], ['good', t('filters.good')]];
  return (
    <Dialog title={t(filter ? 'filters.edit' : 'filters.add')} onClose={onClose}>
      <form class="body stack" onSubmit={save} noValidate>
        <Field areaRef={area} label={t('filters.words')} hint={t('filters.words.hint')} value={text} onInput={setText} rows={3} spellcheck={false} error={tried ? wrong(words) : undefined} />
        <label class="check"><input type="checkbox" checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} /><span>{t('filters.whole')}<small class="hint block">{t('filters.whole.text')}</small></span></label>
        <Choose legend={t('filters.how')} name="how" value={how} onChange={setHow} of={[['warn', t('filters.warn')], ['hide', t('filters.hide')]]} />
        <p class="hint">{t(how === 'warn' ? 'filters.warn.text' : 'filters.hide.text')}</p>
        <Places places={places} tried={tried} onChange={setPlaces} />
        <Choose legend={t('filters.until')} name="until" value={span} onChange={setSpan} of={spans} />
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy}>{t('save')}</Button><Button kind="plain" onClick={onClose}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}
