import type { Person } from '@commonhold/sdk';
import { locale } from '../../i18n/index.ts';
import { whenText } from '../parts/when.ts';
import { t } from './words.ts';

/** Names a person of the house's own records; whoever left has none there any more. */
export const nameIn = (person: Person): string => person.name || t('left');
/** Names who did something: a steward, or whoever sits at the machine. */
export const byIn = (person: Person | null): string => person ? nameIn(person) : t('machine');
/** A day in words. */
export const dateOf = (ms: number): string => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
/** A moment in words. */
export const when = (ms: number): string => whenText(ms, Date.now(), locale);
