import type { KeyLog } from '@commonhold/sdk';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Icon, type IconName } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { locale } from '../../../i18n/index.ts';
import { acts } from '../../../keys/index.ts';
import { client } from '../../../state/client.ts';
import { house, me } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { kept } from '../../../vault/index.ts';
import { keyFault, t, tx } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { whenText } from '../../parts/when.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';

/** What is the matter with the person's key log, in words; nothing while all is well. `onChange` after something was taken back; `sheet` where cards reach the window's edges. */
export function KeyNotices({ sheet, onChange = () => undefined }: { sheet?: boolean; onChange?: () => void }) {
  const persona = me.value?.persona ?? '';
  const [seen, see] = useState<{ log: KeyLog; mine: string | null } | null>(null);
  useEffect(() => {
    // Whoever cannot be asked now is asked with the next page; the screens below say what failed.
    void Promise.all([client.keys.log(), kept(persona)]).then(([log, mine]) => see({ log, mine: mine?.deviceKey ?? null }), () => undefined);
  }, [persona]);
  if (!seen) return null;
  const { log: { pending, retired, here, waits }, mine } = seen;
  const alarms = openAlarms(seen.log);
  if (here && !pending && !retired && !waits && alarms.length === 0) return null;
  return (
    <div class={sheet ? 'stack' : 'stack in-page'}>
      {retired ? <Card icon="leave" title={t('retired.title')}><p>{t('retired.text')}</p></Card> : null}
      {alarms.length > 0 && !retired ? (
        <Card icon="flag" title={t('alarm.title')}><p>{t('alarm.text')}</p><div class="row"><Button href="/settings/words">{t('alarm.go')}</Button></div></Card>
      ) : null}
      {waits ? <Waits device={waits} mine={mine} onDone={(log) => { see({ log, mine }); onChange(); }} /> : null}
      {pending ? <Pending pending={pending} isHere={here} mine={mine} onBack={(log) => { see({ log, mine }); onChange(); }} /> : null}
      {here || retired ? null : <Elsewhere log={seen.log} />}
    </div>
  );
}

/** Rivals that still matter: words that were replaced later can sign nothing more. */
function openAlarms({ alarms, statements }: KeyLog): KeyLog['alarms'] {
  const replaced = statements.findLastIndex(({ statement }) => statement.type === 'rotate-recovery');
  return alarms.filter(({ height }) => height >= replaced);
}

/** Home is another house: this one was left, or holds a copy of somebody who is moving in. */
function Elsewhere({ log }: { log: KeyLog }) {
  if (!livedHere(log)) return <Card icon="home" title={t('copy.title')}><p>{t('copy.text')}</p><div class="row"><Button href="/moving">{t('copy.go')}</Button></div></Card>;
  return log.pending ? null : <Card icon="home" title={t('moved.title')}><p>{tx('moved.text', { house: <span class="addr">{log.home ?? ''}</span> })}</p></Card>;
}

/** Whether this house was ever their home: if not, it holds a copy of somebody who is moving in. */
const livedHere = ({ statements }: KeyLog): boolean => statements.some(({ statement }) => statement.type === 'set-home' && statement.house === house.value?.id);

function Card({ icon, title, children }: { icon: IconName; title: string; children: ComponentChildren }) {
  return (
    <section class="card sheet pad stack tight key-notice" aria-label={title}>
      <div class="row start"><span class="svc a"><Icon name={icon} /></span><div class="grow stack tight"><h2 class="t-16">{title}</h2>{children}</div></div>
    </section>
  );
}

/** The pod was restored from a backup: its person lets the house write again, by this browser's key where it may, else by the words. */
function Waits({ device, mine, onDone }: { device: string; mine: string | null; onDone: (log: KeyLog) => void }) {
  const act = useAct();
  const [typed, type] = useState(''), [asking, ask] = useState(mine === null);
  const allow = (words: string | null): void => act.run(async () => {
    const log = await (await acts()).letWrite(me.value!.persona, device, words);
    toast(t('waits.done'));
    onDone(log);
  });
  const go = act.busy ? t('waits.busy') : t('waits.go');
  return (
    <Card icon="home" title={t('waits.title')}>
      <p>{t('waits.text')}</p>
      {asking ? (
        <form class="stack" noValidate autocomplete="off" onSubmit={(event) => { event.preventDefault(); allow(typed); }}>
          <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} />
          <div><Button type="submit" busy={act.busy}>{go}</Button></div>
        </form>
      ) : (
        <div class="row wrap">
          <Button kind="fill" busy={act.busy} onClick={() => allow(null)}>{go}</Button>
          <Button kind="plain" onClick={() => ask(true)}>{t('waits.words')}</Button>
        </div>
      )}
      {act.error && !(asking && isAboutWords(act.error)) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
    </Card>
  );
}

/** A move that can still be taken back: by this browser's key where it may, else by the words. */
function Pending({ pending, isHere, mine, onBack }: { pending: NonNullable<KeyLog['pending']>; isHere: boolean; mine: string | null; onBack: (log: KeyLog) => void }) {
  const act = useAct();
  const may = mine !== null && pending.mayRevert.includes(mine);
  const [asking, ask] = useState(false);
  const [typed, type] = useState('');
  const back = (words: string | null): void => act.run(async () => {
    const log = await (await acts()).takeBack(me.value!.persona, words);
    toast(t('move.done'));
    onBack(log);
  });
  return (
    <Card icon="home" title={t(isHere ? 'move.title.here' : 'move.title')}>
      <p>{t('move.text', { when: whenText(pending.until, Date.now(), locale) })}</p>
      {may ? null : <p class="dim t-14">{t('move.own')}</p>}
      {asking ? (
        <form class="stack" noValidate autocomplete="off" onSubmit={(event) => { event.preventDefault(); back(typed); }}>
          <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} />
          <Button type="submit" busy={act.busy}>{act.busy ? t('move.busy') : t('move.back')}</Button>
        </form>
      ) : (
        <div class="row wrap">
          {may ? <Button busy={act.busy} onClick={() => back(null)}>{act.busy ? t('move.busy') : t('move.back')}</Button> : null}
          <Button kind="plain" onClick={() => ask(true)}>{t('move.words')}</Button>
        </div>
      )}
      {act.error && !(asking && isAboutWords(act.error)) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
    </Card>
  );
}
