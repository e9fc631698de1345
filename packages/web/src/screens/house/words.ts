import { care } from '../../i18n/en/care.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of the house page, of reports and of what stewards do. */
export const { t, tx } = scope('care', care);
