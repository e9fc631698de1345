import type { Job } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Note } from '../../components/Note.tsx';
import { carry } from '../../i18n/en/carry.ts';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { t } from './carryWords.ts';

/** The numbers of a job's result; what a kind does not have is 0. */
interface Came { import: string; from?: string; made?: number; there?: number; removed?: number; profile?: number; other?: number; pictures?: number; failed?: number; applied?: number; known?: number; blobs?: number }
interface Failure { item: string; at?: number; why: string }

const SHOWN = 50;

const whyText = (why: string): string => (Object.hasOwn(carry, `why.${why}`) ? t(`why.${why}` as 'why.other') : t('why.other'));

function saying({ made = 0, there = 0, pictures = 0, applied, known = 0, blobs = 0, from }: Came): string {
  if (applied !== undefined) return t('done.pod', { made: applied, there: known, pictures: blobs });
  return from === undefined ? t('done.list', { made }) : t('done.past', { made, there, pictures });
}

/** What came of something that was brought along, and what could not come, each with its why. */
export function CameAlong({ job }: { job: Job }) {
  const came = job.result as Came;
  const { failed = 0, other = 0, removed = 0, profile = 0 } = came;
  return (
    <div class="stack">
      <Note>{saying(came)}{profile > 0 ? ` ${t('done.profile', { profile })}` : ''}{removed > 0 ? ` ${t('done.removed', { removed })}` : ''}{other > 0 ? ` ${t('done.other', { other })}` : ''}</Note>
      {failed > 0 ? <Failures id={came.import} failed={failed} /> : null}
    </div>
  );
}

function Failures({ id, failed }: { id: string; failed: number }) {
  const [lines, setLines] = useState<Failure[] | null>(null);
  const [isOpen, setOpen] = useState(false);
  const url = client.imports.failuresUrl(id);
  useEffect(() => {
    if (!isOpen || lines) return;
    fetch(url).then((answer) => (answer.ok ? answer.text() : '')).then((text) => setLines(text.split('\n').filter(Boolean).slice(0, SHOWN).map((line) => JSON.parse(line) as Failure)), () => setLines([]));
  }, [isOpen]);
  const date = (at: number): string => new Date(at).toLocaleDateString(locale, { dateStyle: 'medium' });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('done.failed', { failed })}</summary>
      <ul class="failures">
        {lines?.map(({ item, at, why }) => <li key={item + why}><span dir="auto">{item}</span> <span class="dim">{at === undefined ? '' : `${date(at)} · `}{whyText(why)}</span></li>)}
      </ul>
      {failed > SHOWN ? <p class="t-14 dim">{t('done.more', { n: SHOWN })}</p> : null}
      <p><a class="btn sm" href={url} download>{t('done.download')}</a></p>
    </details>
  );
}
