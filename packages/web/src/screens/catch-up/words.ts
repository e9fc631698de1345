import { catchUp } from '../../i18n/en/catchUp.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of Catch-up. */
export const { t } = scope('catchUp', catchUp);
