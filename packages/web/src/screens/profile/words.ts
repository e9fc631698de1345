import { profile } from '../../i18n/en/profile.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of profiles, beyond those that the first load has. */
export const { t, tx } = scope('profile', profile);
