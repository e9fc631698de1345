import type { AccessLog, AppConsent, Joined, Token } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { now } from '../../state/clock.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';
import { barsOf, lastWeek, type DayBars } from './lines.ts';
import { t } from './words.ts';

const KINDS = ['house', 'people', 'apps', 'refused'] as const satisfies (keyof DayBars)[];
const total = (bars: DayBars): number => KINDS.reduce((sum, kind) => sum + bars[kind], 0);

/** Seven days as bars; they differ by pattern as well as by colour. */
export function Week({ days }: { days: AccessLog['days'] }) {
  const week = lastWeek(now.value).map((day) => ({ day, bars: barsOf(days.find((one) => one.day === day)?.lines ?? []) }));
  const most = Math.max(1, ...week.map(({ bars }) => total(bars)));
  const name = (day: string, weekday: 'short' | 'long') => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.parse(day));
  return (
    <section class="card" aria-labelledby="week">
      <div class="head"><h2 class="t-16 grow" id="week">{t('week')}</h2><span class="t-13 dim">{t('week.unit')}</span></div>
      <div class="body">
        <ol class="bars">
          {week.map(({ day, bars }, i) => (
            <li key={day} class={i === 6 ? 'today' : undefined}>
              <span class="vh">{t('week.day', { day: name(day, 'long'), ...bars })}</span>
              <span class="num" aria-hidden="true">{total(bars) || ''}</span>
              <span class="bar" aria-hidden="true">{[...KINDS].reverse().map((kind) => bars[kind] ? <i class={kind} style={{ blockSize: `${Math.max(4, bars[kind] / most * 108)}px` }} /> : null)}</span>
              <span class="t-13" aria-hidden="true">{name(day, 'short')}</span>
            </li>
          ))}
        </ol>
        <ul class="legend">{KINDS.map((kind) => <li><i class={kind} />{t(`week.${kind}`)}</li>)}</ul>
      </div>
    </section>
  );
}

function TokenRow({ token, onEnd }: { token: Token; onEnd: () => void }) {
  const act = useAct();
  const end = () => act.run(async () => { await client.me.endToken(token.id); toast(t('ways.ended', { label: token.label })); onEnd(); });
  return (
    <li>
      <span class="svc a"><Icon name="key" /></span>
      <div class="grow"><p class="b clip1" dir="auto">{token.label}</p><p class="t-14 dim">{token.used === null ? t('ways.token.never') : t('ways.token.used', { when: whenText(token.used, Date.now(), locale) })}</p>{act.error ? <p class="t-14 danger" role="alert">{faultText(act.error)}</p> : null}</div>
      <Button small kind="danger" busy={act.busy} label={t('ways.end.name', { label: token.label })} onClick={end}>{t('ways.end')}</Button>
    </li>
  );
}

function AppRow({ app: { id, title, origin, used }, onEnd }: { app: AppConsent; onEnd: () => void }) {
  const act = useAct();
  const end = () => act.run(async () => { await client.me.endApp(id); toast(t('ways.ended', { label: title })); onEnd(); });
  return (
    <li>
      <span class="svc a"><Icon name="laptop" /></span>
      <div class="grow"><p class="b clip1" dir="auto">{title}</p><p class="t-14 dim">{used === null ? t('ways.app.never', { origin }) : t('ways.app.used', { origin, when: whenText(used, Date.now(), locale) })}</p>{act.error ? <p class="t-14 danger" role="alert">{faultText(act.error)}</p> : null}</div>
      <Button small kind="danger" busy={act.busy} label={t('ways.end.app', { title })} onClick={end}>{t('ways.end')}</Button>
    </li>
  );
}

/** A service, held with one click: nobody of it reads on from the very next read. */
function ServiceRow({ of, onChange }: { of: Joined; onChange: (now: Joined) => void }) {
  const act = useAct();
  const paused = of.state === 'paused';
  const turn = () => act.run(async () => {
    onChange(await (paused ? client.services.resume(of.persona, of.service) : client.services.pause(of.persona, of.service)));
    toast(t(paused ? 'ways.resumed' : 'act.paused', { title: of.title }));
  });
  return (
    <li>
      <span class="svc g"><Icon name="plug" /></span>
      <div class="grow"><p><a class="quiet-link b clip1" dir="auto" href={`/services/${of.persona}/${of.service}`}>{of.title}</a></p><p class="t-14 dim">{t(paused ? 'ways.service.paused' : 'ways.service')}</p>{act.error ? <p class="t-14 danger" role="alert">{faultText(act.error)}</p> : null}</div>
      {of.state === 'leaving' || of.state === 'moved' ? null : <Button small kind={paused ? 'edge' : 'danger'} busy={act.busy} label={t(paused ? 'ways.resume.name' : 'ways.pause.name', { title: of.title })} onClick={turn}>{t(paused ? 'act.resume' : 'ways.pause')}</Button>}
    </li>
  );
}

/** Who may come in at all, and how to end what can be ended. */
export function Ways() {
  const load = useLoad((signal) => client.me.tokens({ signal }));
  const tokens = load.value?.tokens ?? [];
  const apps = useLoad((signal) => client.me.apps({ signal }));
  const joined = useLoad((signal) => client.services.mine({ signal }));
  const services = joined.value?.services ?? [];
  return (
    <section class="card" aria-labelledby="ways">
      <div class="head"><h2 class="t-16" id="ways" tabIndex={-1}>{t('ways')}</h2></div>
      <ul class="list ways">
        {services.map((one) => <ServiceRow key={`${one.persona}/${one.service}`} of={one} onChange={(now) => joined.set({ services: services.map((other) => other === one ? now : other) })} />)}
        {apps.value?.apps.map((app) => <AppRow key={app.id} app={app} onEnd={() => { apps.set({ apps: apps.value!.apps.filter((one) => one !== app) }); document.getElementById('ways')?.focus({ preventScroll: true }); }} />)}
        {tokens.map((token) => <TokenRow key={token.id} token={token} onEnd={() => { load.set({ tokens: tokens.filter((one) => one !== token) }); document.getElementById('ways')?.focus({ preventScroll: true }); }} />)}
        <li><span class="svc g"><Icon name="home" /></span><div class="grow"><p class="b">{t('ways.house')}</p><p class="t-14 dim">{t('ways.house.text')}</p></div><a class="icon-btn" href="/people" aria-label={t('ways.house')}><Icon name="next" /></a></li>
        <li><span class="svc p"><Icon name="people" /></span><div class="grow"><p class="b">{t('ways.followers')}</p><p class="t-14 dim">{t('ways.followers.text')}</p></div><a class="icon-btn" href="/people?ring=followers" aria-label={t('ways.followers')}><Icon name="next" /></a></li>
      </ul>
    </section>
  );
}

const SPANS = [7, 30, 90, 365] as const;
const spanText = (days: number): string => days === 365 ? t('keep.year') : t('keep.days', { n: days });

/** For how long the log is kept. */
export function Keep({ days, onKept }: { days: number; onKept: (days: number) => void }) {
  const act = useAct();
  const keep = (wanted: number) => act.run(async () => {
    const { keepDays } = await client.me.keepLog(wanted);
    onKept(keepDays);
    toast(t('keep.saved', { n: keepDays }));
  });
  const spans = [...new Set([...SPANS, days])].sort((a, b) => a - b);
  return (
    <section class="card" aria-labelledby="keep">
      <div class="head"><h2 class="t-16" id="keep">{t('keep')}</h2></div>
      <div class="body stack tight">
        <div class="row wrap keep" role="radiogroup" aria-labelledby="keep">{spans.map((span) => <label class="chip pick" key={span}><input class="vh" type="radio" name="keep" checked={span === days} onChange={() => keep(span)} />{spanText(span)}</label>)}</div>
        <p class="hint">{t('keep.text')}</p>
        {act.error ? <p class="t-14 danger" role="alert">{faultText(act.error)}</p> : null}
      </div>
    </section>
  );
}

/** What no log of this house can show, said plainly. */
export function Cannot() {
  const midnight = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(Date.UTC(2027, 0, 1));
  return (
    <section class="card" aria-labelledby="cannot">
      <div class="head"><h2 class="t-16" id="cannot">{t('cannot')}</h2></div>
      <div class="body stack tight">
        <ul class="ticks t-14">{(['cannot.one', 'cannot.two', 'cannot.three'] as const).map((key) => <li key={key}><span class="amber"><Icon name="eye" /></span><span>{t(key)}</span></li>)}</ul>
        {new Date().getTimezoneOffset() ? <p class="hint">{t('cannot.days', { time: midnight })}</p> : null}
      </div>
    </section>
  );
}
