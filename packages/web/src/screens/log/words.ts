import { log } from '../../i18n/en/log.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of the access log. */
export const { t, tx } = scope('log', log);
