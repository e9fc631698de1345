import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { faultText } from '../components/Empty.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { idOf } from '../state/merge.ts';
import { editing, rewordPost } from '../state/posts.ts';
import { me } from '../state/session.ts';
import { countLeft } from './count.ts';
import { drafts } from './drafts.ts';
import { Left } from './Left.tsx';

/** Other words for one's own post, where the post stands. What was typed stays until it is saved or given up. */
export function EditPost({ item }: { item: PostItem }) {
  const persona = item.persona;
  const context = `edit:${idOf(item)}`;
  const draft = useMemo(() => drafts.get(persona, context, item.audience, { parts: [{ text: item.body.text }] }), [persona, context]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { field.current?.focus({ preventScroll: true }); field.current?.setSelectionRange(field.current.value.length, field.current.value.length); }, []);
  const { text } = draft.value.parts[0];
  const left = countLeft(text, me.value?.postLimit ?? 500);
  const ready = text.trim() !== '' && left >= 0;
  const done = () => {
    drafts.drop(persona, context);
    editing.value = null;
    requestAnimationFrame(() => document.getElementById(`more-${item.key}`)?.focus({ preventScroll: true }));
  };
  const save = async () => {
    if (!ready || busy) return;
    if (text.trim() === item.body.text) { done(); return; }
    setBusy(true);
    try {
      await rewordPost(item, text.trim());
      done();
    } catch (error) {
      setFault(faultText(error));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') { event.stopPropagation(); done(); }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); void save(); }
  };
  return (
    <form class="edit-post" aria-label={t('post.edit.label')} onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <textarea ref={field} class="input" dir="auto" aria-label={t('post.edit.label')} value={text} aria-invalid={left < 0 ? 'true' : undefined}
        onInput={(event) => drafts.edit(persona, context, { parts: [{ text: event.currentTarget.value }] })} onKeyDown={onKeyDown} />
      {fault ? <Note kind="bad" icon="away" alert>{fault}</Note> : null}
      <p class="hint">{t('post.edit.text')}</p>
      <div class="row wrap">
        <Button kind="fill" type="submit" busy={busy} disabled={!ready}>{t('save')}</Button>
        <Button kind="plain" onClick={done}>{t('cancel')}</Button>
        <Left left={left} />
      </div>
    </form>
  );
}
