import { self } from '../../i18n/en/self.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of what one settles for oneself. */
export const { t } = scope('self', self);
