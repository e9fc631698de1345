import { door } from '../../i18n/en/door.ts';
import { scope } from '../../i18n/scope.ts';

/** The words of founding, joining and coming back in. */
export const { t, tx } = scope('door', door);
