import type { Job } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { jobs } from '../i18n/en/jobs.ts';
import { t as common, locale, refusalText } from '../i18n/index.ts';
import { scope } from '../i18n/scope.ts';
import { onJob } from '../state/jobs.ts';
import { Button } from './Button.tsx';
import './jobs.css';
import { Note } from './Note.tsx';

const { t } = scope('jobs', jobs);

/**
 * How far a piece of work is, as it goes on; what became of it, where that was not good. `label` says what is done (`Making a backup`),
 * `onCancel` asks the house to end it, `onEnd` hears once of how it ended.
 */
export function JobBar({ job: given, label, onCancel, onEnd }: { job: Job; label: string; onCancel?: () => void; onEnd?: (job: Job) => void }) {
  const [job, setJob] = useState(given);
  useEffect(() => { setJob(given); }, [given]);
  useEffect(() => onJob((next) => {
    if (next.id !== given.id) return;
    setJob(next);
    if (next.state !== 'running') onEnd?.(next);
  }), [given.id, onEnd]);
  const { state, done, of, failed } = job;
  if (state === 'done') return null;
  if (state === 'failed') return <Note kind="bad" alert>{t('job.failed', { say: failed ? refusalText({ code: failed.code, detail: failed.say }) : '' })}</Note>;
  if (state !== 'running') return <Note kind="plain">{t(`job.${state}`)}</Note>;
  const number = (n: number): string => n.toLocaleString(locale);
  const far = of > 0 ? t('job.of', { done: number(done), of: number(of) }) : done > 0 ? t('job.some', { done: number(done) }) : t('job.begins');
  return (
    <div class="job">
      <div class="row"><p class="grow">{label}</p>{onCancel ? <Button small kind="plain" label={t('job.cancel.name', { label })} onClick={onCancel}>{common('cancel')}</Button> : null}</div>
      <progress aria-label={label} {...(of > 0 ? { value: Math.min(done, of), max: of } : {})} />
      <p class="t-14 dim">{far}</p>
    </div>
  );
}
