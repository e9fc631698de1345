import type { Card as Words, CircleLine, Contract } from '@commonhold/core';
import type { Unhonoured } from '@commonhold/sdk';
import type { ComponentChildren } from 'preact';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { language, locale, refusalText } from '../../i18n/index.ts';
import { openReport } from '../../state/report.ts';
import { keyText, reachOf, signedAt } from './facts.ts';
import { t } from './words.ts';

const SIGNS = { keeps: 'page', readers: 'eye', does: 'plug', leaving: 'leave' } as const satisfies Record<string, IconName>;
const CIRCLES: { readonly [circle in CircleLine['circle']]: readonly [icon: IconName, tone: string] } = {
  'only-me': ['lock', 'only-me'], makers: ['plug', 'everyone'], linked: ['people', 'people'], house: ['home', 'house'], members: ['plug', 'people'], 'signed-in': ['person', 'everyone'], everyone: ['globe', 'everyone'],
};
/* What is said of a question before the rest is asked for. */
const FIRST = 5;

function Question({ name, title, children }: { name: keyof typeof SIGNS; title: string; children: ComponentChildren }) {
  return (
    <section class="asked" aria-labelledby={`asked-${name}`}>
      <Icon name={SIGNS[name]} size="l" />
      <div class="stack tight grow"><h3 class="t-18 serif" id={`asked-${name}`}>{title}</h3>{children}</div>
    </section>
  );
}

/** Sentences: five of them at once, the rest when they are asked for. */
function Sentences({ said, icon }: { said: readonly string[]; icon?: IconName }) {
  const list = (some: readonly string[]) => <ul class="ticks">{some.map((one) => <li key={one}><span class={icon ? 'green' : 'dim'}><Icon name={icon ?? 'right'} size="s" /></span><span>{one}</span></li>)}</ul>;
  const rest = said.slice(FIRST);
  return <>{list(said.slice(0, FIRST))}{rest.length > 0 ? <details><summary class="tap">{t('card.more', { n: rest.length })}</summary>{list(rest)}</details> : null}</>;
}

function Circle({ line: { circle, name, reads } }: { line: CircleLine }) {
  const [icon, tone] = CIRCLES[circle];
  return <div><dt><span class={`tag ${tone}`}><Icon name={icon} />{name}</span></dt><dd>{reads}</dd></div>;
}

/** What deserves to be known before all else. */
function RedLines({ said }: { said: readonly string[] }) {
  if (said.length === 0) return null;
  return (
    <section class="note warn know" aria-labelledby="know">
      <Icon name="flag" />
      <div class="grow stack tight"><h3 class="t-16" id="know">{t('card.know', { n: said.length })}</h3><ul class="plain">{said.map((one) => <li key={one}>{one}</li>)}</ul></div>
    </section>
  );
}

/** What the contract declares and this house does not do: each reason once, its places behind a tap. */
function NotDone({ of }: { of: readonly Unhonoured[] }) {
  if (of.length === 0) return null;
  return (
    <section class="asked" aria-labelledby="asked-not-done">
      <Icon name="minus" size="l" />
      <div class="stack tight grow">
        <h3 class="t-18 serif" id="asked-not-done">{t('not-done')}</h3>
        <p class="t-14 dim">{t('not-done.text')}</p>
        <ul class="ticks">{Object.entries(Object.groupBy(of, ({ code }) => code)).map(([code, some = []]) => (
          <li key={code}><span class="dim"><Icon name="close" size="s" /></span><div class="grow">{refusalText({ code, detail: some[0]!.message })}<details><summary class="tap t-13">{t('not-done.places', { n: some.length })}</summary><ul class="places">{some.map(({ at }) => <li class="addr" key={at}>{at}</li>)}</ul></details></div></li>
        ))}</ul>
      </div>
    </section>
  );
}

/** A contract as a card: what to know first, then the four questions, in words of ours alone. `unhonoured`: what of it is not done here; `children`: what can be done about it. */
export function ContractCard({ contract, words, note, unhonoured = [], children }: { contract: Contract; words: Words; note?: ComponentChildren; unhonoured?: readonly Unhonoured[]; children?: ComponentChildren }) {
  const { service, version, purpose } = contract;
  const { questions, clusters } = words;
  return (
    <article class="card contract" aria-labelledby="contract" lang={language}>
      <header class="contract-head">
        <span class="svc g l"><Icon name="plug" size="l" /></span>
        <div class="grow"><h2 class="t-24" id="contract" tabIndex={-1} dir="auto">{service.title}</h2><p class="t-14 dim">{t('card.by', { publisher: service.publisher, version })}</p></div>
      </header>
      <div class="contract-top stack">{note}<p class="t-18" dir="auto">{t('quoted', { words: purpose })}</p><RedLines said={words.redLines} /></div>
      <Question name="keeps" title={questions.keeps}>
        {clusters.length > 0 ? <ul class="chips small">{clusters.map(({ name, count }) => <li class="tag" key={name} dir="auto">{count > 1 ? t('card.cluster', { name, count }) : name}</li>)}</ul> : null}
        <Sentences said={words.keeps} />
      </Question>
      <Question name="readers" title={questions.readers}>
        <dl class="circles">{words.circles.map((line) => <Circle key={line.circle} line={line} />)}</dl>
        <details><summary class="tap">{t('card.rules', { n: words.rules.size })}</summary><ul class="ticks">{[...words.rules.values()].map((one) => <li><span class="dim"><Icon name="right" size="s" /></span><span>{one}</span></li>)}</ul></details>
      </Question>
      <Question name="does" title={questions.does}><Sentences said={words.does} icon="check" /></Question>
      <Question name="leaving" title={questions.leaving}><Sentences said={words.leaving} /></Question>
      <NotDone of={unhonoured} />
      {children ? <div class="contract-acts stack">{children}</div> : null}
    </article>
  );
}

/** Who stands behind a contract, as far as signatures can say, and the contract to the letter. `joined`: by the reader. */
export function Behind({ contract, hash, source, joined }: { contract: Contract; hash: string; source?: ComponentChildren; joined: boolean }) {
  const { service, signature } = contract;
  const at = signedAt(signature?.at);
  const facts: [string, ComponentChildren][] = [
    [t('behind.key'), service.key === null ? t('behind.none') : <span class="addr">{keyText(service.key)}</span>],
    [t('behind.signed'), !signature ? t('behind.unsigned') : at === null ? t('behind.signed.checked') : t('behind.signed.at', { when: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(at) })],
    ...(service.endpoint ? [[t('behind.where'), <span class="addr">{reachOf(service.endpoint)}</span>] as [string, ComponentChildren]] : []),
    ...(service.website ? [[t('behind.website'), <a href={service.website} target="_blank" rel="noopener noreferrer nofollow">{reachOf(service.website)}</a>] as [string, ComponentChildren]] : []),
    ...(service.support ? [[t('behind.support'), <span class="addr">{service.support.replace(/^mailto:/, '')}</span>] as [string, ComponentChildren]] : []),
    ...(source ? [[t('behind.source'), source] as [string, ComponentChildren]] : []),
  ];
  return (
    <section class="card" aria-labelledby="behind">
      <div class="head"><h2 class="t-16" id="behind">{t('behind')}</h2></div>
      <div class="body stack tight">
        <dl class="facts-list">{facts.map(([name, what]) => <div key={name}><dt class="dim">{name}</dt><dd>{what}</dd></div>)}</dl>
        <details><summary class="tap"><Icon name="page" size="s" />{t('behind.exact')}</summary><p class="t-13 dim">{t('behind.hash')} <span class="addr">{hash}</span></p><pre class="exact" tabIndex={0} aria-label={t('behind.exact')}>{JSON.stringify(contract, null, 2)}</pre></details>
        {service.key === null ? null : <div class="row wrap"><Button kind="plain" small icon="flag" onClick={() => openReport({ service: service.id, title: service.title, joined })}>{t('report')}</Button></div>}
      </div>
    </section>
  );
}
