import { Button, IconButton } from '../../components/Button.tsx';
import type { Placed } from '../../compose/store.ts';
import { AudienceWord } from '../../posts/parts.tsx';
import { clock, now } from '../../state/clock.ts';
import { known } from '../../state/people.ts';
import { ago } from '../../words/time.ts';
import { t } from './words.ts';

/** The beginning of a draft in one line. */
export const firstWords = ({ draft: { parts, poll } }: Placed): string =>
  [...parts.map(({ text, warning }) => text.trim() || warning || ''), ...(poll?.options ?? [])].find((words) => words !== '')?.slice(0, 240) ?? t('drafts.wordless');

/** What kind of post it is to become, beyond its words. */
function kinds({ context, draft: { replyTo, quote, parts, poll } }: Placed): string[] {
  const to = replyTo ? known.value[replyTo.persona]?.name : undefined;
  const pictures = parts.reduce((n, { images }) => n + (images?.length ?? 0), 0);
  return [
    replyTo ? to ? t('drafts.reply', { name: to }) : t('drafts.reply.someone') : '', quote ? t('drafts.quote') : '', parts.length > 1 ? t('drafts.parts', { n: parts.length }) : '',
    poll ? t('drafts.poll') : '', pictures ? t('drafts.pictures', { n: pictures }) : '', context === 'post' ? t('drafts.open') : '',
  ].filter((word) => word !== '');
}

/** A draft: its words, whom it is for, when it was written; to go on with, or to delete. */
export function Row({ placed, onGo, onDelete }: { placed: Placed; onGo: () => void; onDelete: () => void }) {
  const { draft } = placed;
  const words = firstWords(placed);
  return (
    <li class="draft">
      <p class="text clip3" dir="auto" lang={draft.lang}>{words}</p>
      <p class="meta t-14 dim"><AudienceWord audience={draft.audience} />{kinds(placed).map((kind) => <span key={kind}>{kind}</span>)}<time dateTime={new Date(draft.updatedAt).toISOString()}>{ago(draft.updatedAt, now.value, clock)}</time></p>
      <div class="row"><Button small icon="pen" label={t('drafts.go.name', { text: words.slice(0, 60) })} onClick={onGo}>{t('drafts.go')}</Button><IconButton icon="trash" class="push" label={t('drafts.delete.name', { text: words.slice(0, 60) })} onClick={onDelete} /></div>
    </li>
  );
}
