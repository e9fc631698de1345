import { moving } from '../../i18n/en/moving.ts';
import { scope } from '../../i18n/scope.ts';

/** The words of moving from one house to another. */
export const { t } = scope('moving', moving);
