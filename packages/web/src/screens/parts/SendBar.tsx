import './file.css';
import { locale } from '../../i18n/index.ts';
import { t } from './carryWords.ts';

/** How much of a file has reached the house: `part` 0 to 1; all of it, and the house is putting it down. */
export function SendBar({ part }: { part: number }) {
  const label = part < 1 ? t('bring.sending') : t('bring.sent');
  return (
    <div class="sending">
      <div class="row"><p class="grow t-14" role="status">{label}</p><p class="t-14 dim">{part.toLocaleString(locale, { style: 'percent' })}</p></div>
      <progress aria-label={label} {...(part < 1 ? { value: part } : {})} />
    </div>
  );
}
