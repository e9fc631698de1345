import type { Joined } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { LogInFirst } from '../parts/LogInFirst.tsx';
import { t } from '../parts/movingWords.ts';
import { dropNote, takeNote } from '../parts/note.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { readPlace } from '../services/place.ts';

const KEPT = 'commonhold.hand-over';

/** The house that a name leaves is asked to hand it over, by a note that the new house made. */
export default function HandOver() {
  const [note, setNote] = useState(() => takeNote(KEPT));
  return (
    <Page title={t('hand.title')} headless>
      <div class="narrow">{me.value ? <Handing note={note} onNote={setNote} /> : <LogInFirst title={t('hand.title')} text={t('hand.login')} next="/moved/name" />}</div>
    </Page>
  );
}

function Handing({ note, onNote }: { note: string; onNote: (note: string) => void }) {
  const act = useAct();
  const load = useLoad((signal) => client.services.mine({ signal }));
  const [came] = useState(note !== '');
  const [picked, pick] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<Joined | null>(null);
  if (done) return <Done of={done} />;
  const names = load.value?.services.filter(({ as, state }) => as === 'pseudonym' && state !== 'leaving') ?? [];
  const place = readPlace(note), chosen = names.find(({ persona }) => persona === picked);
  const go = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (chosen?.state === 'moved') { setDone(chosen); return; }
    if (place && chosen) act.run(async () => { setDone(await client.services.handOver(chosen.persona, chosen.service, place)); dropNote(KEPT); });
  };
  return (
    <form class="card pad stack loose" onSubmit={go} noValidate>
      <div class="stack tight"><h1 class="t-24" tabIndex={-1}>{t('hand.title')}</h1><p class="dim">{t('hand.text')}</p></div>
      {load.error ? <Failed title={t('hand.failed')} error={load.error} again={load.again} /> : null}
      {came && place ? null : <Field label={t('moved.paste')} hint={t('hand.paste.hint')} rows={3} dir="ltr" value={note} onInput={onNote} spellcheck={false} autoCapitalize="none" autoComplete="off" error={(note !== '' || tried) && !place ? t('moved.bad') : undefined} />}
      {load.value && names.length === 0 ? <p>{t('hand.none')}</p> : (
        <fieldset class="audiences"><legend class="b">{t('hand.which')}</legend>
          {names.map((one) => <label key={one.persona}><input type="radio" name="which" checked={picked === one.persona} onChange={() => pick(one.persona)} /><Face persona={one.persona} size={36} /><span class="grow"><b dir="auto">{one.title}</b>{one.state === 'moved' ? <small class="hint block">{t('hand.moved')}</small> : null}</span></label>)}
        </fieldset>
      )}
      {tried && !chosen && names.length > 0 ? <Note kind="bad" alert>{t('hand.pick')}</Note> : null}
      <p class="hint">{t('hand.then')}</p>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <Button kind="fill" type="submit" block busy={act.busy}>{t('hand.go')}</Button>
      <Button kind="plain" block href="/services">{t('hand.not')}</Button>
    </form>
  );
}

const Done = ({ of }: { of: Joined }) => (
  <div class="card pad stack loose" role="status">
    <h1 class="t-24" tabIndex={-1}>{t('hand.done', { title: of.title })}</h1>
    <p>{t('hand.done.text')}</p>
    <a class="btn fill block" href={client.services.exportUrl(of.persona, of.service)} download><Icon name="save" />{t('hand.file')}</a>
    <p class="hint">{t('hand.left')}</p>
    <Button kind="plain" block href="/services">{t('hand.back')}</Button>
  </div>
);
