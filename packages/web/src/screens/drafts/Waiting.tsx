import type { Scheduled } from '@commonhold/sdk';
import { Button, IconButton } from '../../components/Button.tsx';
import { Note } from '../../components/Note.tsx';
import { dueWords } from '../../compose/rest/due.ts';
import { refusalText } from '../../i18n/index.ts';
import { AudienceWord } from '../../posts/parts.tsx';
import { clock, now } from '../../state/clock.ts';
import { t } from './words.ts';

interface WaitingProps { post: Scheduled; busy: boolean; onEdit: () => void; onNow: () => void; onDelete: () => void }

/** A post that waits for its time: when that is, in words; to change, to post at once, or to take back. What failed says why. */
export function Waiting({ post, busy, onEdit, onNow, onDelete }: WaitingProps) {
  const words = post.parts.map(({ text }) => text.trim()).find((text) => text !== '') ?? t('drafts.wordless');
  const name = words.slice(0, 60);
  return (
    <li class="draft">
      <p class="text clip3" dir="auto" lang={post.lang}>{words}</p>
      <p class="meta t-14 dim"><AudienceWord audience={post.audience} /><span>{t('waiting.due', dueWords(post.due, now.value, clock))}</span>{post.parts.length > 1 ? <span>{t('drafts.parts', { n: post.parts.length })}</span> : null}{post.poll ? <span>{t('drafts.poll')}</span> : null}</p>
      {post.failed ? <Note kind="bad" icon="flag">{t('waiting.failed', { why: refusalText({ code: post.failed, detail: t('waiting.failed.other') }) })}</Note> : null}
      <div class="row wrap">
        <Button small icon="pen" busy={busy} label={t('waiting.edit.name', { text: name })} onClick={onEdit}>{t('waiting.edit')}</Button>
        <Button small busy={busy} label={t('waiting.now.name', { text: name })} onClick={onNow}>{t('waiting.now')}</Button>
        <IconButton icon="trash" class="push" label={t('waiting.delete.name', { text: name })} onClick={onDelete} />
      </div>
    </li>
  );
}
