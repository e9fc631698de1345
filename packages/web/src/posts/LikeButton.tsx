import type { Likes, PostItem } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { t, tx } from '../i18n/index.ts';
import { boostsOf, likes as hearts, likesOf } from '../state/likes.ts';
import { reactionsOf } from '../state/posts.ts';
import { me, myPersona } from '../state/session.ts';
import { homeOf, nameOf } from './parts.tsx';
import { t as words, tx as wordsX } from './words.ts';

/** The heart of a post by somebody else; nothing for visitors, nor on one's own post. */
export function LikeButton({ item }: { item: PostItem }) {
  if (!myPersona.value || item.persona === myPersona.value) return null;
  const on = hearts.is(item);
  return (
    <button type="button" data-act="like" class={on ? 'icon-btn on' : 'icon-btn'} aria-pressed={on ? 'true' : 'false'} aria-label={t('post.like.name', { name: nameOf(item.persona) })} title={t('post.like')} onClick={() => void hearts.set(item, !on)}>
      <Icon name="heart" />
    </button>
  );
}

/** Names of people as one piece: "Ada, Bob and 3 others"; each leads to its person, and the others, where `onOthers` can show them, to a list. */
export function Names({ who, more, onOthers }: { who: readonly string[]; more: number; onOthers?: () => void }) {
  const [a, b, c] = who.map((persona) => <a class="quiet-link b" href={homeOf(persona)} dir="auto">{nameOf(persona)}</a>);
  if (!a) return <>{t('post.someone')}</>;
  if (more > 0) {
    const said = t('names.others', { n: more + (c ? 1 : 0) });
    const others = onOthers ? <button type="button" class="others" aria-haspopup="dialog" onClick={onOthers}>{said}</button> : said;
    return <>{tx(b ? 'names.two.more' : 'names.one.more', { a, b: b ?? '', others })}</>;
  }
  return <>{c ? tx('names.three', { a, b: b!, c }) : b ? tx('names.two', { a, b }) : a}</>;
}

const all = (who: Likes | undefined): number => (who ? who.people.length + who.more : 0);

/** How many like one's own post and passed it on, for whoever wishes to see that. Nobody else is shown this. */
export function Counts({ item }: { item: PostItem }) {
  const [likes, boosts] = item.persona === myPersona.value && me.value?.counts ? [all(likesOf(item)), all(boostsOf(item))] : [0, 0];
  if (likes + boosts === 0) return null;
  return <p class="facts num">{likes ? <span>{words('counts.likes', { n: likes })}</span> : null}{boosts ? <span>{words('counts.boosts', { n: boosts })}</span> : null}</p>;
}

/** Who likes one's own post, by name. Nobody else is shown this. */
export function LikedBy({ item }: { item: PostItem }) {
  const likes = item.persona === myPersona.value ? likesOf(item) : undefined;
  if (!likes?.people.length) return null;
  return <p class="liked-by"><Icon name="heart" size="s" /><span>{tx('post.liked.by', { names: <Names who={likes.people.map((person) => person.persona)} more={likes.more} onOthers={() => { reactionsOf.value = { post: item, first: 'like' }; }} /> })}</span></p>;
}

/** Who passed one's own post on, by name. Nobody else is shown this. */
export function BoostedBy({ item }: { item: PostItem }) {
  const boosts = item.persona === myPersona.value ? boostsOf(item) : undefined;
  if (!boosts?.people.length) return null;
  return <p class="liked-by boosted"><Icon name="boost" size="s" /><span>{wordsX('boosted.by', { names: <Names who={boosts.people.map((person) => person.persona)} more={boosts.more} onOthers={() => { reactionsOf.value = { post: item, first: 'boost' }; }} /> })}</span></p>;
}
