import { useEffect } from 'preact/hooks';
import type { Profile } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { t } from '../../i18n/index.ts';
import { FollowButton } from '../../posts/FollowButton.tsx';
import { directory, loadDirectory } from '../../state/people.ts';
import { house, houseTitle, myPersona } from '../../state/session.ts';
import { onceItStands } from '../../state/stands.ts';

const MOST = 5;
/* Who was suggested stays in the list after Follow, so that the next button does not jump under the finger. */
let suggested: string[] | null = null;

function pick(people: readonly Profile[] | null): Profile[] {
  if (!people) return [];
  const others = people.filter((person) => person.persona !== myPersona.value);
  suggested ??= others.filter((person) => !person.follows).slice(0, MOST).map((person) => person.persona);
  return others.filter((person) => suggested?.includes(person.persona));
}

/** People of the house one does not follow yet. */
export function Suggestions() {
  useEffect(() => { if (!directory.peek()) void onceItStands().then(loadDirectory).catch(() => undefined); }, []);
  const people = pick(directory.value);
  if (people.length === 0) return null;
  return (
    <section class="card sheet" aria-labelledby="suggested">
      <div class="head"><h2 class="t-16" id="suggested">{t('aside.people')}</h2></div>
      <ul class="list">
        {people.map((person) => (
          <li key={person.persona}>
            <Face persona={person.persona} size={36} />
            <span class="grow"><a class="quiet-link b t-14 clip1 block" href={`/@${person.handle}`} dir="auto">{person.name}</a><span class="t-13 dim clip1 block">{person.bio || `@${person.handle}`}</span></span>
            <FollowButton person={person} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HouseCard() {
  const at = house.value;
  if (!at) return null;
  const faces = (directory.value ?? []).slice(0, 6);
  return (
    <section class="card pad stack tight" aria-label={houseTitle}>
      <div class="row"><HouseMark id={at.id} /><div class="grow"><h2 class="t-18 serif clip2">{at.title}</h2><p class="t-13 dim">{t('aside.house', { n: at.people, capacity: at.capacity })}</p></div></div>
      {at.note ? <p class="t-14" dir="auto">{at.note}</p> : null}
      <div class="row"><span class="faces grow">{faces.map((person) => <Face persona={person.persona} size={32} />)}</span><a class="tap" href="/people">{t('aside.everyone')}</a></div>
    </section>
  );
}

/** Beside the feed: the house, and people to follow. */
export const Aside = () => <><HouseCard /><Suggestions /></>;
