import { accessSentence, contractCard, type Contract } from '@commonhold/core';
import type { ContractDocument, Report, ServiceDeed } from '@commonhold/sdk';
import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { language, locale } from '../../i18n/index.ts';
import { pasted } from '../services/pasted.ts';
import { when } from './names.ts';
import { t } from './words.ts';

const DAY = 86_400_000;

/** A service as its reporters know it: what it says of itself, what our words warn of first, and its contract to look at. */
export function ReportedService({ report: { content: { service, contract }, at } }: { report: Report }) {
  const { route } = useLocation();
  const { title, publisher, version, purpose } = service!;
  const redLines = useMemo(() => {
    const card = contract && contractCard(contract as unknown as Contract, language);
    return card?.ok ? card.value.redLines : [];
  }, [contract]);
  const look = (): void => {
    pasted.value = contract!;
    route('/services/look');
  };
  return (
    <section class="well stack tight" aria-label={t('reports.was', { when: when(at) })}>
      <div class="row start"><span class="svc g"><Icon name="plug" /></span><div class="grow"><p class="b" dir="auto">{title}</p><p class="t-14 dim" dir="auto">{t('reports.service.by', { publisher, version })}</p></div></div>
      <p class="carried" dir="auto">{t('reports.service.says', { words: purpose })}</p>
      {redLines.length > 0 ? <ul class="ticks t-14" lang={language}>{redLines.map((one) => <li key={one}><span class="amber"><Icon name="flag" size="s" /></span><span>{one}</span></li>)}</ul> : null}
      <p class="t-14 dim">{t('reports.was', { when: when(at) })}</p>
      {contract ? <div class="row wrap"><Button small icon="eye" onClick={look}>{t('reports.service.look')}</Button></div> : null}
    </section>
  );
}

/** What the service did with the data of whoever reported it, as their log has it. */
export function Deeds({ log, contract }: { log: readonly ServiceDeed[]; contract: ContractDocument | undefined }) {
  const collections = contract?.['collections'] as { [name: string]: { label?: { one: string; many: string } } } | undefined;
  const day = (n: number): string => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(n * DAY);
  const said = ({ service, collection, verb, refused, rule, n }: ServiceDeed): string =>
    accessSentence({ who: 'service', service, collection, verb, audience: null, refused, rule, n, label: collections?.[collection]?.label ?? null }, language).what;
  return (
    <details>
      <summary class="tap t-14">{t('reports.deeds', { n: log.length })}</summary>
      <ul class="ticks t-14">{log.map((deed) => <li key={`${deed.day}${deed.service}${deed.collection}${deed.verb}${String(deed.refused)}${deed.rule ?? ''}`}><span class="dim"><Icon name={deed.refused ? 'shield' : 'eye'} size="s" /></span><span>{t(deed.refused ? 'reports.deed.refused' : 'reports.deed', { day: day(deed.day), what: said(deed), n: deed.n })}</span></li>)}</ul>
    </details>
  );
}
