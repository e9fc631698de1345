import { search } from '../../i18n/en/search.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of Search. */
export const { t } = scope('search', search);
