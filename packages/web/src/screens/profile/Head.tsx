import { useEffect, useState } from 'preact/hooks';
import type { ProfileField, WholeProfile } from '@commonhold/sdk';
import { Button, IconButton } from '../../components/Button.tsx';
import { Face, pictureUrl } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { t } from '../../i18n/index.ts';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { Linked } from '../../posts/parts.tsx';
import { ownNameOf } from '../../state/called.ts';
import { clock } from '../../state/clock.ts';
import { me } from '../../state/session.ts';
import { monthOf } from '../../words/time.ts';
import { CodeDialog } from './Code.tsx';
import { Common } from './Common.tsx';
import { More, Muted } from './Distance.tsx';
import { Edit } from './Edit.tsx';
import { Lines } from './Lines.tsx';
import { MeetDialog } from './Meet.tsx';
import { Met } from './Met.tsx';
import { PetnameDialog } from './Petname.tsx';
import { ProveDialog } from './Prove.tsx';
import { t as own } from './words.ts';

interface HeadProps { person: WholeProfile; edit: boolean; setEdit: (edit: boolean) => void; onChange: (change: Partial<WholeProfile>) => void }
type Open = 'petname' | 'meet' | 'code' | { prove: ProfileField } | null;

/** The picture over a profile; without one there is none, and no room for it. */
function Banner({ person: { persona, banner } }: { person: WholeProfile }) {
  if (!banner) return null;
  return <img class="banner" src={pictureUrl(persona, banner.full)} width={banner.width} height={banner.height} alt={banner.alt ?? ''} decoding="async" />;
}

/** Handle, what they call themselves, and what they are to the reader. */
function Names({ person, onPetname }: { person: WholeProfile; onPetname: () => void }) {
  const { name, handle, petname, followsYou, close } = person;
  return (
    <div>
      <h2 class="t-32 prof-name" dir="auto">{name}</h2>
      <p class="row wrap dim">@{handle}{followsYou ? <span class="tag">{t('person.follows.you')}</span> : null}{close ? <span class="tag people"><Icon name="close-ring" />{t('ring.close')}</span> : null}</p>
      {petname === undefined ? null : <p class="t-14 dim own-name"><span dir="auto">{own('own.name', { name: ownNameOf(person) })}</span> <button type="button" class="tap" onClick={onPetname}>{own('petname.change')}</button></p>}
    </div>
  );
}

function Facts({ person, onChange, open }: { person: WholeProfile; onChange: HeadProps['onChange']; open: (what: Open) => void }) {
  const mine = me.value?.persona === person.persona;
  const { name } = person;
  const unproved = mine ? (person.fields ?? []).filter(({ value, verifiedAt }) => verifiedAt === undefined && /^https:\/\/\S+$/.test(value)) : [];
  return (
    <>
      {mine ? null : <Muted person={person} onEnd={() => onChange({ muted: false, mutedUntil: null })} />}
      {person.retired ? <Note kind="plain" icon="leave">{t('profile.retired', { name })}</Note> : null}
      {person.movedTo ? <Note kind="warn" icon="leave">{t('profile.moved', { name })}</Note> : null}
      {person.bio ? <p class="t-18 text" dir="auto"><Linked text={person.bio} /></p> : null}
      {mine ? null : <Met person={person} onMeet={() => open('meet')} onChange={onChange} />}
      <Lines person={person} />
      {unproved.map((field) => <p key={field.value}><button type="button" class="tap" onClick={() => open({ prove: field })}><Icon name="link" size="s" />{own('prove')}: {field.value.replace(/^https:\/\//, '')}</button></p>)}
      {person.locked && !mine && !person.follows ? <p class="t-14 dim"><span class="trust wraps"><Icon name="lock" size="s" />{t('profile.is.locked', { name })}</span></p> : null}
      {person.joinedAt ? <p class="trust dim t-14"><Icon name="home" size="s" />{t('profile.joined', { date: monthOf(person.joinedAt, clock) })}</p> : null}
      {mine || !me.value ? null : <Common key={person.persona} persona={person.persona} />}
    </>
  );
}

/* A code that a camera read stands behind the address, of a page that opens or of one that is open already; it opens the comparison once. */
function useArrival(mine: boolean, open: (what: Open) => void): string {
  const [code, setCode] = useState('');
  useEffect(() => {
    const arrive = () => {
      if (!location.hash.startsWith('#key=')) return;
      setCode(location.hash);
      history.replaceState(history.state, '', location.pathname + location.search);
      if (!mine && me.value) open('meet');
    };
    arrive();
    addEventListener('hashchange', arrive);
    return () => removeEventListener('hashchange', arrive);
  }, [mine]);
  return code;
}

/** The head of a profile. */
export function Head({ person, edit, setEdit, onChange }: HeadProps) {
  const mine = me.value?.persona === person.persona;
  const [open, setOpen] = useState<Open>(null);
  const code = useArrival(mine, setOpen);
  const close = () => setOpen(null);
  return (
    <>
      {edit ? null : <Banner person={person} />}
      <div class={person.banner && !edit ? 'prof stack over' : 'prof stack'}>
        <div class="row prof-top">
          <Face persona={person.persona} size={96} />
          <div class="row tight end">
            {mine && !edit ? <><IconButton icon="qr" class="edged" label={own('code.show')} popup="dialog" onClick={() => setOpen('code')} /><Button onClick={() => setEdit(true)} icon="pen">{t('profile.edit')}</Button></> : null}
            {!mine && me.value ? <><FollowButton person={person} small={false} onChange={onChange} /><More person={person} onChange={onChange} onPetname={() => setOpen('petname')} onMeet={() => setOpen('meet')} /></> : null}
          </div>
        </div>
        {edit && mine ? <Edit person={person} setEdit={setEdit} onChange={onChange} /> : <><Names person={person} onPetname={() => setOpen('petname')} /><Facts person={person} onChange={onChange} open={setOpen} /></>}
      </div>
      {open === 'petname' ? <PetnameDialog person={person} onClose={close} /> : open === 'meet' ? <MeetDialog person={person} code={code} onClose={close} onChange={onChange} />
        : open === 'code' ? <CodeDialog onClose={close} /> : open ? <ProveDialog person={person} field={open.prove} onClose={close} onChange={onChange} /> : null}
    </>
  );
}
