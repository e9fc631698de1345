import { carry } from '../../i18n/en/carry.ts';
import { scope } from '../../i18n/scope.ts';

/** Words about what one takes away and brings along. */
export const { t } = scope('carry', carry);
