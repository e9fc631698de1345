import type { ComponentChildren } from 'preact';
import type { Person } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { t } from '../../i18n/index.ts';
import { DistanceItems } from '../../posts/DistanceItems.tsx';
import { RingItems } from '../../posts/RingItems.tsx';
import { directory } from '../../state/people.ts';

/** What a row says about somebody, and what can be done with them. */
interface RowProps { person: Person; bio?: string | null; tags?: ComponentChildren; children?: ComponentChildren }

/** Somebody in a list: face, name, words, and what can be done. */
export const Row = ({ person, bio, tags, children }: RowProps) => (
  <li class="person">
    <a class="av-link" href={`/@${person.handle}`} tabIndex={-1} aria-hidden="true"><Face persona={person.persona} /></a>
    <div class="grow">
      <a class="quiet-link b clip2" id={`person-${person.handle}`} href={`/@${person.handle}`} dir="auto">{person.name}</a>
      <span class="t-14 dim row wrap">@{person.handle}{tags}</span>
      {bio ? <p class="t-14 clip2" dir="auto">{bio}</p> : null}
    </div>
    <div class="does">{children}</div>
  </li>
);

/** "follows you" and "close", as far as they are true; `but` leaves out what the list itself says. */
export function Tags({ persona, but }: { persona: string; but?: 'follows' | 'close' }) {
  const person = directory.value?.find((one) => one.persona === persona);
  return (
    <>
      {person?.followsYou && but !== 'follows' ? <span class="tag">{t('person.follows.you')}</span> : null}
      {person?.close && but !== 'close' ? <span class="tag people"><Icon name="close-ring" />{t('ring.close')}</span> : null}
    </>
  );
}

/** What else can be done about somebody. */
export const More = ({ person }: { person: Person }) => (
  <Menu label={t('person.more', { name: person.name })} button={<Icon name="more" />}><RingItems person={{ persona: person.persona, name: person.name }} /><DistanceItems persona={person.persona} /></Menu>
);
