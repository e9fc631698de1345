import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, type ProfileWish, type WholeProfile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { pictureUrl } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { refusalText, t } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { linesOf, meet } from '../../state/people.ts';
import { refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { EditLines, type Line } from './EditLines.tsx';
import { Pick } from './Pick.tsx';
import { t as own } from './words.ts';

/* Only what was chosen anew is sent. */
type Pictures = { [part in 'picture' | 'banner']?: NonNullable<ProfileWish[part]> | null };

interface EditProps { person: WholeProfile; setEdit: (edit: boolean) => void; onChange: (change: Partial<WholeProfile>) => void }

const NAME_MOST = 60;
const BIO_MOST = 500;

/** What is said of oneself, as fields: sent whole, kept whole. */
export function Edit({ person, setEdit, onChange }: EditProps) {
  const [name, setName] = useState(person.name);
  const [bio, setBio] = useState(person.bio ?? '');
  const [locked, setLocked] = useState(person.locked);
  const [lines, setLines] = useState<Line[]>(() => (person.fields ?? []).map(({ name: what, value }) => ({ name: what, value })));
  const [pictures, setPictures] = useState<Pictures>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => { first.current?.focus(); }, []);
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    const fields = lines.filter((line) => line.name.trim() !== '' || line.value.trim() !== '');
    try {
      const saved = await client.people.setProfile({ name: name.trim(), ...(bio.trim() ? { bio: bio.trim() } : {}), locked, fields, ...pictures });
      onChange({ picture: undefined, banner: undefined, fields: undefined, ...saved } as Partial<WholeProfile>);
      meet(linesOf([saved]));
      setEdit(false);
      toast(t('profile.saved'));
      await refreshMe();
    } catch (error) {
      setFault(error instanceof ApiError ? error : null);
      setBusy(false);
    }
  };
  const of = (field: string) => (fault?.field?.endsWith(field) ? refusalText(fault) : undefined);
  const { persona, banner, picture } = person;
  return (
    <form class="stack" onSubmit={(event) => void save(event)} onKeyDown={(event) => { if (event.key === 'Escape') setEdit(false); }}>
      <Field label={t('profile.name')} value={name} onInput={setName} maxLength={NAME_MOST} inputRef={first} autoComplete="name" dir="auto" error={name.trim() === '' ? t('required') : of('/name')} />
      <Field label={t('profile.bio')} value={bio} onInput={setBio} maxLength={BIO_MOST} rows={3} hint={t('profile.bio.hint')} error={of('bio')} />
      <Pick label={own('edit.picture')} pick={own('edit.picture.pick')} hint={own('edit.picture.hint')} shown={picture ? pictureUrl(persona, picture) : null} onChange={({ image }) => setPictures((had) => ({ ...had, picture: image }))} />
      <Pick label={own('edit.banner')} pick={own('edit.banner.pick')} hint={own('edit.banner.hint')} wide shown={banner ? pictureUrl(persona, banner.small ?? banner.full) : null} onChange={({ image }) => setPictures((had) => ({ ...had, banner: image }))} />
      <EditLines lines={lines} onChange={setLines} />
      <label class="check"><input type="checkbox" checked={locked} onChange={(event) => setLocked(event.currentTarget.checked)} /><span>{t('profile.locked')}<small class="hint block">{t('profile.locked.hint')}</small></span></label>
      {fault && !of('/name') && !of('bio') ? <Note kind="bad" icon="away" alert>{fault.status ? refusalText(fault) : t('profile.save.failed')}</Note> : null}
      <div class="row"><Button kind="fill" type="submit" busy={busy} disabled={name.trim() === ''}>{t('save')}</Button><Button kind="plain" onClick={() => setEdit(false)}>{t('cancel')}</Button></div>
    </form>
  );
}
