import { sampleRecord, type Contract, type Json } from '@commonhold/core';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { t } from './words.ts';

const plain = (name: string): string => name.replace(/_/g, ' ');
const list = (some: readonly string[]): string => new Intl.ListFormat(locale, { type: 'unit' }).format(some);

/** One value of an example, as people read it. */
function shown(value: Json): string {
  if (value === null) return t('sample.nothing');
  if (typeof value === 'boolean') return t(value ? 'sample.yes' : 'sample.no');
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  if (Array.isArray(value)) return list(value.map(shown));
  if (typeof value === 'object') return list(Object.entries(value).map(([name, inner]) => t('sample.part', { name: plain(name), value: shown(inner) })));
  if (/^\d{4}-05-01T18:30:00Z$/.test(value)) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(Date.parse(value));
  if (/^\d{4}-05-01$/.test(value)) return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(value));
  // A text that must be long is filled up with dots.
  return /^\dA{42}$/.test(value) ? t('sample.file') : t('quoted', { words: value.replace(/^·{2,}/, '…') });
}

function One({ contract, name }: { contract: Contract; name: string }) {
  const made = sampleRecord(contract, name);
  const title = contract.collections[name]!.label?.one ?? plain(name);
  return (
    <li>
      <h3 class="t-14 b" dir="auto">{title}</h3>
      {made ? <dl class="sample">{Object.entries(made).map(([field, value]) => <div key={field}><dt class="dim" dir="auto">{plain(field)}</dt><dd dir="auto">{shown(value)}</dd></div>)}</dl> : <p class="t-14 dim">{t('sample.none')}</p>}
    </li>
  );
}

/* So many at once say what it is about; the rest when it is asked for. */
const FIRST = 2;

/** What records of a service would look like, made from its contract: nothing of the reader's. */
export function Sample({ contract }: { contract: Contract }) {
  const names = Object.keys(contract.collections).filter((name) => contract.collections[name]!.kind !== 'cache');
  const some = (of: readonly string[]) => <ul class="samples">{of.map((name) => <One key={name} contract={contract} name={name} />)}</ul>;
  const rest = names.slice(FIRST);
  return (
    <section class="card" aria-labelledby="sample">
      <div class="head"><h2 class="t-16 grow" id="sample">{t('sample')}</h2><span class="tag"><Icon name="page" />{t('sample.not-yours')}</span></div>
      <div class="body stack tight">{some(names.slice(0, FIRST))}{rest.length > 0 ? <details><summary class="tap">{t('card.more', { n: rest.length })}</summary>{some(rest)}</details> : null}</div>
    </section>
  );
}
