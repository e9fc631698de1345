import { drafts } from '../../i18n/en/drafts.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of drafts. */
export const { t, tx } = scope('drafts', drafts);
