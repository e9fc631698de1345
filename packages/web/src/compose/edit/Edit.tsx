import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Image, PostItem } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { t as tApp } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { idOf } from '../../state/merge.ts';
import { editing, rewordPost } from '../../state/posts.ts';
import { me } from '../../state/session.ts';
import { countLeft } from '../count.ts';
import type { Written } from '../draft.ts';
import { drafts } from '../drafts.ts';
import { Left } from '../Left.tsx';
import { asked } from '../parts.ts';
import { Warning } from '../rest/Warning.tsx';
import { t } from '../rest/words.ts';
import './edit.css';

/** What is in each picture, in words: for those who do not see it. */
function Alts({ item, images, onChange }: { item: PostItem; images: readonly Image[]; onChange: (images: readonly Image[]) => void }) {
  const change = (at: number, words: string) => {
    const { alt: _, ...bare } = images[at]!;
    onChange(images.with(at, words.trim() === '' ? bare : { ...bare, alt: words }));
  };
  return (
    <ol class="alts">
      {images.map((image, at) => (
        <li key={image.full}>
          <img src={client.data.blobUrl({ persona: item.persona, service: 'microblog', collection: 'posts' }, item.key, image.small ?? image.full)} alt="" width={56} height={56} />
          <textarea class="input" rows={2} dir="auto" maxLength={1500} aria-label={t('edit.alt', { n: at + 1 })} placeholder={t('edit.alt', { n: at + 1 })} value={image.alt ?? ''} onInput={(event) => change(at, event.currentTarget.value)} />
        </li>
      ))}
    </ol>
  );
}

const wordsOf = ({ body: { text, warning, images } }: PostItem): Written => ({ text, ...(warning ? { warning } : {}), ...(images ? { images } : {}) });
const tidy = ({ text, warning, images }: Written): Written => ({ text: text.trim(), ...(warning?.trim() ? { warning: warning.trim() } : {}), ...(images?.length ? { images } : {}) });
const same = (a: Written, b: Written): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is being made of a post, and how it is saved or given up. */
function useEdit(item: PostItem) {
  const { persona } = item;
  const context = `edit:${idOf(item)}`;
  const draft = useMemo(() => drafts.get(persona, context, item.audience, { parts: [wordsOf(item)] }), [persona, context]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [part] = draft.value.parts;
  const left = countLeft(part.text, me.value?.postLimit ?? 500);
  const ready = (part.text.trim() !== '' || (part.images?.length ?? 0) > 0) && left >= 0;
  const done = () => {
    drafts.drop(persona, context);
    editing.value = null;
    requestAnimationFrame(() => document.getElementById(`more-${item.key}`)?.focus({ preventScroll: true }));
  };
  const save = async () => {
    if (!ready || busy) return;
    if (same(tidy(part), wordsOf(item))) { done(); return; }
    setBusy(true);
    try {
      await rewordPost(item, tidy(part));
      done();
    } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  return { part, left, ready, busy, fault, done, save, set: (next: Written) => drafts.edit(persona, context, { parts: [next] }) };
}

/** Other words for one's own post, another warning, other words for its pictures. What was typed stays until it is saved or given up. */
export function Edit({ item }: { item: PostItem }) {
  const { part, left, ready, busy, fault, done, save, set } = useEdit(item);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { field.current?.focus({ preventScroll: true }); field.current?.setSelectionRange(field.current.value.length, field.current.value.length); }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.stopPropagation(); done(); }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); void save(); }
  };
  return (
    <form class="edit-post" aria-label={tApp('post.edit.label')} onSubmit={(event) => { event.preventDefault(); void save(); }} onKeyDown={onKeyDown}>
      {part.warning === undefined ? null : <Warning part={part} onChange={set} />}
      <textarea ref={field} class="input" dir="auto" aria-label={tApp('post.edit.label')} value={part.text} aria-invalid={left < 0 ? 'true' : undefined} onInput={(event) => set({ ...part, text: event.currentTarget.value })} />
      {part.images?.length ? <Alts item={item} images={part.images} onChange={(images) => set({ ...part, images })} /> : null}
      {fault ? <Note kind="bad" icon="away" alert>{fault}</Note> : null}
      <p class="hint">{tApp('post.edit.text')}</p>
      <div class="row wrap">
        <Button kind="fill" type="submit" busy={busy} disabled={!ready}>{tApp('save')}</Button>
        <Button kind="plain" onClick={done}>{tApp('cancel')}</Button>
        {part.warning === undefined ? <Button kind="plain" icon="veil" onClick={() => { asked.value = 'warning'; set({ ...part, warning: '' }); }}>{t('edit.warning')}</Button> : null}
        <Left left={left} />
      </div>
    </form>
  );
}
