import type { Scheduled } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed, faultText } from '../../components/Empty.tsx';
import { bodyOf } from '../../compose/copies.ts';
import { freshName, readWords, type Draft } from '../../compose/draft.ts';
import { goOn } from '../../compose/goOn.ts';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { client } from '../../state/client.ts';
import { onScheduled } from '../../state/scheduled.ts';
import { myPersona } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { withUndo } from '../../state/undo.ts';
import { openWrite } from '../../state/writing.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Waiting } from './Waiting.tsx';
import { t } from './words.ts';

/** Brings what waits back to the composer, its time with it. The house has it as a draft before it waits no more: its pictures stay. */
async function takeBack(persona: string, post: Scheduled, route: (to: string) => void): Promise<void> {
  const words = readWords({ ...post });
  if (!words) return;
  const id = freshName();
  const draft: Draft = { ...words, id, key: freshName(), updatedAt: Date.now() };
  const { updatedAt } = await client.later.keepDraft(id, bodyOf(draft));
  await client.later.unschedule(post.key);
  goOn(persona, { context: '', draft: { ...draft, updatedAt: Math.max(draft.updatedAt, updatedAt + 1), saved: updatedAt } }, route);
}

/** What waits for its time, the next one first. */
export function Later() {
  const persona = myPersona.value ?? '';
  const { route } = useLocation();
  const { value, error, again, set } = useLoad((signal) => client.later.scheduled({ signal }));
  const [busy, setBusy] = useState<string | null>(null);
  // Without a flicker: the list stands until the new one is there.
  useEffect(() => onScheduled(() => { client.later.scheduled().then(set, () => undefined); }), []);
  const act = async (post: Scheduled, what: () => Promise<void>) => {
    setBusy(post.key);
    try { await what(); } catch (fault) { toast(faultText(fault)); }
    setBusy(null);
  };
  const without = ({ key }: Scheduled) => { if (value) set({ scheduled: value.scheduled.filter((other) => other.key !== key) }); };
  const postNow = async (post: Scheduled) => {
    await client.later.postNow(post.key);
    without(post);
    toast(t('waiting.posted'));
  };
  const remove = (post: Scheduled) => {
    without(post);
    withUndo({ text: t('waiting.deleted'), back: again, run: (keepalive) => { client.later.unschedule(post.key, { keepalive }).catch((fault: unknown) => { toast(faultText(fault)); again(); }); } });
  };
  if (error) return <div class="card sheet"><Failed title={t('waiting.unread')} error={error} again={again} /></div>;
  if (!value) return <div class="card sheet"><Skeleton posts={2} /></div>;
  return (
    <section class="card sheet" aria-label={t('waiting')}>
      {value.scheduled.length === 0 ? <Empty title={t('waiting.none')} action={<Button kind="fill" icon="pen" onClick={openWrite}>{t('drafts.none.act')}</Button>}><p>{t('waiting.none.text')}</p></Empty> : (
        <ul class="drafts">{value.scheduled.map((post) => <Waiting key={post.key} post={post} busy={busy === post.key} onEdit={() => void act(post, () => takeBack(persona, post, route))} onNow={() => void act(post, () => postNow(post))} onDelete={() => remove(post)} />)}</ul>
      )}
    </section>
  );
}
