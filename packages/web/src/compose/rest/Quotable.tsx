import type { Quotable } from '@commonhold/sdk';
import { focusAsked, type Edit } from '../parts.ts';
import { t } from './words.ts';

/** Everybody who may be allowed to quote. */
export const QUOTABLE: readonly Quotable[] = ['anyone', 'followers', 'nobody'];

/** Who may quote the post that is being written, of those who may read it. */
export const QuotableRow = ({ quotes, edit }: { quotes: Quotable; edit: Edit }) => (
  <label class="line">
    <span>{t('quotable')}</span>
    <select class="input" ref={focusAsked('quotes')} value={quotes} onChange={(event) => edit({ quotes: event.currentTarget.value as Quotable })}>{QUOTABLE.map((who) => <option key={who} value={who}>{t(`quotable.${who}`)}</option>)}</select>
  </label>
);
