import { useState } from 'preact/hooks';
import type { Person, Report, ReportAct } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { noticeRound } from '../../state/notices.ts';
import { refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { byIn, nameIn, when } from './names.ts';
import { Deeds, ReportedService } from './ReportedService.tsx';
import { t } from './words.ts';

/** What members reported: what waits, with what they could read, and what was answered. */
export function Reports() {
  const [state, show] = useState<'open' | 'done'>('open');
  const load = useLoad((signal) => client.care.reports(state, { signal }), `${state} ${noticeRound.value}`);
  const done = (): void => { toast(t('answered')); toHeading(); load.again(); void refreshMe(); };
  const none = state === 'open' ? <Empty title={t('reports.none')}><p>{t('reports.none.text')}</p></Empty> : <Empty title={t('reports.none.done')}><p>{t('reports.none.done.text')}</p></Empty>;
  return (
    <div class="stack narrow-page">
      <div class="row wrap">{(['open', 'done'] as const).map((one) => <button type="button" class="chip" key={one} aria-pressed={one === state} onClick={() => show(one)}>{t(`reports.${one}`)}</button>)}</div>
      <Loaded load={load}>{({ reports }) => reports.length === 0 ? <div class="card">{none}</div> : together(reports).map((same) => <Card key={same[0]!.id} same={same} onDone={done} />)}</Loaded>
    </div>
  );
}

/* Reports about the same, answered at the same time, are one card: one answer is for all of them. */
const together = (reports: readonly Report[]): Report[][] =>
  [...Map.groupBy(reports, ({ about, answer }) => `${'service' in about ? about.service : `${about.persona}/${about.key ?? ''}`}/${answer?.at ?? ''}`).values()];

const headOf = ({ about, person, content }: Report): string =>
  person === null ? t('reports.service', { title: content.service!.title }) : 'key' in about ? t('reports.post', { name: nameIn(person) }) : nameIn(person);

function Card({ same, onDone }: { same: readonly Report[]; onDone: () => void }) {
  const first = same[0]!;
  const { person, answer, hidden, shelved } = first;
  const head = headOf(first);
  return (
    <article class="card" aria-label={head}>
      <div class="body stack">
        <div class="row"><div class="grow"><h2 class="t-16">{head}</h2><p class="dim t-14">{t('reports.n', { n: same.length })}</p></div>{hidden ? <span class="tag"><Icon name="veil" />{t('reports.hidden')}</span> : null}{shelved ? <span class="tag house"><Icon name="check" />{t('reports.shelved')}</span> : null}</div>
        {person ? <Content report={first} person={person} /> : <ReportedService report={first} />}
        <ul class="who-said">{same.map(({ id, reporter, reason, words, at, content: { log } }) => (
          <li key={id} class="row start">
            <Face persona={reporter.persona} size={36} />
            <div class="grow stack tight"><p><b>{nameIn(reporter)}</b> <time class="t-14 dim" dateTime={new Date(at).toISOString()}>{when(at)}</time></p><p class="row"><span class="tag warn"><Icon name="flag" />{t(`reason.${reason}`)}</span></p>{words ? <p class="said-words" dir="auto">{words}</p> : null}{log ? <Deeds log={log} contract={first.content.contract} /> : null}</div>
          </li>
        ))}</ul>
        {answer ? <Note kind="plain" icon="check"><p>{t(`answered.${answer.act}`, { name: byIn(answer.by), when: when(answer.at) })}</p>{answer.words ? <p dir="auto">{answer.words}</p> : null}</Note> : <Answer report={first} onDone={onDone} />}
      </div>
    </article>
  );
}

/* What came with the report, not what the post says now: that may have changed, or not be for stewards. */
function Content({ report: { content, at, about }, person }: { report: Report; person: Person }) {
  const body = content.post?.body;
  const name = content.person?.name || content.profile?.name || nameIn(person);
  return (
    <section class="well stack tight" aria-label={t('reports.was', { when: when(at) })}>
      <div class="row"><Face persona={person.persona} size={24} /><b class="clip1" dir="auto">{name}</b></div>
      {body?.warning ? <p class="b" dir="auto">{body.warning}</p> : null}
      {body ? <p class="carried" dir="auto">{body.text}</p> : null}
      {body?.images?.map(({ alt }, i) => <p class="t-14 dim" key={i} dir="auto">{alt ? t('reports.alt', { alt }) : t('reports.noalt')}</p>)}
      {content.profile?.bio ? <p class="carried" dir="auto">{content.profile.bio}</p> : null}
      <p class="t-14 dim row wrap"><span>{t('reports.was', { when: when(at) })}</span>{person.handle ? <a href={`/@${person.handle}${'key' in about ? `/${about.key}` : ''}`}>{t('reports.open.post')}</a> : null}</p>
    </section>
  );
}

const actsFor = ({ about, shelved }: Report): ReportAct[] =>
  'service' in about ? (shelved ? ['unshelve', 'none'] : ['none']) : 'key' in about ? ['hide', 'warn', 'suspend', 'none'] : ['warn', 'suspend', 'none'];

function Answer({ report, onDone }: { report: Report; onDone: () => void }) {
  const { id, person } = report;
  const act = useAct();
  const [words, setWords] = useState('');
  const acts = actsFor(report);
  const answer = (one: ReportAct): void => act.run(async () => {
    await client.care.answer(id, { act: one, ...(words.trim() && { words: words.trim() }) });
    onDone();
  });
  return (
    <div class="stack">
      <Field label={person ? t('reports.words', { name: nameIn(person) }) : t('reports.words.service')} value={words} onInput={setWords} rows={2} maxLength={1000} hint={t(person ? 'reports.words.hint' : 'reports.words.service.hint')} />
      {person || acts.length > 1 ? null : <p class="hint">{t('reports.service.free')}</p>}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div class="pair acts-of">{acts.map((one) => <Button key={one} kind={one === 'suspend' ? 'danger' : one === 'hide' || one === 'unshelve' ? 'fill' : 'edge'} block busy={act.busy} onClick={() => answer(one)}>{t(one === 'none' && !person ? 'answer.none.service' : `answer.${one}`)}</Button>)}</div>
    </div>
  );
}
