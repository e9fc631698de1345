import { lists } from '../../i18n/en/lists.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of Lists. */
export const { t } = scope('lists', lists);
