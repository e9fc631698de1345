import type { ComponentChild } from 'preact';
import { accessSentence, thingWords } from '@commonhold/core';
import type { LogLine } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { language, locale } from '../../i18n/index.ts';
import { now } from '../../state/clock.ts';
import type { Counted as CountedRow, LogRow } from './lines.ts';
import { inWords, isOther, type Services } from './joined.ts';
import { RowMenu } from './RowMenu.tsx';
import { t, tx } from './words.ts';

const NOW_MS = 60_000;

const wordsOf = ({ who, ...line }: LogLine & { label?: { one: string; many: string } | null }) => accessSentence({ ...line, who: who.kind }, language);

function Who({ line: { who, service } }: { line: LogLine }) {
  if (who.kind === 'person' && who.handle) return <a class="quiet-link b" href={`/@${who.handle}`} dir="auto">{who.name || who.handle}</a>;
  // Somebody under a name of their own for one service: nothing leads to whoever that is.
  if (who.kind === 'person') return <b dir="auto">{who.name || t('who.member')}</b>;
  if (who.kind === 'app') return <b dir="auto">{who.label ? t(isOther(service) ? 'who.app.of' : 'who.app', { label: who.label }) : t('who.app.gone')}</b>;
  if (who.kind === 'service') return <b dir="auto">{who.title || t('who.service.gone')}</b>;
  return <b>{t(who.kind === 'others' ? 'who.others' : who.kind === 'house' ? 'who.house' : 'who.anyone')}</b>;
}

function Sign({ line: { who, refused } }: { line: LogLine }) {
  if (refused) return <span class="svc r"><Icon name="shield" /></span>;
  if (who.kind === 'person' && who.handle) return <a class="av-link" href={`/@${who.handle}`} tabIndex={-1} aria-hidden="true"><Face persona={who.persona} /></a>;
  if (who.kind === 'person') return <Face persona={who.persona} />;
  if (who.kind === 'service') return <span class="svc g"><Icon name="plug" /></span>;
  return <span class={who.kind === 'app' ? 'svc a' : 'svc'}><Icon name={who.kind === 'app' ? 'key' : 'people'} /></span>;
}

/* Words that the app and others have in common. */
const Said = ({ words }: { words: string }) => <span lang={language}>{words}</span>;

const timeOf = (ms: number): string => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(ms);

function When({ last }: { last: number | null }) {
  if (last === null) return null;
  if (now.value - last < NOW_MS) return <span class="when live"><i class="live-dot" aria-hidden="true" />{t('row.now')}</span>;
  return <time class="when" dateTime={new Date(last).toISOString()}>{timeOf(last)}</time>;
}

/** Shows less: whoever or whatever a line is about. */
export type OnOnly = (query: Record<string, string>) => void;

function nameIn({ who }: LogLine): string | null {
  if (who.kind === 'person') return who.name || who.handle || t('who.member');
  return who.kind === 'app' ? who.label : who.kind === 'service' ? who.title || t('who.service.gone') : null;
}

function Named({ line: raw, services, onOnly }: { line: LogLine; services: Services; onOnly: OnOnly }) {
  const line = inWords(raw, services);
  const name = nameIn(line);
  const { what, why } = wordsOf(line);
  const said: ComponentChild[] = line.refused
    ? tx('row.tried', { who: <Who line={line} />, what: <Said words={what} />, n: line.n, refused: <b class="danger">{t('row.refused')}</b> })
    : tx('row.did', { who: <Who line={line} />, what: <Said words={what} /> });
  return (
    <li class="log-row">
      <Sign line={line} />
      <div class="grow"><p>{said}</p><p class="t-14 dim">{line.title && line.who.kind !== 'service' ? <>{t('row.in', { title: line.title })} </> : null}<Said words={why} /></p></div>
      <When last={line.last} />
      {name ? <RowMenu line={line} name={name} things={thingWords(line.service, line.collection, language, line.label).many} href={services.get(line.service)?.href ?? null} onOnly={onOnly} /> : null}
    </li>
  );
}

const SIGN_OF = { house: ['home', 'g'], everyone: ['globe', 'a'], close: ['close-ring', 'p'], followers: ['people', 'p'] } as const;
const list = new Intl.ListFormat(language, { type: 'conjunction' });

/** What an audience read as it may, in one calm row. */
function Counted({ row, services }: { row: CountedRow; services: Services }) {
  const [icon, tone] = SIGN_OF[row.audience as keyof typeof SIGN_OF] ?? SIGN_OF.house;
  const what = list.format(row.lines.map((line) => wordsOf(inWords(line, services)).what));
  const whose = row.counted === 'anyone' ? 'counted.anyone' : row.audience === 'close' || row.audience === 'followers' ? `counted.${row.audience}` as const : 'counted.housemates';
  return (
    <li class="log-row calm">
      <span class={`svc ${tone}`}><Icon name={icon} /></span>
      <div class="grow"><p>{tx(whose, { what: <Said words={what} /> })}</p><p class="t-14 dim"><Said words={wordsOf(row.lines[0]!).why} /> {t('counted.calm')}</p></div>
    </li>
  );
}

/** One row of the log: who, what in words, how often, on which rule, when. */
export const Row = ({ row, services, onOnly }: { row: LogRow; services: Services; onOnly: OnOnly }) => 'named' in row ? <Named line={row.named} services={services} onOnly={onOnly} /> : <Counted row={row} services={services} />;
