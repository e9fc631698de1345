import type { PostItem } from '@commonhold/sdk';

/** Which list a post stands in; `name` is the list's, or the tag. */
export interface Where { list: 'home' | 'house' | 'list' | 'tag' | 'search' | 'bookmarks' | 'person' | 'thread' | 'quotes'; name?: string }

/** Why a post stands where it does, as the key of a sentence. */
export type WhyKey = 'why.mine' | 'why.boost' | 'why.boost.mine' | `why.${Where['list']}`;

/** The reason for which a post is in a list: chosen by hand, then passed on, then whose it is. */
export function whyOf(item: Pick<PostItem, 'persona' | 'boost'>, { list }: Where, me: string | null): WhyKey {
  if (list === 'bookmarks' || list === 'search' || list === 'tag' || list === 'thread' || list === 'quotes') return `why.${list}`;
  if (item.boost) return item.boost.by === me ? 'why.boost.mine' : 'why.boost';
  return item.persona === me && list !== 'person' ? 'why.mine' : `why.${list}`;
}
