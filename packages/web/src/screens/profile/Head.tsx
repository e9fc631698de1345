import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, type Profile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { refusalText, t } from '../../i18n/index.ts';
import { Linked } from '../../posts/parts.tsx';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { client } from '../../state/client.ts';
import { clock } from '../../state/clock.ts';
import { meet } from '../../state/people.ts';
import { me, refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { More, Muted } from './Distance.tsx';
import { monthOf } from '../../words/time.ts';

interface HeadProps { person: Profile; edit: boolean; setEdit: (edit: boolean) => void; onChange: (change: Partial<Profile>) => void }

const NAME_MOST = 60;
const BIO_MOST = 500;

/** Name and bio as fields. */
function Edit({ person, setEdit, onChange }: HeadProps) {
  const [name, setName] = useState(person.name);
  const [bio, setBio] = useState(person.bio ?? '');
  const [locked, setLocked] = useState(person.locked ?? false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => { first.current?.focus(); }, []);
  const save = async (event: Event) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    try {
      const saved = await client.people.setProfile({ name: name.trim(), ...(bio.trim() ? { bio: bio.trim() } : {}), locked });
      onChange({ name: saved.name, bio: saved.bio, locked });
      meet({ [person.persona]: { persona: person.persona, handle: person.handle, name: saved.name } });
      setEdit(false);
      toast(t('profile.saved'));
      await refreshMe();
    } catch (error) {
      setFault(error instanceof ApiError ? error : null);
      setBusy(false);
    }
  };
  const of = (field: string) => (fault?.field?.endsWith(field) ? refusalText(fault) : undefined);
  return (
    <form class="stack" onSubmit={(event) => void save(event)} onKeyDown={(event) => { if (event.key === 'Escape') setEdit(false); }}>
      <Field label={t('profile.name')} value={name} onInput={setName} maxLength={NAME_MOST} inputRef={first} autoComplete="name" dir="auto" error={name.trim() === '' ? t('required') : of('name')} />
      <Field label={t('profile.bio')} value={bio} onInput={setBio} maxLength={BIO_MOST} rows={3} hint={t('profile.bio.hint')} error={of('bio')} />
      <label class="check"><input type="checkbox" checked={locked} onChange={(event) => setLocked(event.currentTarget.checked)} /><span>{t('profile.locked')}<small class="hint block">{t('profile.locked.hint')}</small></span></label>
      {fault && !fault.field ? <Note kind="bad" icon="away" alert>{fault.status ? refusalText(fault) : t('profile.save.failed')}</Note> : null}
      <div class="row"><Button kind="fill" type="submit" busy={busy} disabled={name.trim() === ''}>{t('save')}</Button><Button kind="plain" onClick={() => setEdit(false)}>{t('cancel')}</Button></div>
    </form>
  );
}

/** The head of a profile. */
export function Head(props: HeadProps) {
  const { person, edit, setEdit, onChange } = props;
  const mine = me.value?.persona === person.persona;
  return (
    <div class="prof stack">
      <div class="row">
        <Face persona={person.persona} size={96} />
        <div class="row tight end">
          {mine ? (edit ? null : <Button onClick={() => setEdit(true)} icon="pen">{t('profile.edit')}</Button>) : null}
          {!mine && me.value ? <><FollowButton person={person} small={false} onChange={onChange} /><More person={person} onChange={onChange} /></> : null}
        </div>
      </div>
      {edit && mine ? <Edit {...props} /> : (
        <>
          <div>
            <h2 class="t-32 prof-name" dir="auto">{person.name}</h2>
            <p class="row wrap dim">@{person.handle}{person.followsYou ? <span class="tag">{t('person.follows.you')}</span> : null}{person.close ? <span class="tag people"><Icon name="close-ring" />{t('ring.close')}</span> : null}</p>
          </div>
          {mine ? null : <Muted person={person} onEnd={() => onChange({ muted: false, mutedUntil: null })} />}
          {person.retired ? <Note kind="plain" icon="leave">{t('profile.retired', { name: person.name })}</Note> : null}
          {person.movedTo ? <Note kind="warn" icon="leave">{t('profile.moved', { name: person.name })}</Note> : null}
          {person.bio ? <p class="t-18 text" dir="auto"><Linked text={person.bio} /></p> : null}
          {person.locked && !mine && !person.follows ? <p class="t-14 dim"><span class="trust wraps"><Icon name="lock" size="s" />{t('profile.is.locked', { name: person.name })}</span></p> : null}
          {person.joinedAt ? <p class="trust dim t-14"><Icon name="home" size="s" />{t('profile.joined', { date: monthOf(person.joinedAt, clock) })}</p> : null}
        </>
      )}
    </div>
  );
}
