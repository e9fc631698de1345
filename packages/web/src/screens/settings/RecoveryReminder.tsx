import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import '../parts/parts.css';
import { Icon } from '../../components/Icon.tsx';
import { me } from '../../state/session.ts';
import { reminder } from '../../i18n/en/reminder.ts';
import { scope } from '../../i18n/scope.ts';

const { t } = scope('reminder', reminder);
let putOff = false;

/**
 * For Home, once the person has posted: asks to write the recovery words down. "Later" lasts until the page is
 * opened anew; written words end it for good. Nothing for those whose keys the house made: there are no words to show.
 */
export function RecoveryReminder() {
  const [later, setLater] = useState(putOff);
  const who = me.value;
  if (later || !who || who.wordsWritten || who.recovery !== 'browser') return null;
  return (
    <section class="card sheet pad stack tight" aria-labelledby="reminder">
      <div class="row start"><span class="svc a"><Icon name="key" /></span><div class="grow"><h2 class="t-16" id="reminder">{t('title')}</h2><p class="t-14 dim">{t('text')}</p></div></div>
      <div class="row wrap"><Button small href="/settings/words">{t('go')}</Button><Button small kind="plain" onClick={() => { putOff = true; setLater(true); }}>{t('later')}</Button></div>
    </section>
  );
}
