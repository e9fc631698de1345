import { repair } from '../../i18n/en/repair.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of what waits for a decision. */
export const { t, tx } = scope('repair', repair);
