import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PostItem, Ref } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Composer } from '../../compose/Composer.tsx';
import { EditPost } from '../../compose/EditPost.tsx';
import { t, tx } from '../../i18n/index.ts';
import { Edited } from '../../posts/History.tsx';
import { BookmarkButton, BoostButton } from '../../posts/HandOn.tsx';
import { BoostedBy, LikeButton, LikedBy } from '../../posts/LikeButton.tsx';
import { addressOf, FaceLink, homeOf, nameOf, When } from '../../posts/parts.tsx';
import { PostBody } from '../../posts/PostBody.tsx';
import { labelOfReply, Part, ReplyButton } from '../../posts/PostCard.tsx';
import { PostMenu } from '../../posts/PostMenu.tsx';
import { countBelow, voices, type Branch } from '../../posts/tree.ts';
import { isGone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import { known } from '../../state/people.ts';
import { editing } from '../../state/posts.ts';
import { me, myPersona } from '../../state/session.ts';

/** Which reply the composer stands under, by id; null when under none. */
export const answering = signal<string | null>(null);
const folded = signal<ReadonlySet<string>>(new Set());

function toggle(id: string): void {
  const next = new Set(folded.peek());
  if (!next.delete(id)) next.add(id);
  folded.value = next;
}

/** A place where a post should be: whom it is from, and why it may be missing. */
export function Missing({ post }: { post: Ref }) {
  const person = known.value[post.persona];
  return (
    <p class="missing"><Icon name="clock" /><span>{person ? tx('thread.missing', { name: <b>{person.name}</b> }) : t('thread.missing.someone')}</span></p>
  );
}

function InlineReply({ item }: { item: PostItem }) {
  const done = () => {
    answering.value = null;
    document.getElementById(`reply-${item.key}`)?.focus({ preventScroll: true });
  };
  const name = nameOf(item.persona);
  return (
    <div class="reply-here composer-card" onKeyDown={(event) => { if (event.key === 'Escape') done(); }}>
      <Composer context={`reply:${idOf(item)}`} label={t('post.reply.to', { name })} hint={t('post.reply.to', { name })} verb={t('thread.send')} answers={item}
        focus extra={<Button kind="plain" onClick={done}>{t('cancel')}</Button>} onLeft={done} />
    </div>
  );
}

/** One's own answer that somebody else keeps beside their post. */
function Kept({ item }: { item: PostItem }) {
  if (!item.keptBy || item.keptBy === item.persona || item.persona !== myPersona.value) return null;
  return <p class="t-13 dim">{t('reply.kept.by', { name: nameOf(item.keptBy) })}</p>;
}

/** Whom it answers: shown where replies go straight down, and their place does not say it any more. */
function Answers({ item: { persona, body: { replyTo } } }: { item: PostItem }) {
  if (!replyTo) return null;
  return <p class="answers t-13 dim">{replyTo.persona === persona ? <a href={addressOf(replyTo)}>{t('post.replying.self')}</a> : tx('post.replying', { name: <a href={addressOf(replyTo)}>{nameOf(replyTo.persona)}</a> })}</p>;
}

function Reply({ item, branch, open, depth }: { item: PostItem; branch: Branch; open: boolean; depth: number }) {
  const id = idOf(item);
  return (
    <>
      <div class="line">
        <FaceLink persona={item.persona} size={36} />
        {branch.replies.length ? <button type="button" class="fold" aria-expanded={open ? 'true' : 'false'} aria-label={t('thread.fold', { name: nameOf(item.persona) })} onClick={() => toggle(id)} /> : null}
      </div>
      <div class="said-here">
        <article id={`post-${item.key}`} tabIndex={-1} aria-label={labelOfReply(item)}>
          <div class="hd"><a class="who" href={homeOf(item.persona)} dir="auto">{nameOf(item.persona)}</a><span class="handle">@{known.value[item.persona]?.handle}</span><Part item={item} /><Edited item={item} /><When item={item} id={`at-${item.key}`} /></div>
          <Answers item={item} />
          {editing.value === id ? <EditPost item={item} /> : <PostBody item={item} />}
          <Kept item={item} />
          <LikedBy item={item} /><BoostedBy item={item} />
          <div class="acts">{me.value ? <ReplyButton item={item} onReply={() => { answering.value = answering.value === id ? null : id; }} /> : null}<BoostButton item={item} /><LikeButton item={item} /><BookmarkButton item={item} /><span class="push"><PostMenu item={item} /></span></div>
        </article>
        {answering.value === id ? <InlineReply item={item} /> : null}
        {open
          ? <Replies branches={branch.replies} depth={depth + 1} />
          : <button type="button" class="folded" aria-expanded="false" onClick={() => toggle(id)}>
              <Icon name="plus" size="s" /><span class="faces">{voices(branch).map((persona) => <Face persona={persona} size={24} />)}</span>{t('thread.unfold', { n: countBelow(branch) })}
            </button>}
      </div>
    </>
  );
}

function One({ branch, depth }: { branch: Branch; depth: number }) {
  const id = idOf(branch.ref);
  const item = branch.item && !isGone(branch.item) ? branch.item : null;
  const open = !folded.value.has(id) || branch.replies.length === 0;
  // A deleted reply that nobody answered leaves nothing; one with answers leaves its place.
  if (!item && branch.replies.length === 0) return null;
  if (!item) return <li><div class="missing-branch"><Missing post={branch.ref} /><Replies branches={branch.replies} depth={depth + 1} /></div></li>;
  return <li><div class="branch"><Reply item={item} branch={branch} open={open} depth={depth} /></div></li>;
}

/* Steps to the side that a phone, and any screen, has room for. */
const STEPS = [3, 6] as const;

/** What a list of replies is called by its depth: from some depth on it goes straight down, so that words always have room. */
function listClass(depth: number): string {
  if (depth === 0) return 'branches';
  return depth >= STEPS[1] ? 'branch-list deep deepest' : depth >= STEPS[0] ? 'branch-list deep' : 'branch-list';
}

/** Replies on their rails, oldest first; `depth`: how many posts they hang under. */
export function Replies({ branches, depth = 0 }: { branches: readonly Branch[]; depth?: number }) {
  const list = useMemo(() => branches.filter((branch) => branch.item || branch.replies.length > 0), [branches]);
  if (list.length === 0) return null;
  return <ol class={listClass(depth)}>{list.map((branch) => <One key={idOf(branch.ref)} branch={branch} depth={depth} />)}</ol>;
}
