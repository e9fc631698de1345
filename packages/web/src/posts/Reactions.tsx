import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Person, PostItem } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { faultText } from '../components/Empty.tsx';
import { Face } from '../components/face/Face.tsx';
import { Note } from '../components/Note.tsx';
import { t as common } from '../i18n/index.ts';
import { posted } from '../i18n/en/posted.ts';
import { scope } from '../i18n/scope.ts';
import { client } from '../state/client.ts';
import { meet } from '../state/people.ts';
import { reactionsOf } from '../state/posts.ts';
import { homeOf, nameOf } from './parts.tsx';

const { t } = scope('posted', posted);
const PAGE = 100;

type Kind = 'like' | 'boost';
const close = () => { reactionsOf.value = null; };

/** Everybody who did one of both, as far as they were loaded; with more, the focus goes to the first who came. */
function usePeople(key: string, kind: Kind) {
  const [people, set] = useState<readonly Person[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(true);
  const list = useRef<HTMLUListElement>(null);
  const focusAt = useRef<number | null>(null);
  const load = async () => {
    setBusy(true);
    try {
      const answer = await client.microblog.reactionsTo(key, { kind, first: PAGE, ...(next === null ? {} : { before: next }) });
      meet(Object.fromEntries(answer.people.map((person) => [person.persona, person])));
      focusAt.current = people ? people.length : null;
      set((had) => [...had ?? [], ...answer.people.filter(({ persona }) => !had?.some((one) => one.persona === persona))]);
      setNext(answer.next);
      setFault(null);
    } catch (error) { setFault(error); }
    setBusy(false);
  };
  useEffect(() => { void load(); }, []);
  useLayoutEffect(() => {
    if (focusAt.current !== null) list.current?.children[focusAt.current]?.querySelector('a')?.focus();
  }, [people]);
  return { people, isAll: next === null, fault, busy, list, load };
}

function Section({ post, kind }: { post: PostItem; kind: Kind }) {
  const { people, isAll, fault, busy, list, load } = usePeople(post.key, kind);
  return (
    <section class="stack tight" aria-busy={busy ? 'true' : undefined}>
      <h3 class="t-16">{t(`reactions.${kind}`)}</h3>
      {people?.length ? (
        <ul class="stack tight" ref={list}>
          {people.map(({ persona }) => <li key={persona}><a class="quiet-link row" href={homeOf(persona)} onClick={close}><Face persona={persona} size={36} /><b class="b grow" dir="auto">{nameOf(persona)}</b></a></li>)}
        </ul>
      ) : null}
      {people?.length === 0 ? <p class="dim">{t(`reactions.${kind}.none`)}</p> : null}
      {people === null && !fault ? <p class="dim" role="status">{t('reactions.loading')}</p> : null}
      {fault ? <Note kind="bad" alert>{faultText(fault)}</Note> : null}
      {fault || !isAll ? <Button small busy={busy} onClick={() => void load()}>{fault ? common('retry') : t('reactions.more')}</Button> : null}
    </section>
  );
}

function Reactions({ post, first }: { post: PostItem; first: Kind }) {
  const kinds: readonly Kind[] = first === 'like' ? ['like', 'boost'] : ['boost', 'like'];
  return (
    <Dialog title={t('reactions')} onClose={close}>
      <div class="body stack">
        {kinds.map((kind) => <Section key={kind} post={post} kind={kind} />)}
        <p class="hint">{t('reactions.text')}</p>
      </div>
    </Dialog>
  );
}

/** Who likes and boosts one's own post that was asked about, over the page. */
export const ReactionsDialog = () => reactionsOf.value ? <Reactions key={reactionsOf.value.post.key} {...reactionsOf.value} /> : null;
