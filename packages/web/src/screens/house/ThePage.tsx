import type { HousePage, Person } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { useLoad } from '../parts/useLoad.ts';
import { CanAndCannot } from '../settings/CanAndCannot.tsx';
import { Loaded } from './Loaded.tsx';
import { Notices } from './Notices.tsx';
import { t } from './words.ts';

const monthOf = (ms: number): string => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(ms);

/** What the house is: its name, note and rules, who keeps it and who lives here, and what it can read. */
export const ThePage = () => {
  const load = useLoad((signal) => client.care.page({ signal }), String(house.value?.people));
  return <Loaded load={load}>{(page) => <Whole page={page} />}</Loaded>;
};

function Whole({ page }: { page: HousePage }) {
  return (
    <div class="split">
      <div class="stack">
        <Notices />
        <section class="card pad stack" aria-labelledby="house-name">
          <div class="row start"><HouseMark id={house.value?.id ?? null} large /><div class="grow stack tight"><h2 class="t-24" id="house-name" dir="auto">{page.title}</h2>
            <p class="dim t-14">{t('page.people', { n: page.people, capacity: page.capacity, when: monthOf(page.founded) })}</p></div></div>
          {page.note ? <p class="house-note" dir="auto">{page.note}</p> : null}
          <p class="hint">{t('page.length', { n: page.postLimit })}</p>
          {me.value?.role === 'steward' ? <div class="row"><Button icon="pen" href="/settings/house">{t('page.edit')}</Button></div> : null}
        </section>
        <section class="card" aria-labelledby="rules">
          <div class="head"><h2 class="t-20" id="rules">{t('page.rules')}</h2></div>
          <div class="body">{page.rules.length > 0 ? <ol class="rules">{page.rules.map((rule) => <li key={rule} dir="auto">{rule}</li>)}</ol> : <p class="dim">{t('page.rules.none')}</p>}</div>
        </section>
        <section class="card" aria-labelledby="stewards">
          <div class="head"><h2 class="t-20" id="stewards">{t('page.stewards')}</h2></div>
          <p class="dim lead">{t('page.stewards.text')}</p>
          <ul class="list">{page.stewards.map((person) => <Line key={person.persona} person={person} />)}</ul>
        </section>
      </div>
      <div class="stack">
        <CanAndCannot />
        <section class="card" aria-labelledby="everybody">
          <div class="head"><h2 class="t-20" id="everybody">{t('page.everybody')}</h2></div>
          <ul class="body everybody">{page.members.map(({ persona, handle, name }) => <li key={persona}><a href={`/@${handle}`} title={name}><Face persona={persona} /><span class="vh">{name}</span></a></li>)}</ul>
        </section>
      </div>
    </div>
  );
}

const Line = ({ person: { persona, handle, name } }: { person: Person }) => (
  <li>
    <a class="av-link" href={`/@${handle}`} tabIndex={-1} aria-hidden="true"><Face persona={persona} /></a>
    <div class="grow"><a class="quiet-link b clip1 block" href={`/@${handle}`} dir="auto">{name}</a><span class="t-14 dim">@{handle}</span></div>
  </li>
);
