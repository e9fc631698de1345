import type { PostItem } from '@commonhold/sdk';
import { myPersona } from '../state/session.ts';
import { nameOf } from './parts.tsx';
import { t } from './words.ts';

/** Who put the warning before a post. */
export const warnedBy = ({ persona }: PostItem): string => persona === myPersona.value ? t('veil.mine') : t('veil.by', { name: nameOf(persona) });
