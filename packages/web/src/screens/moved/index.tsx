import { useEffect, useState } from 'preact/hooks';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { moving } from '../../keys/index.ts';
import type { Note as MovingNote } from '../../keys/moving.ts';
import { house, me } from '../../state/session.ts';
import { keyFault } from '../parts/keyWords.ts';
import { LogInFirst } from '../parts/LogInFirst.tsx';
import { t } from '../parts/movingWords.ts';
import { dropNote, takeNote } from '../parts/note.ts';
import { useAct } from '../parts/useAct.ts';

const KEPT = 'commonhold.moved';

/** The house that somebody leaves is told so, by a note of their own key that the new house made. */
export default function Moved() {
  const [text, setText] = useState(() => takeNote(KEPT));
  return <Page title={t('moved.title')} headless><div class="narrow">{me.value ? <Telling text={text} onText={setText} /> : <LogInFirst title={t('moved.title')} text={t('moved.login')} next="/moved" />}</div></Page>;
}

function Telling({ text, onText }: { text: string; onText: (text: string) => void }) {
  const act = useAct();
  const { persona, name } = me.value!;
  const [came] = useState(text !== '');
  const [note, setNote] = useState<MovingNote | null | undefined>(undefined);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  useEffect(() => { void moving().then(({ readNote: read }) => setNote(text === '' ? null : read(text))); }, [text]);
  if (done) return <Done />;
  const wrong = text === '' || note === undefined ? undefined : note === null ? t('moved.bad') : note.persona === persona ? undefined : t('moved.other', { name });
  const go = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (note?.persona === persona) act.run(async () => { await (await moving()).tell(note, t('moved.line')); dropNote(KEPT); setDone(true); });
  };
  return (
    <form class="card pad stack loose" onSubmit={go} noValidate>
      <div class="stack tight"><h1 class="t-24" tabIndex={-1}>{t('moved.title')}</h1><p class="dim">{t('moved.text')}</p></div>
      {came && !wrong ? null : <Field label={t('moved.paste')} hint={t('moved.paste.hint')} rows={3} dir="ltr" value={text} onInput={onText} spellcheck={false} autoCapitalize="none" autoComplete="off" error={wrong ?? (tried && text === '' ? t('moved.bad') : undefined)} />}
      {note?.at && !wrong ? <p class="t-14">{t('moved.at')} <span class="addr">{note.at}</span></p> : null}
      {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
      <Button kind="fill" type="submit" block busy={act.busy}>{act.busy ? t('moved.busy') : t('moved.go')}</Button>
      <Button kind="plain" block href="/settings/leave">{t('out')}</Button>
    </form>
  );
}

const Done = () => (
  <div class="card empty" role="status">
    <HouseMark id={house.value!.id} large />
    <h1 class="t-24" tabIndex={-1}>{t('moved.done')}</h1>
    <p>{t('moved.done.text')}</p>
    <Button kind="fill" href="/">{t('moving.home')}</Button>
  </div>
);
