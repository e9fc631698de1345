import { reading } from '../i18n/en/reading.ts';
import { scope } from '../i18n/scope.ts';

/** Words that stand on posts. */
export const { t, tx } = scope('reading', reading);
