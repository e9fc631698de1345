import type { Choices, Quotable } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { faultText, Failed } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { QUOTABLE } from '../../compose/rest/Quotable.tsx';
import { t as tCompose } from '../../compose/rest/words.ts';
import { client } from '../../state/client.ts';
import { setUndoPosts, undoPosts } from '../../state/undoPosts.ts';
import { Switch } from '../parts/Switch.tsx';
import { useLoad } from '../parts/useLoad.ts';
import { t } from '../parts/words.ts';

/** What holds for all one's posts that say nothing of it; shown as chosen at once, and as it was where the house says no. */
function ForAll() {
  const { value, error, again, set } = useLoad((signal) => client.microblog.choices({ signal }));
  const [fault, setFault] = useState<string | null>(null);
  if (error) return <Failed title={t('writing.failed')} error={error} again={again} />;
  if (!value) return <div aria-busy="true" />;
  const choose = async (change: Partial<Choices>) => {
    set({ ...value, ...change });
    setFault(null);
    try { set(await client.microblog.setChoices({ ...value, ...change })); } catch (refused) {
      set(value);
      setFault(faultText(refused));
    }
  };
  return (
    <>
      <fieldset class="stack tight">
        <legend class="label">{t('writing.quotes')}</legend>
        <div class="row wrap">{QUOTABLE.map((who: Quotable) => <label class="chip pick" key={who}><input class="vh" type="radio" name="quotes" checked={value.quotes === who} onChange={() => void choose({ quotes: who })} />{tCompose(`quotable.${who}`)}</label>)}</div>
        <p class="t-14 dim">{t('writing.quotes.text')}</p>
      </fieldset>
      {fault ? <Note kind="bad" alert>{fault}</Note> : null}
    </>
  );
}

/** How posts are written: in this browser, and everywhere. */
export function Writing() {
  return (
    <section class="card" aria-labelledby="writing">
      <div class="head"><h2 class="t-20 grow" id="writing">{t('writing')}</h2><a class="tap" href="/drafts">{t('writing.drafts')}</a></div>
      <div class="body stack">
        <div class="row">
          <div class="grow"><p class="b">{t('writing.undo')}</p><p class="t-14 dim">{t('writing.undo.text')}</p></div>
          <Switch label={t('writing.undo')} on={undoPosts.value} onChange={setUndoPosts} />
        </div>
        <hr class="rule" />
        <ForAll />
      </div>
    </section>
  );
}
