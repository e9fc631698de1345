import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Note } from '../../../components/Note.tsx';
import { acts } from '../../../keys/index.ts';
import { me, refreshMe } from '../../../state/session.ts';
import { kept } from '../../../vault/index.ts';
import { toast } from '../../../state/toast.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { useLoad } from '../../parts/useLoad.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';

/** Replaces the recovery words: signed by the old ones, which this browser may still hold. `onNew` shows the new ones. */
export function NewWords({ onNew }: { onNew: () => void }) {
  const { persona } = me.value!;
  const mine = useLoad(async () => {
    const found = await kept(persona);
    return { device: found !== undefined, held: found?.entropy !== undefined && await (await acts()).settleWords(persona) !== null };
  }, persona);
  const [open, setOpen] = useState(false);
  const [typed, type] = useState('');
  const act = useAct();
  const go = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      await (await acts()).newWords(persona, mine.value!.held ? null : typed);
      await refreshMe();
      toast(t('renew.done'));
      onNew();
    });
  };
  return (
    <section class="card" aria-labelledby="renew">
      <div class="head"><h2 class="t-20" id="renew">{t('renew')}</h2></div>
      <div class="body stack">
        <p>{t('renew.text')}</p>
        {mine.error ? <Note kind="bad">{keyFault(mine.error)}</Note> : !mine.value ? null : !mine.value.device ? <Note kind="plain" icon="key">{t('renew.device')}</Note> : !open ? <Button block onClick={() => setOpen(true)}>{t('renew.open')}</Button> : (
          <form class="stack" onSubmit={go} noValidate autocomplete="off">
            <p class="dim t-14">{mine.value.held ? t('renew.held') : t('renew.type')}</p>
            {mine.value.held ? null : <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} />}
            {act.error && !isAboutWords(act.error) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
            <Button kind="danger" type="submit" block busy={act.busy}>{act.busy ? t('renew.busy') : t('renew.go')}</Button>
          </form>
        )}
      </div>
    </section>
  );
}
