import { clock, now } from '../../state/clock.ts';
import { focusAsked, type Edit } from '../parts.ts';
import { mayBeDue } from '../ready.ts';
import { dueWords, fieldTime, fieldValue, usualTimes } from './due.ts';
import { Take } from './Take.tsx';
import { t } from './words.ts';

/** When it goes out by itself: the usual times, any other, and what that is in words. */
export function DuePart({ due, edit }: { due: number; edit: Edit }) {
  const set = (ms: number | null) => { if (ms !== null) edit({ due: ms }); };
  return (
    <fieldset class="box">
      <legend class="vh">{t('due')}</legend>
      <div class="box-head"><b class="t-14">{t('due')}</b><Take label={t('due.off')} onTake={() => edit({ due: undefined })} /></div>
      <div class="row wrap">{usualTimes(now.value).map((one) => <button key={one.name} type="button" class="chip" aria-pressed={one.due === due ? 'true' : 'false'} onClick={() => set(one.due)}>{t(`due.${one.name}`)}</button>)}</div>
      <label class="line"><span>{t('due.other')}</span><input class="input" ref={focusAsked('due')} type="datetime-local" min={fieldValue(now.value + 60_000)} value={fieldValue(due)} onInput={(event) => set(fieldTime(event.currentTarget.value))} /></label>
      <p class="t-14" role="status">{mayBeDue(due, Date.now()) ? t('due.words', dueWords(due, now.value, clock)) : t('due.past')}</p>
    </fieldset>
  );
}
