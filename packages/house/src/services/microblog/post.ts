import { Refusal } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import { answersTo } from './audiences.ts';
import { nameOf } from './marks.ts';
import { isWide } from './quoting.ts';
import type { Shown } from './show.ts';
import type { NewPost, NewThread, PostItem, Ref } from './types.ts';
import { writeAll, type Beside, type WriteDeps, type Written } from './write.ts';

type Somebody = Caller & { persona: string };
interface Deps extends WriteDeps { show: (caller: Somebody, refs: readonly Ref[]) => Promise<Shown> }

/**
 * Posts, or answers a post that the caller may read, for the same audience or a narrower one. What answers another's post for few lies
 * with the caller alone, and is handed to whose post that is in the same transaction.
 * A retry under the same idempotency key gets the first answer. Refuses `bad_text`, `bad_poll`, `bad_audience`, `reply_too_wide`,
 * `post_unknown` (what it answers or quotes), `quote_not_allowed`, `quote_too_wide`, `few_words_only`, `image_unknown`, `key_reused`,
 * `post_removed` where what the first try posted was removed since.
 */
export const makePost = (deps: Deps) => async (caller: Somebody, { text, warning, images, ...wanted }: NewPost): Promise<PostItem> => {
  const [item] = await post(deps, caller, { ...wanted, posts: [{ text, ...(warning === undefined ? {} : { warning }), ...(images ? { images } : {}) }] });
  return item!;
};

/** Posts several that answer one another, in one go: all of them or none. Refuses what `post` does; fields name their place. */
export const makePostThread = (deps: Deps) => async (caller: Somebody, wanted: NewThread): Promise<{ items: PostItem[] }> => {
  const { length } = wanted.posts;
  if (length < 2 || length > 25) throw new Refusal('invalid', 'bad_thread', 'A thread has two to twenty-five posts.', { field: '/posts', expected: '2 to 25 posts' });
  return { items: await post(deps, caller, wanted) };
};

/** Posts one, or several that answer one another, and what is written beside them in the same transaction. Refuses what `post` does. */
export const makePostAll = (deps: Deps) => (caller: Somebody, wanted: NewThread, beside: Beside): Promise<PostItem[]> => post(deps, caller, wanted, beside);

async function post(deps: Deps, caller: Somebody, wanted: NewThread, beside?: Beside): Promise<PostItem[]> {
  const made = await writeAll(deps, caller, wanted, beside);
  if ('written' in made && !wanted.quote) return made.written.map((one) => itemOf(caller, one));
  const refs = ('written' in made ? made.written.map(({ key }) => key) : made.again).map((key) => ({ persona: caller.persona, key }));
  const { posts } = await deps.show(caller, refs);
  const items = refs.map((ref) => posts.get(nameOf(ref))).filter((text) => text !== undefined).map((text) => JSON.parse(text) as PostItem);
  if (items.length === 0) throw removed();
  return items;
}

// What was just written, as asking for it would show it.
function itemOf({ persona }: Somebody, { key, at, audience, body, handed }: Written): PostItem {
  return {
    persona, key, at, audience: handed?.audience ?? audience, body, liked: false, likes: { people: [], more: 0 },
    replyAudiences: answersTo(handed?.audience ?? audience, !handed), ...(handed ? { keptBy: handed.to } : {}), ...(isWide(audience) ? { mayQuote: true } : {}),
  };
}

const removed = (): Refusal => new Refusal('gone', 'post_removed', 'This was posted, and has been removed since.');

/** One's own post as it is shown now. Refuses `post_removed`. */
export async function asItIs(show: Deps['show'], caller: Somebody, ref: Ref): Promise<PostItem> {
  const text = (await show(caller, [ref])).posts.get(nameOf(ref));
  if (text === undefined) throw removed();
  return JSON.parse(text) as PostItem;
}
