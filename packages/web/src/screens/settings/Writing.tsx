import { setUndoPosts, undoPosts } from '../../state/undoPosts.ts';
import { Switch } from '../parts/Switch.tsx';
import { t } from '../parts/words.ts';

/** How posts are written in this browser. */
export function Writing() {
  return (
    <section class="card" aria-labelledby="writing">
      <div class="head"><h2 class="t-20 grow" id="writing">{t('writing')}</h2><a class="tap" href="/drafts">{t('writing.drafts')}</a></div>
      <div class="body stack">
        <div class="row">
          <div class="grow"><p class="b">{t('writing.undo')}</p><p class="t-14 dim">{t('writing.undo.text')}</p></div>
          <Switch label={t('writing.undo')} on={undoPosts.value} onChange={setUndoPosts} />
        </div>
      </div>
    </section>
  );
}
