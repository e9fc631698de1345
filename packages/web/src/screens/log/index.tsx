import { useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../parts/parts.css';
import './log.css';
import type { AccessLog } from '@commonhold/sdk';
import { openWrite } from '../../state/writing.ts';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { language, locale } from '../../i18n/index.ts';
import { now } from '../../state/clock.ts';
import { thingWords } from '@commonhold/core';
import { Icon } from '../../components/Icon.tsx';
import { Cannot, Keep, Ways, Week } from './Beside.tsx';
import { dayOf, isIn, isOnly, PARTS, rowsOf, sumOf, whoId, type Only, type Part } from './lines.ts';
import { useServices, type Services } from './joined.ts';
import { Row, type OnOnly } from './Row.tsx';
import { Take } from './Take.tsx';
import { useLog, type LogState } from './useLog.ts';
import { t } from './words.ts';

const DAY = 86_400_000;
const list = new Intl.ListFormat(language, { type: 'conjunction' });

/** Today in a sentence. */
function headline(days: AccessLog['days']): string {
  const { services, people, apps, left, refused, housemates, visitors } = sumOf(days.find(({ day }) => day === dayOf(now.value))?.lines ?? []);
  const who = list.format([
    ...(housemates ? [t('today.housemates')] : []), ...(visitors ? [t('today.visitors')] : []),
    ...(services ? [t('today.services', { n: services })] : []), ...(people ? [t('today.people', { n: people })] : []), ...(apps ? [t('today.apps', { n: apps })] : []),
  ]);
  const readers = (housemates ? 2 : 0) + (visitors ? 1 : 0) + services + people + apps;
  const what = [...(who ? [t('today.read', { who, n: readers })] : []), ...(left ? [t('today.left', { n: left })] : []), ...(refused ? [t('today.refused', { n: refused })] : [])];
  return what.length ? t('today', { what: what.join('; ') }) : t('today.nobody');
}

function dayName(day: string): string {
  if (day === dayOf(now.value)) return t('day.today');
  if (day === dayOf(now.value - DAY)) return t('day.yesterday');
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.parse(day));
}

function Nothing({ part, onAll }: { part: Part; onAll: () => void }) {
  if (part === 'all') return <Empty title={t('empty.all')} action={<Button kind="fill" onClick={openWrite}>{t('empty.all.act')}</Button>}><p>{t('empty.all.text')}</p></Empty>;
  return <Empty title={t(`empty.${part}`)} action={<Button onClick={onAll}>{t('empty.show')}</Button>} />;
}

/** What a closer look is at, in words. */
function onlyName({ who, what, service }: Only, days: AccessLog['days'], services: Services): string {
  if (service) return services.get(service)?.title ?? t('only.service');
  if (what) {
    const [of, collection] = [what.slice(0, what.indexOf('.')), what.slice(what.indexOf('.') + 1)];
    return thingWords(of, collection, language, services.get(of)?.labels[collection]).many;
  }
  const found = days.flatMap(({ lines }) => lines).find((line) => whoId(line.who) === who)?.who;
  return found?.kind === 'person' ? found.name || found.handle : found?.kind === 'app' ? found.label : t('only.somebody');
}

function Days({ log, part, only, services, onAll, onOnly }: { log: LogState & { value: AccessLog }; part: Part; only: Only; services: Services; onAll: () => void; onOnly: OnOnly }) {
  const days = log.value.days.map(({ day, lines }) => ({ day, rows: rowsOf(lines.filter((line) => isIn(part, line) && isOnly(only, line))) })).filter(({ rows }) => rows.length > 0);
  return (
    <>
      {days.length === 0 ? <div class="card sheet"><Nothing part={part} onAll={onAll} /></div> : null}
      {days.map(({ day, rows }) => (
        <section class="card sheet" key={day} aria-labelledby={`day-${day}`}>
          <div class="head"><h2 class="t-16" id={`day-${day}`}>{dayName(day)}</h2></div>
          <ul class="log-rows">{rows.map((row) => <Row key={row.id} row={row} services={services} onOnly={onOnly} />)}</ul>
        </section>
      ))}
      {log.older ? <div class="center"><Button kind="plain" busy={log.busy} onClick={log.older}>{t('older')}</Button></div>
        : days.length ? <p class="center dim t-14">{t('end')}</p> : null}
    </>
  );
}

const Waiting = () => (
  <div class="card sheet" aria-busy="true">
    <span class="vh" role="status">{t('loading')}</span>
    <ul class="log-rows" aria-hidden="true">{[1, 2, 3].map((n) => <li key={n} class="log-row"><span class="svc" /><div class="grow stack tight"><span class="skel w-80" /><span class="skel thin w-40" /></div></li>)}</ul>
  </div>
);

/** Who had what of one's data, and who was refused: today in a sentence, then day by day. */
export default function Log() {
  const { query, route } = useLocation();
  const part = PARTS.find((one) => one === query['show']) ?? 'all';
  const log = useLog();
  const chips = useRef<HTMLDivElement>(null);
  const show = (to: Part) => route(to === 'all' ? '/log' : `/log?show=${to}`, true);
  const all = () => { show('all'); chips.current?.querySelector('button')?.focus(); };
  const { value } = log;
  const only: Only = { who: query['who'], what: query['what'], service: query['service'] };
  const looksCloser = Boolean(only.who ?? only.what ?? only.service);
  const services = useServices(value?.days.flatMap(({ lines }) => lines) ?? []);
  const look: OnOnly = (closer) => route(`/log?${new URLSearchParams({ ...(part === 'all' ? {} : { show: part }), ...closer })}`, true);
  return (
    <Page title={t('title')} back="/" wide actions={<Take />}>
      {value ? <p class="t-24 side-pad log-head" aria-live="polite">{headline(value.days)}</p> : null}
      <div class="split log">
        <div class="stack">
          <div class="kinds" role="group" aria-label={t('show')} ref={chips}>
            {PARTS.map((one) => <button type="button" class="chip" key={one} aria-pressed={one === part ? 'true' : 'false'} onClick={() => show(one)}>{t(`part.${one}`)}</button>)}
            {value && looksCloser ? <button type="button" class="chip" aria-label={t('only.end', { name: onlyName(only, value.days, services) })} onClick={all}>{onlyName(only, value.days, services)}<Icon name="close" size="s" /></button> : null}
          </div>
          {value ? <Days log={{ ...log, value }} part={part} only={only} services={services} onAll={all} onOnly={look} /> : log.fault ? <div class="card sheet"><Failed title={t('failed')} error={log.fault} again={log.again} /></div> : <Waiting />}
        </div>
        {value ? <div class="stack beside"><Week days={value.days} /><Ways /><Keep days={value.keepDays} onKept={log.kept} /><Cannot /></div> : null}
      </div>
    </Page>
  );
}
