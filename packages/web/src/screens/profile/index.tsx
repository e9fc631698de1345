import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { ApiError, type WholeProfile as Person } from '@commonhold/sdk';
import { Lost } from '../../app/Lost.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/index.ts';
import { PersonPosts, PersonTabs } from '../../posts/PersonPosts.tsx';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { me } from '../../state/session.ts';
import { profileOf } from '../../state/profile.ts';
import { onRings } from '../../state/rings.ts';
import { Aside } from '../home/Aside.tsx';
import { Blocked, isBlocked, useBlocked } from './Distance.tsx';
import { Head } from './Head.tsx';
import './profile.css';
import { Reads, ReadsFolded } from './Reads.tsx';

/** Nobody to be found here, or somebody the reader has blocked. */
function Absent({ who, again }: { who: string; again: () => void }) {
  const { path } = useLocation();
  const known = useBlocked(who, me.value !== null);
  if (known) return <Blocked {...known} onEnd={again} />;
  if (me.value && known === undefined) return <div class="card sheet"><Skeleton posts={1} /></div>;
  const way = me.value ? <Button href="/people">{t('people.title')}</Button> : <Button href={`/login?next=${encodeURIComponent(path)}`}>{t('lost.login')}</Button>;
  return <div class="card sheet"><Empty title={t('profile.gone.title')} action={way}><p>{t('profile.gone.text')}</p></Empty></div>;
}

/** A profile that was found: head, what they read of one's own, posts. */
function Found({ person, edit, setEdit, change }: { person: Person; edit: boolean; setEdit: (edit: boolean) => void; change: (part: Partial<Person>) => void }) {
  return (
    <>
      <section class="card sheet" aria-label={person.name}>
        <Head key={person.persona} person={person} edit={edit} setEdit={setEdit} onChange={change} />
        <PersonTabs />
      </section>
      {mayRead(person) ? <ReadsFolded person={person} onChange={change} /> : null}
      <PersonPosts person={person} />
    </>
  );
}

/* Rings are for members about others: not for visitors, not about oneself. */
const mayRead = (person: Person): boolean => me.value !== null && person.persona !== me.value?.persona;

function Beside({ person, change }: { person: Person | null; change: (part: Partial<Person>) => void }) {
  return <>{person && mayRead(person) && !isBlocked(person.persona) ? <Reads person={person} onChange={change} /> : null}<Aside /></>;
}

/** One person: face, name, words about themselves, posts. */
export default function Profile() {
  const { params } = useRoute();
  const at = params['at'] ?? '';
  const profile = useMemo(() => profileOf(at.slice(1)), [at]);
  const [edit, setEdit] = useState(false);
  useEffect(() => { if (at.startsWith('@')) void profile.load(); setEdit(false); }, [profile]);
  useEffect(() => onRings(() => { if (profile.person.peek()) void profile.load(); }), [profile]);
  if (!at.startsWith('@')) return <Lost />;
  const person = profile.person.value;
  const fault = profile.fault.value;
  const again = () => void profile.load();
  const change = (part: Partial<Person>) => profile.change(part);
  return (
    <Page title={person?.name ?? at} {...(me.value ? { back: '/people' } : {})} aside={me.value ? <Beside person={person} change={change} /> : null}
      actions={person?.me ? <a class="icon-btn only-phone" href="/settings" aria-label={t('nav.settings')} title={t('nav.settings')}><Icon name="tune" /></a> : null}>
      {person && isBlocked(person.persona) ? <Blocked persona={person.persona} name={person.name} onEnd={again} /> : person ? (
        <Found person={person} edit={edit} setEdit={setEdit} change={change} />
      ) : fault instanceof ApiError && fault.status === 404 ? <Absent who={at.slice(1)} again={again} />
        : <div class="card sheet">{fault ? <Failed title={t('profile.failed')} error={fault} again={again} /> : <Skeleton posts={1} />}</div>}
    </Page>
  );
}
