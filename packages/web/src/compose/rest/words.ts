import { compose } from '../../i18n/en/compose.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of what is beside a post's own: fetched with it. */
export const { t, tx } = scope('compose', compose);
