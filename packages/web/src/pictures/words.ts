import { pictures } from '../i18n/en/pictures.ts';
import { scope } from '../i18n/scope.ts';

/** Words about pictures. */
export const { t } = scope('pictures', pictures);

/** A key of them that may not be there: the words, or null. */
export const faultWords = (code: string): string | null => (`fault.${code}` in pictures ? t(`fault.${code}` as keyof typeof pictures) : null);
