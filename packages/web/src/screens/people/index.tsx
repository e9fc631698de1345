import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Profile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/index.ts';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { directory, loadDirectory } from '../../state/people.ts';
import { house, me } from '../../state/session.ts';

/* Below this many a list is looked over faster than searched. */
const SEARCH_FROM = 12;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function Row({ person }: { person: Profile }) {
  const mine = person.persona === me.value?.persona;
  return (
    <li>
      <a class="av-link" href={`/@${person.handle}`} tabIndex={-1} aria-hidden="true"><Face persona={person.persona} /></a>
      <div class="grow">
        <a class="quiet-link b clip1 block" id={`person-${person.handle}`} href={`/@${person.handle}`} dir="auto">{person.name}</a>
        <span class="t-14 dim row wrap">@{person.handle}{person.followsYou && !mine ? <span class="tag">{t('person.follows.you')}</span> : null}</span>
        {person.bio ? <p class="t-14 clip2" dir="auto">{person.bio}</p> : null}
      </div>
      {mine ? <span class="tag">{t('person.you')}</span> : <FollowButton persona={person.persona} name={person.name} follows={person.follows} />}
    </li>
  );
}

function List({ people }: { people: readonly Profile[] }) {
  const sought = useSignal('');
  const found = people.filter((person) => plain(`${person.name} @${person.handle}`).includes(plain(sought.value.trim())));
  return (
    <>
      {people.length >= SEARCH_FROM ? <div class="side-pad"><Field label={t('people.find')} hideLabel type="search" placeholder={t('people.find')} value={sought.value} onInput={(text) => { sought.value = text; }} /></div> : null}
      <div class="card sheet">
        {found.length ? <ul class="list">{found.map((person) => <Row key={person.persona} person={person} />)}</ul> : <p class="pad dim center">{t('people.none', { text: sought.value.trim() })}</p>}
      </div>
    </>
  );
}

/** Everyone in the house, and whom one follows. */
export default function People() {
  const fault = useSignal<unknown>(null);
  const load = () => { fault.value = null; loadDirectory().catch((error: unknown) => { fault.value = error; }); };
  useEffect(load, []);
  const people = directory.value;
  const names = new Intl.Collator();
  const sorted = people && [...people].sort((a, b) => names.compare(a.name, b.name));
  return (
    <Page title={t('people.title')} actions={<Button small icon="plus" href="/invite">{t('people.invite')}</Button>}>
      <p class="side-pad dim t-14">{t('people.house', { n: people?.length ?? house.value?.people ?? 1 })}</p>
      {sorted ? <List people={sorted} />
        : fault.value ? <div class="card sheet"><Failed title={t('people.failed')} error={fault.value} again={load} /></div>
        : <div class="card sheet" aria-busy="true"><ul class="list" aria-hidden="true">{[1, 2, 3].map((n) => <li key={n}><span class="av" /><div class="grow stack tight"><span class="skel w-40" /><span class="skel thin w-60" /></div></li>)}</ul></div>}
      {people?.length === 1 ? <div class="card sheet"><Empty title={t('people.alone.title')} action={<Button kind="fill" href="/invite">{t('people.invite')}</Button>}><p>{t('people.alone.text')}</p></Empty></div> : null}
    </Page>
  );
}
