import { useContext, useId, useState } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { IconButton } from '../components/Button.tsx';
import { Note } from '../components/Note.tsx';
import { myPersona } from '../state/session.ts';
import { nameOf } from './parts.tsx';
import { InList } from './Where.tsx';
import { whyOf, type Where } from './reason.ts';
import { t } from './words.ts';

/** Why a post stands in a list, in two sentences. */
export const whyWords = (item: PostItem, where: Where): string =>
  `${t(whyOf(item, where, myPersona.value), { name: nameOf(item.persona), by: nameOf(item.boost?.by ?? ''), list: where.name ?? '' })} ${where.list === 'thread' ? '' : t('why.order')}`.trim();

/** "Why am I seeing this?": the button, and under the post the answer. */
export function useWhy(item: PostItem) {
  const where = useContext(InList);
  const [open, set] = useState(false);
  const id = useId();
  if (!where || where.list === 'thread') return { button: null, answer: null };
  return {
    button: <IconButton icon="why" label={t('why')} expanded={open} controls={id} onClick={() => set(!open)} />,
    answer: <div id={id} role="status" class="why">{open ? <Note kind="plain" icon="why">{whyWords(item, where)}</Note> : null}</div>,
  };
}
