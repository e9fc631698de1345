import type { PostItem } from '@commonhold/sdk';
import { idOf } from '../state/merge.ts';
import { Gallery } from '../pictures/Gallery.tsx';
import { nameOf, PostText } from './parts.tsx';
import { Poll } from './Poll.tsx';
import { Quote } from './Quoted.tsx';
import { Veil } from './Veil.tsx';
import { warnedBy } from './warned.ts';
import { useFiltered } from './Where.tsx';
import { t } from './words.ts';

function Inside({ item, cut }: { item: PostItem; cut: boolean }) {
  return <>{item.body.text ? <PostText item={item} cut={cut} /> : null}<Gallery item={item} /><Poll item={item} /><Quote item={item} /></>;
}

function Warned({ item, cut }: { item: PostItem; cut: boolean }) {
  const { warning } = item.body;
  if (!warning) return <Inside item={item} cut={cut} />;
  return <Veil name={`warning:${idOf(item)}`} title={warning} why={warnedBy(item)}><Inside item={item} cut={false} /></Veil>;
}

/** All that a post says: words, pictures, poll, quote; folded behind its warning, and behind the reader's own filters. */
export function PostBody({ item, cut = false }: { item: PostItem; cut?: boolean }) {
  const filtered = useFiltered(item);
  if (!filtered) return <Warned item={item} cut={cut} />;
  return <Veil name={`filter:${idOf(item)}`} title={t('filtered', { word: filtered.word })} why={t('filtered.by', { name: nameOf(item.persona) })}><Warned item={item} cut={false} /></Veil>;
}
