import { backups } from '../../i18n/en/backups.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of backups and of restoring. */
export const { t } = scope('backups', backups);
