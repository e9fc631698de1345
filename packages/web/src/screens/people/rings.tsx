import type { ComponentChildren } from 'preact';
import { useSignal } from '@preact/signals';
import type { FollowRequest, Follower, Profile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { locale, t } from '../../i18n/index.ts';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { putClose } from '../../state/ringMoves.ts';
import { answerRequest } from '../../state/rings.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { whenText } from '../parts/when.ts';
import { More, Row, Tags } from './Row.tsx';

/* Below this many a list is looked over faster than searched. */
const SEARCH_FROM = 12;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Rows on a sheet, with a field to find somebody among many. */
function Sheet<P extends { name: string; handle: string }>({ people, row }: { people: readonly P[]; row: (person: P) => ComponentChildren }) {
  const sought = useSignal('');
  const found = people.filter((person) => plain(`${person.name} @${person.handle}`).includes(plain(sought.value.trim())));
  return (
    <>
      {people.length >= SEARCH_FROM ? <div class="side-pad"><Field label={t('people.find')} hideLabel type="search" placeholder={t('people.find')} value={sought.value} onInput={(text) => { sought.value = text; }} /></div> : null}
      <div class="card sheet">
        {found.length ? <ul class="list">{found.map(row)}</ul> : <p class="pad dim center">{t('people.none', { text: sought.value.trim() })}</p>}
      </div>
    </>
  );
}

const Nobody = ({ title, text, action }: { title: string; text?: string; action?: ComponentChildren }) => <div class="card sheet"><Empty title={title} action={action}>{text ? <p>{text}</p> : null}</Empty></div>;
const toHouse = () => <Button href="/people">{t('ring.house.show')}</Button>;

const PersonRow = ({ person }: { person: Profile }) => (
  <Row key={person.persona} person={person} bio={person.bio} tags={<Tags persona={person.persona} />}>
    {person.persona === me.value?.persona ? <span class="tag">{t('person.you')}</span> : <><FollowButton person={person} /><More person={person} /></>}
  </Row>
);

/** Everyone in the house. */
export function House({ people }: { people: readonly Profile[] }) {
  if (people.length === 1) return <><Sheet people={people} row={(person) => <PersonRow person={person} />} /><Nobody title={t('people.alone.title')} text={t('people.alone.text')} action={<Button kind="fill" href="/invite">{t('people.invite')}</Button>} /></>;
  return <Sheet people={people} row={(person) => <PersonRow person={person} />} />;
}

/** Whom one follows, and whom one asked to. */
export function YouFollow({ people }: { people: readonly Profile[] }) {
  const mine = people.filter((person) => person.follows || person.asked);
  return mine.length ? <Sheet people={mine} row={(person) => <PersonRow person={person} />} /> : <Nobody title={t('ring.following.none')} text={t('ring.following.none.text')} action={toHouse()} />;
}

/** Who follows. */
export function Followers({ followers, people }: { followers: readonly Follower[]; people: readonly Profile[] }) {
  if (!followers.length) return <Nobody title={t('ring.followers.none')} text={t('ring.followers.none.text')} />;
  const known = new Map(people.map((person) => [person.persona, person]));
  return (
    <Sheet people={followers} row={(one) => {
      const person = known.get(one.persona);
      return <Row key={one.persona} person={one} bio={person?.bio ?? null} tags={<Tags persona={one.persona} but="follows" />}>{person ? <FollowButton person={person} /> : null}<More person={one} /></Row>;
    }} />
  );
}

/** Whom one calls close, and from whom to choose. */
export function Close({ people }: { people: readonly Profile[] }) {
  const others = people.filter((person) => person.persona !== me.value?.persona);
  const close = others.filter((person) => person.close);
  const rest = others.filter((person) => !person.close);
  const move = (person: Profile, yes: boolean) => (
    <Row key={person.persona} person={person} tags={<Tags persona={person.persona} but="close" />}>
      <Button small {...(yes ? { icon: 'plus' as const } : {})} label={t(yes ? 'ring.close.add.name' : 'ring.close.out.name', { name: person.name })} onClick={() => { putClose(person, yes); document.getElementById('ring')?.focus({ preventScroll: true }); }}>{t(yes ? 'ring.close.add' : 'ring.close.take.short')}</Button>
    </Row>
  );
  return (
    <>
      {close.length ? <Sheet people={close} row={(person) => move(person, false)} /> : <Nobody title={t('ring.close.none')} text={t('ring.close.none.text')} />}
      {rest.length ? <><h2 class="t-16 side-pad">{t('ring.close.rest')}</h2><Sheet people={rest} row={(person) => move(person, true)} /></> : null}
    </>
  );
}

function Request({ one, bio }: { one: FollowRequest; bio: string | null }) {
  const busy = useSignal(false);
  const answer = async (yes: boolean) => {
    if (busy.value) return;
    busy.value = true;
    try {
      // The row is gone at once, and the focus with it.
      const answered = answerRequest(one.persona, yes);
      document.getElementById('ring')?.focus({ preventScroll: true });
      await answered;
      toast(t(yes ? 'request.accepted' : 'request.declined', { name: one.name }));
    } catch (error) {
      toast(faultText(error));
    }
    busy.value = false;
  };
  return (
    <Row person={one} bio={bio} tags={<span>{t('request.since', { when: whenText(one.since, Date.now(), locale) })}</span>}>
      <Button small busy={busy.value} label={t('request.accept.name', { name: one.name })} onClick={() => void answer(true)}>{t('request.accept')}</Button>
      <Button small kind="plain" busy={busy.value} label={t('request.decline.name', { name: one.name })} onClick={() => void answer(false)}>{t('request.decline')}</Button>
    </Row>
  );
}

/** Who asks to follow. */
export function Requests({ requests, people }: { requests: readonly FollowRequest[]; people: readonly Profile[] }) {
  if (!requests.length) return <Nobody title={t('ring.requests.none')} />;
  return <Sheet people={requests} row={(one) => <Request key={one.persona} one={one} bio={people.find((person) => person.persona === one.persona)?.bio ?? null} />} />;
}
