import { useContext } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { MenuItem } from '../components/Menu.tsx';
import { Note } from '../components/Note.tsx';
import { idOf } from '../state/merge.ts';
import { isOpen, setOpen } from '../state/opened.ts';
import { myPersona } from '../state/session.ts';
import { nameOf } from './parts.tsx';
import { InList } from './Where.tsx';
import { whyOf, type Where } from './reason.ts';
import { t } from './words.ts';

/** Why a post stands in a list, in two sentences. */
const whyWords = (item: PostItem, where: Where): string =>
  `${t(whyOf(item, where, myPersona.value), { name: nameOf(item.persona), by: nameOf(item.boost?.by ?? ''), list: where.name ?? '' })} ${where.list === 'thread' ? '' : t('why.order')}`.trim();

/* An entry of a list: what was passed on is asked about apart from the post itself. */
const answerOf = (item: PostItem, where: Where): string => `why:${where.list}:${item.boost?.key ?? ''}:${idOf(item)}`;

/** "Why am I seeing this?", in the menu of a post. */
export function WhyItem({ item }: { item: PostItem }) {
  const where = useContext(InList);
  if (!where) return null;
  const name = answerOf(item, where);
  return <MenuItem icon="why" onPick={() => setOpen(name, !isOpen(name))}>{t('why')}</MenuItem>;
}

/** The answer, under the post. */
export function WhyAnswer({ item }: { item: PostItem }) {
  const where = useContext(InList);
  return <div role="status" class="why">{where && isOpen(answerOf(item, where)) ? <Note kind="plain" icon="why">{whyWords(item, where)}</Note> : null}</div>;
}
