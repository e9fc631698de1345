import { own } from '../../i18n/en/own.ts';
import { scope } from '../../i18n/scope.ts';

/** The words of settings and invites. */
export const { t, tx } = scope('own', own);
