import type { Backup, RestoreState } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import '../../components/jobs.css';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { faultText } from '../../components/Empty.tsx';
import { locale, refusalText } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { BackupPlace, draftOf, targetOf } from '../parts/BackupPlace.tsx';
import { t } from '../parts/backupWords.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';

const ASK_MS = 700;
const wordsIn = (text: string): string[] => text.toLowerCase().split(/[^a-z]+/).filter(Boolean);

/** The other half of founding: a house that was, out of its backups. */
export function Restore({ code: given, onBack }: { code: string; onBack: () => void }) {
  const act = useAct();
  const [code, setCode] = useState(given), [place, setPlace] = useState(() => draftOf(null)), [text, setText] = useState('');
  const [found, setFound] = useState<Backup[] | null>(null), [chosen, choose] = useState(''), [off, setOff] = useState(false), [tried, setTried] = useState(false);
  const [state, setState] = useState<RestoreState | null>(null);
  const words = wordsIn(text);
  const target = targetOf(place);
  useEffect(() => { void client.backups.restoreState().then((now) => { if (now.state === 'running' || now.state === 'done') setState(now); }).catch(() => undefined); }, []);
  if (state && state.state !== 'failed') return <Under state={state} onState={setState} />;
  const look = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (words.length === 24 && target && code.trim() !== '') act.run(async () => { const { backups } = await client.backups.look({ code: code.trim(), target, words }); setTried(false); setFound(backups); choose(backups[0]!.id); });
  };
  const go = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (off && target) act.run(async () => setState(await client.backups.restore({ code: code.trim(), target, words, backup: chosen })));
  };
  const error = state?.failed ? <Note kind="bad" alert>{t('restore.failed', { say: refusalText({ code: state.failed.code, detail: state.failed.say }) })}</Note> : act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null;
  return (
    <form class="card pad stack loose" onSubmit={found ? go : look} noValidate aria-labelledby="restore">
      <div class="stack tight"><h1 class="t-24" id="restore" tabIndex={-1}>{t('restore.title')}</h1><p class="dim">{t('restore.lead')}</p></div>
      {found ? (
        <>
          <fieldset class="stack tight">
            <legend class="b">{t('restore.choose')}</legend>
            {found.map(({ id, at, title, people }) => (
              <label class="row" key={id}><input type="radio" name="backup" checked={id === chosen} onChange={() => choose(id)} /><span>{title}, {whenText(at, Date.now(), locale)}, {t('line', { people, size: t('mib', { n: (found.find((one) => one.id === id)!.bytes / 1024 ** 2).toLocaleString(locale, { maximumFractionDigits: 1 }) }) })}</span></label>
            ))}
          </fieldset>
          <label class="row"><input type="checkbox" checked={off} onChange={(event) => setOff(event.currentTarget.checked)} /><span>{t('restore.off')}</span></label>
          {tried && !off ? <Note kind="bad" alert>{t('restore.off.missing')}</Note> : null}
        </>
      ) : (
        <>
          <BackupPlace draft={place} onDraft={setPlace} words={{ kind: t('restore.kind'), label: t('restore.where'), hint: t('restore.where.hint') }} tried={tried} />
          <Field label={t('restore.words')} value={text} onInput={setText} rows={4} hint={t('restore.words.hint')} dir="ltr" spellcheck={false} autoCapitalize="none" autoComplete="off" error={tried && words.length !== 24 ? t('restore.words.wrong', { n: words.length }) : undefined} name="words" />
          <Field label={t('restore.code')} value={code} onInput={setCode} spellcheck={false} autoCapitalize="none" autoComplete="off" error={tried && code.trim() === '' ? t('restore.needed') : undefined} name="code" />
        </>
      )}
      {error}
      <Button kind="fill" type="submit" block busy={act.busy}>{found ? t('restore.go') : t('restore.look')}</Button>
      <Button kind="plain" block onClick={onBack}>{t('restore.back')}</Button>
    </form>
  );
}

/** How far it is; once the house answers as one that was founded, its people may log in. */
function Under({ state, onState }: { state: RestoreState; onState: (state: RestoreState) => void }) {
  useEffect(() => {
    const timer = setInterval(() => {
      client.house.get().then(async ({ founded }) => { if (founded) location.assign('/login'); else onState(await client.backups.restoreState()); }).catch(() => undefined);
    }, ASK_MS);
    return () => clearInterval(timer);
  }, []);
  const { done, of, words } = state;
  const label = state.state === 'done' ? t('restore.opening') : t(words === 'checking' ? 'restore.checking' : 'restore.fetching');
  return (
    <div class="card pad stack job" role="status">
      <h1 class="t-24">{t('restore.title')}</h1>
      <p>{label}</p>
      <progress aria-label={label} {...(of > 0 && state.state === 'running' ? { value: done, max: of } : {})} />
    </div>
  );
}
