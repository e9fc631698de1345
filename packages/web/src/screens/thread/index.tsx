import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { ApiError, type PostItem, type Ref } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { Composer } from '../../compose/Composer.tsx';
import { t } from '../../i18n/index.ts';
import { nameOf } from '../../posts/parts.tsx';
import { MuteButton } from '../../posts/HandOn.tsx';
import { More } from '../../posts/More.tsx';
import { PostCard } from '../../posts/PostCard.tsx';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { buildTree, type Tree } from '../../posts/tree.ts';
import { useListKeys } from '../../posts/useListKeys.ts';
import { InList } from '../../posts/Where.tsx';
import { client } from '../../state/client.ts';
import { isGone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import { known, meet } from '../../state/people.ts';
import { me } from '../../state/session.ts';
import { threadOf, type OpenThread } from '../../state/thread.ts';
import { Lost } from '../../app/Lost.tsx';
import { Aside } from './Aside.tsx';
import { Missing, Replies } from './Replies.tsx';

const HERE = { list: 'thread' } as const;
const PERSONA = /^c[a-z2-7]{52}$/;

/** Persona id of `@handle` or `@<persona id>`: known already, or asked of the house. */
function usePersona(at: string): { persona: string | null; fault: unknown; again: () => void } {
  const who = at.slice(1);
  const here = Object.values(known.peek()).find((person) => person.handle === who || person.persona === who)?.persona ?? (PERSONA.test(who) ? who : null);
  const [state, set] = useState<{ who: string; persona: string | null; fault: unknown }>({ who: '', persona: null, fault: null });
  const ask = () => {
    if (here) return;
    set({ who, persona: null, fault: null });
    client.people.get(who).then((person) => { meet({ [person.persona]: person }); set({ who, persona: person.persona, fault: null }); }, (fault: unknown) => set({ who, persona: null, fault }));
  };
  useEffect(ask, [who, here]);
  const { persona, fault } = here ? { persona: here, fault: null } : state.who === who ? state : { persona: null, fault: null };
  return { persona, fault, again: ask };
}

function NotHere() {
  const { url } = useLocation();
  const way = me.value ? <Button href="/">{t('lost.home')}</Button> : <Button href={`/login?next=${encodeURIComponent(url)}`}>{t('lost.login')}</Button>;
  return <div class="card sheet"><Empty title={t('thread.gone.title')} action={way}><p>{t('thread.gone.text')}</p></Empty></div>;
}

/** The way from the first post to the one in focus. */
function Ancestors({ tree }: { tree: Tree }) {
  if (tree.ancestors.length === 0) return null;
  return (
    <ol class="feed ancestors">
      {tree.ancestors.map(({ ref, item }) => (
        <li key={idOf(ref)}>{item && !isGone(item) ? <PostCard item={item} context={false} /> : <div class="missing-row"><Missing post={ref} /></div>}</li>
      ))}
    </ol>
  );
}

function ReplyBox({ item, focus }: { item: PostItem; focus: boolean }) {
  const { path } = useLocation();
  if (!me.value) return <div class="pad"><Button href={`/login?next=${encodeURIComponent(`${path}?reply`)}`}>{t('thread.visitor')}</Button></div>;
  const label = t('post.reply.to', { name: nameOf(item.persona) });
  return (
    <div class="composer-card reply-box">
      <Composer key={item.key} context={`reply:${idOf(item)}`} id="reply" label={label} hint={label} verb={t('thread.send')} answers={item} focus={focus} />
    </div>
  );
}

/** Brings the focused post into view when others stand above it, once for each address, and not when history restores a place. */
function useInView(id: string, ready: boolean) {
  const post = useRef<HTMLDivElement>(null);
  const shown = useRef('');
  useLayoutEffect(() => {
    if (!ready || shown.current === id || !post.current) return;
    shown.current = id;
    if (scrollY === 0 && post.current.previousElementSibling) post.current.scrollIntoView({ block: 'start' });
  }, [id, ready]);
  return post;
}

function Loaded({ focus, thread, items }: { focus: Ref; thread: OpenThread; items: readonly PostItem[] }) {
  const { query } = useLocation();
  useListKeys(items);
  const tree = useMemo(() => buildTree({ focus, items: [...items] }), [items, focus.persona, focus.key]);
  const item = tree.focus.item && !isGone(tree.focus.item) ? tree.focus.item : null;
  const post = useInView(idOf(focus), item !== null);
  if (!item && tree.ancestors.length + tree.focus.replies.length === 0) return <NotHere />;
  return (
    <InList.Provider value={HERE}>
      <section class="card sheet" aria-label={t('thread.title')}>
        <Ancestors tree={tree} />
        <div ref={post} class={tree.ancestors.length ? 'focus-post after' : 'focus-post'}>
          {item
            ? <><PostCard item={item} focus context={false} onReply={() => document.getElementById('reply')?.focus()} /><hr class="rule" /><ReplyBox item={item} focus={'reply' in query} /></>
            : <div class="missing-row"><Missing post={focus} /></div>}
        </div>
      </section>
      {tree.focus.replies.length
        ? <section class="card sheet" aria-label={t('thread.replies')}><Replies branches={tree.focus.replies} /></section>
        : null}
      {thread.next.value === null ? null : <More label={t('thread.more')} busy={thread.loadingMore.value} fault={thread.moreFault.value} at={items.length} onMore={() => void thread.more()} />}
    </InList.Provider>
  );
}

/** Why there is no conversation: it is not here, or the house did not say. */
function NoConversation({ fault, again }: { fault: unknown; again: () => void }) {
  if (fault instanceof ApiError && fault.status === 404) return <NotHere />;
  return <div class="card sheet"><Failed title={t('thread.failed')} error={fault} again={again} /></div>;
}

function Conversation({ focus }: { focus: Ref }) {
  const thread = useMemo(() => threadOf(focus), [focus.persona, focus.key]);
  useEffect(() => { void thread.load(); return thread.follow(); }, [thread]);
  const items = thread.items.value;
  const fault = thread.fault.value;
  if (fault) return <NoConversation fault={fault} again={() => void thread.load()} />;
  if (!items) return <div class="card sheet"><Skeleton posts={2} /></div>;
  return <Loaded key={idOf(focus)} focus={focus} thread={thread} items={items} />;
}

/** A conversation around one post. */
export default function Thread() {
  const { params } = useRoute();
  const at = params['at'] ?? '';
  const key = params['key'] ?? '';
  const { persona, fault, again } = usePersona(at);
  const focus = useMemo(() => (persona ? { persona, key } : null), [persona, key]);
  if (!at.startsWith('@')) return <Lost />;
  const items = focus ? threadOf(focus).items.value : null;
  const one = items?.find((item) => focus !== null && idOf(item) === idOf(focus));
  return (
    <Page title={t('thread.title')} {...(me.value ? { back: '/' } : {})} actions={one ? <MuteButton item={one} /> : null} aside={me.value && items && focus ? <Aside items={items} focus={focus} /> : null}>
      {focus ? <Conversation focus={focus} /> : fault ? <NoConversation fault={fault} again={again} /> : <div class="card sheet"><Skeleton posts={2} /></div>}
    </Page>
  );
}
