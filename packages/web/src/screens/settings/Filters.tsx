import { useState } from 'preact/hooks';
import type { Filter } from '@commonhold/sdk';
import { Button, IconButton } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { loadFilters } from '../../state/filters.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';
import { EditFilter } from './EditFilter.tsx';
import { t } from './selfWords.ts';

const nameOf = ({ words }: Filter): string => new Intl.ListFormat(locale, { type: 'unit' }).format(words.slice(0, 3)) + (words.length > 3 ? ' …' : '');

/* What a filter does, where and until when, on one line. */
function about({ how, places, until }: Filter): string {
  const where = new Intl.ListFormat(locale, { type: 'unit' }).format(places.map((place) => t(`filters.place.${place}`)));
  const ends = until === undefined ? [] : [until <= Date.now() ? t('filters.over') : t('filters.ends', { when: whenText(until, Date.now(), locale) })];
  return [t(how === 'hide' ? 'filters.hide' : 'filters.warn'), where, ...ends].join(' · ');
}

function Row({ filter, onEdit, onEnded }: { filter: Filter; onEdit: () => void; onEnded: () => void }) {
  const act = useAct();
  const name = nameOf(filter);
  const end = () => act.run(async () => {
    await client.microblog.dropFilter(filter.key);
    toast(t('filters.ended', { name }));
    onEnded();
    void loadFilters().catch(() => undefined);
    document.getElementById('filters')?.focus({ preventScroll: true });
  });
  return (
    <li>
      <div class="grow">
        <p class="b clip1" dir="auto">{name}</p>
        <p class="t-14 dim">{about(filter)}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
      <Button small label={t('filters.change.name', { name })} onClick={onEdit}>{t('filters.change')}</Button>
      <IconButton icon="trash" label={t('filters.end.name', { name })} onClick={end} />
    </li>
  );
}

/** Words that one does not want to read just now: where, how, until when. */
export function Filters() {
  const load = useLoad((signal) => client.microblog.filters({ signal }));
  const [open, setOpen] = useState<Filter | 'new' | null>(null);
  if (load.error) return <section class="card"><Failed title={t('filters.failed')} error={load.error} again={load.again} /></section>;
  const filters = load.value?.filters ?? [];
  const saved = (filter: Filter) => {
    load.set({ filters: [filter, ...filters.filter(({ key }) => key !== filter.key)] });
    void loadFilters().catch(() => undefined);
    setOpen(null);
    toast(t('filters.saved'));
  };
  return (
    <section class="card" aria-labelledby="filters" aria-busy={load.value ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="filters" tabIndex={-1}>{t('filters')}</h2></div>
      <p class="lead dim t-14">{t('filters.text')}</p>
      {filters.length > 0 ? (
        <ul class="list">{filters.map((filter) => <Row key={filter.key} filter={filter} onEdit={() => setOpen(filter)} onEnded={() => load.set({ filters: filters.filter((one) => one !== filter) })} />)}</ul>
      ) : load.value ? <p class="body dim">{t('filters.none')}</p> : null}
      <div class="body"><Button icon="plus" onClick={() => setOpen('new')}>{t('filters.add')}</Button></div>
      {open ? <EditFilter filter={open === 'new' ? null : open} onSaved={saved} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}
