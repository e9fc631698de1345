import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Field } from '../../../components/Field.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { acts } from '../../../keys/index.ts';
import { me } from '../../../state/session.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { t as move } from '../../parts/movingWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';
import { KeyNotices } from './KeyNotices.tsx';

/** The way to another house, in three steps. */
function MoveOut() {
  return (
    <section class="card" aria-labelledby="out">
      <div class="head"><h2 class="t-20" id="out">{move('out')}</h2></div>
      <div class="body stack">
        <p>{move('out.text')}</p>
        <ol class="stack tight">{[move('out.one'), move('out.two'), move('out.three')].map((what) => <li key={what}>{what}</li>)}</ol>
        <p class="row wrap"><Button href="/settings/data">{move('out.download')}</Button><Button kind="plain" href="/moved">{move('out.tell')}</Button></p>
      </div>
    </section>
  );
}

/** The end of a persona: what it means, and the way there. */
export function Retire() {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const points = [t('leave.one'), t('leave.two'), t('leave.three'), t('leave.four')];
  return (
    <>
      <MoveOut />
      <section class="card" aria-labelledby="leave">
        <div class="head"><h2 class="t-20" id="leave">{t('leave')}</h2></div>
        <div class="body stack">
          <p>{t('leave.text')}</p>
          <ul class="ticks">{points.map((what) => <li><span class="amber"><Icon name="leave" /></span>{what}</li>)}</ul>
          {done ? null : <Button kind="danger" onClick={() => setOpen(true)}>{t('leave.open')}</Button>}
        </div>
        {open ? <Asking onClose={() => setOpen(false)} onDone={() => { setOpen(false); setDone(true); }} /> : null}
      </section>
      <div class="stack"><KeyNotices key={String(done)} /></div>
    </>
  );
}

function Asking({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { persona, handle } = me.value!;
  const act = useAct();
  const [typed, type] = useState('');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const sure = name.trim().replace(/^@/, '').toLowerCase() === handle;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (sure) act.run(async () => { await (await acts()).retire(persona, typed); onDone(); });
  };
  return (
    <Dialog title={t('leave.title')} onClose={onClose}>
      <form class="body stack" onSubmit={submit} noValidate autocomplete="off">
        <p>{t('leave.one')}</p>
        <Field label={t('leave.handle', { handle })} value={name} onInput={setName} error={tried && !sure ? t('leave.handle.wrong') : undefined}
          autoCapitalize="none" spellcheck={false} autoComplete="off" />
        <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} />
        {act.error && !isAboutWords(act.error) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
        <Button kind="danger" type="submit" block busy={act.busy}>{act.busy ? t('leave.busy') : t('leave.go')}</Button>
      </form>
    </Dialog>
  );
}
