import type { ActKind, ActMonth } from '@commonhold/sdk';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { t } from './words.ts';

const SIGNS: Readonly<Record<ActKind, IconName>> = {
  report: 'flag', none: 'check', hide: 'veil', show: 'eye', warn: 'bell', suspend: 'pause', lift: 'check', expel: 'leave', keep: 'home', role: 'people', unshelve: 'minus',
};

const nameOf = (month: string): string => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-01`));

/** What the stewards did, for everybody to see: how often, never to whom. */
export function OpenLog() {
  const load = useLoad((signal) => client.care.actions({ signal }));
  return (
    <div class="stack narrow-page">
      <p class="dim">{t('log.text')}</p>
      <Loaded load={load}>{({ months }) => months.length === 0 ? <div class="card pad"><p class="dim">{t('log.none')}</p></div> : months.map((month) => <Month key={month.month} month={month} />)}</Loaded>
    </div>
  );
}

function Month({ month: { month, counts } }: { month: ActMonth }) {
  return (
    <section class="card" aria-labelledby={month}>
      <div class="head"><h2 class="t-20" id={month}>{nameOf(month)}</h2></div>
      <div class="body"><ul class="ticks">{(Object.keys(SIGNS) as ActKind[]).filter((kind) => counts[kind]).map((kind) => <li key={kind}><span class="dim"><Icon name={SIGNS[kind]} /></span>{t(`did.${kind}`, { n: counts[kind]! })}</li>)}</ul></div>
    </section>
  );
}
