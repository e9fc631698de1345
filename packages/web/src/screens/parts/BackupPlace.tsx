import type { BackupTarget } from '@commonhold/sdk';
import { Field } from '../../components/Field.tsx';
import { t } from './backupWords.ts';

/** Where backups lie, as it is being typed. */
export interface PlaceDraft { kind: 'folder' | 's3'; path: string; endpoint: string; region: string; bucket: string; prefix: string; keyId: string; secret: string }

const EMPTY: PlaceDraft = { kind: 'folder', path: '', endpoint: '', region: '', bucket: '', prefix: '', keyId: '', secret: '' };
const REGION = 'us-east-1';

/** A place as it may be changed; of a storage, the secret is never known. */
export const draftOf = (target: BackupTarget | null): PlaceDraft => ({ ...EMPTY, ...target });

/** The place that was typed, or null while something is missing. `kept`: the house knows the secret already. */
export function targetOf(draft: PlaceDraft, kept = false): BackupTarget | null {
  const [path, endpoint, bucket, prefix, keyId, secret] = [draft.path, draft.endpoint, draft.bucket, draft.prefix, draft.keyId, draft.secret].map((text) => text.trim()) as [string, string, string, string, string, string];
  if (draft.kind === 'folder') return path === '' ? null : { kind: 'folder', path };
  if (endpoint === '' || bucket === '' || keyId === '' || (secret === '' && !kept)) return null;
  return { kind: 's3', endpoint, bucket, prefix, keyId, region: draft.region.trim() || REGION, ...(secret !== '' && { secret }) };
}

interface Props { draft: PlaceDraft; onDraft: (draft: PlaceDraft) => void; /** Words over the choice, over the folder, and under it. */ words: { kind: string; label: string; hint: string }; /** Says what is missing. */ tried?: boolean; /** The house knows the secret already. */ kept?: boolean }

const plain = { dir: 'ltr', spellcheck: false, autoCapitalize: 'none', autoComplete: 'off' } as const;

/** A folder or another disk of the house's machine, or storage elsewhere. */
export function BackupPlace({ draft, onDraft, words, tried = false, kept = false }: Props) {
  const set = (name: keyof PlaceDraft) => (value: string): void => onDraft({ ...draft, [name]: value });
  const missing = (name: keyof PlaceDraft): string | undefined => (tried && draft[name].trim() === '' ? t('restore.needed') : undefined);
  return (
    <>
      <fieldset class="stack tight">
        <legend class="b">{words.kind}</legend>
        <div class="row wrap">
          {(['folder', 's3'] as const).map((kind) => <label class="chip pick" key={kind}><input class="vh" type="radio" name="backup-kind" checked={kind === draft.kind} onChange={() => onDraft({ ...draft, kind })} />{t(`kind.${kind}`)}</label>)}
        </div>
      </fieldset>
      {draft.kind === 'folder' ? <Field {...plain} label={words.label} value={draft.path} onInput={set('path')} hint={words.hint} maxLength={1000} error={missing('path')} name="place" /> : (
        <>
          <Field {...plain} label={t('s3.endpoint')} value={draft.endpoint} onInput={set('endpoint')} hint={t('s3.endpoint.hint')} maxLength={300} error={missing('endpoint')} inputMode="url" />
          <Field {...plain} label={t('s3.bucket')} value={draft.bucket} onInput={set('bucket')} maxLength={63} error={missing('bucket')} />
          <Field {...plain} label={t('s3.prefix')} value={draft.prefix} onInput={set('prefix')} hint={t('s3.prefix.hint')} maxLength={300} />
          <Field {...plain} label={t('s3.region')} value={draft.region} onInput={set('region')} hint={t('s3.region.hint')} maxLength={40} />
          <Field {...plain} label={t('s3.key')} value={draft.keyId} onInput={set('keyId')} maxLength={200} error={missing('keyId')} />
          <Field {...plain} label={t('s3.secret')} type="password" value={draft.secret} onInput={set('secret')} hint={kept ? t('s3.secret.kept') : undefined} maxLength={200} error={kept ? undefined : missing('secret')} />
        </>
      )}
    </>
  );
}
