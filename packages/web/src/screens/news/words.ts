import { news } from '../../i18n/en/news.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of News. */
export const { t, tx } = scope('news', news);
