import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import './search.css';
import '../parts/parts.css';
import { onKey } from '../../app/keys.ts';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { FeedList } from '../../posts/FeedList.tsx';
import { nameOf, tagHref } from '../../posts/parts.tsx';
import { searchFor, type Search as Asked, type SearchIn } from '../../state/search.ts';
import { t } from './words.ts';

const hrefOf = (q: string, where: SearchIn): string => `/search?${new URLSearchParams({ q, ...(where === 'own' ? { in: 'own' } : {}) }).toString()}`;
const HERE = { list: 'search' } as const;

/** The field; what was looked for stands in it. It has the focus when nothing was looked for yet. */
function Ask({ q, where }: { q: string; where: SearchIn }) {
  const { route } = useLocation();
  const [typed, type] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => { type(q); if (!q) field.current?.focus({ preventScroll: true }); }, [q]);
  useEffect(() => onKey('/', () => field.current?.select()), []);
  const go = () => { if (typed.trim()) route(hrefOf(typed.trim(), where)); };
  return (
    <form class="card sheet search" role="search" onSubmit={(event) => { event.preventDefault(); go(); }}>
      <label class="vh" for="search">{t('label')}</label>
      <div class="row"><span class="search-field grow"><Icon name="search" /><input id="search" ref={field} class="input" type="search" value={typed} placeholder={t('hint')} autocomplete="off" enterkeyhint="search" maxLength={200} dir="auto" onInput={(event) => type(event.currentTarget.value)} /></span>
        <Button kind="fill" type="submit" disabled={typed.trim() === ''}>{t('go')}</Button></div>
      <div class="kinds in" role="group" aria-label={t('in')}>
        {(['all', 'own'] as const).map((one) => <button type="button" class="chip" key={one} aria-pressed={one === where ? 'true' : 'false'} onClick={() => route(hrefOf(q, one), true)}>{t(`in.${one}`)}</button>)}
      </div>
    </form>
  );
}

function People({ search }: { search: Asked }) {
  const people = search.people.value;
  if (people.length === 0) return null;
  return (
    <section class="card sheet" aria-labelledby="found-people">
      <div class="head"><h2 class="t-16" id="found-people">{t('people')}</h2></div>
      <ul class="list">{people.map((person) => (
        <li key={person.persona}><Face persona={person.persona} size={36} /><span class="grow"><a class="quiet-link b block clip1" href={`/@${person.handle}`} dir="auto">{nameOf(person.persona)}</a><span class="t-13 dim block clip1">@{person.handle}</span></span></li>
      ))}</ul>
    </section>
  );
}

function Tags({ search }: { search: Asked }) {
  const tags = search.tags.value;
  if (tags.length === 0) return null;
  return (
    <section class="card sheet" aria-labelledby="found-tags">
      <div class="head"><h2 class="t-16" id="found-tags">{t('tags')}</h2></div>
      <p class="body row wrap">{tags.map((tag) => <a class="chip" key={tag} href={tagHref(tag)} dir="auto">#{tag}</a>)}</p>
    </section>
  );
}

function Nothing({ search: { q, where, people, tags } }: { search: Asked }) {
  if (people.value.length + tags.value.length > 0) return <p class="pad center dim t-14">{t('none.posts')}</p>;
  if (where === 'own') return <Empty title={t('none.own', { q })} action={<Button href={hrefOf(q, 'all')}>{t('none.own.act')}</Button>} />;
  return <Empty title={t('none', { q })}><p>{t('none.text')}</p></Empty>;
}

function Found({ search }: { search: Asked }) {
  return (
    <>
      {search.fromHere.value ? <Note kind="plain" icon="away" action={{ label: t('here.again'), run: () => void search.posts.load() }}>{t('here')}</Note> : null}
      <People search={search} /><Tags search={search} />
      <FeedList feed={search.posts} where={HERE} empty={<Nothing search={search} />} />
    </>
  );
}

/** What can be typed. */
function How() {
  const row = (sign: string, words: string) => <li><kbd dir="ltr">{sign}</kbd><span>{words}</span></li>;
  return (
    <section class="card sheet" aria-labelledby="how">
      <div class="head"><h2 class="t-16" id="how">{t('how')}</h2></div>
      <ul class="how body">{row('tide song', t('how.words'))}{row('"low tide"', t('how.phrase'))}{row('from:ada', t('how.from'))}{row('has:image', t('how.has'))}</ul>
      <p class="body t-14 dim">{t('how.own')}</p>
    </section>
  );
}

/** Looks for words, people and tags among all that one may read. */
export default function Search() {
  const { query } = useLocation();
  const q = (query['q'] ?? '').trim();
  const where: SearchIn = query['in'] === 'own' ? 'own' : 'all';
  return (
    <Page title={t('title')} aside={<How />}>
      <Ask q={q} where={where} />
      {q ? <Found key={`${where}:${q}`} search={searchFor(q, where)} /> : <div class="not-aside"><How /></div>}
    </Page>
  );
}
