import { useState } from 'preact/hooks';
import type { Place } from '@commonhold/sdk';
import { faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { house, me, refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { dateOf, nameIn, when } from './names.ts';
import { LetBackIn } from './LetBackIn.tsx';
import { Farewell, Suspension } from './StandingDialog.tsx';
import { t } from './words.ts';

type Asked = { what: 'suspend' | 'expel' | 'access'; place: Place } | null;

/** Who invited whom, as a tree: each stands below whoever brought them. */
export function Tree() {
  const load = useLoad((signal) => client.care.people({ signal }), String(house.value?.people));
  const [asked, ask] = useState<Asked>(null);
  const steward = me.value?.role === 'steward';
  // The list is read anew, and with it goes whatever had the focus.
  const done = (text: string): void => { toast(text); ask(null); load.again(); requestAnimationFrame(toHeading); };
  return (
    <div class="stack narrow-page">
      <p class="dim">{t(steward ? 'people.text.steward' : 'people.text')}</p>
      <Loaded load={load}>{({ people }) => <div class="card tree">{branch(people, null, { steward, ask, done })}</div>}</Loaded>
      {asked?.what === 'suspend' ? <Suspension place={asked.place} onClose={() => ask(null)} onDone={done} /> : null}
      {asked?.what === 'access' ? <LetBackIn place={asked.place} onClose={() => ask(null)} /> : null}
      {asked?.what === 'expel' ? <Farewell place={asked.place} onClose={() => ask(null)} onDone={done} /> : null}
    </div>
  );
}

interface Acts { steward: boolean; ask: (asked: Asked) => void; done: (text: string) => void }

/* Whoever was brought by somebody who is not on the list stands at the root. */
function branch(people: readonly Place[], by: string | null, acts: Acts) {
  const here = new Set(people.map(({ persona }) => persona));
  const below = people.filter(({ invitedBy }) => (invitedBy !== null && here.has(invitedBy) ? invitedBy : null) === by);
  if (below.length === 0) return null;
  return <ul>{below.map((place) => <li key={place.persona}><Row place={place} {...acts} />{branch(people, place.persona, acts)}</li>)}</ul>;
}

function Row({ place, steward, ask, done }: Acts & { place: Place }) {
  const { persona, handle, role, joinedAt, suspended, leaving } = place;
  const name = nameIn(place);
  return (
    <div class="place">
      <a class="av-link" href={`/@${handle}`} tabIndex={-1} aria-hidden="true"><Face persona={persona} size={36} /></a>
      <div class="grow">
        <span class="row wrap"><a class="quiet-link b" href={`/@${handle}`} dir="auto">{name}</a>{role === 'steward' ? <span class="tag house"><Icon name="home" />{t('people.steward')}</span> : null}</span>
        <span class="t-14 dim">{t('people.came', { when: dateOf(joinedAt) })}</span>
        {suspended ? <span class="row"><span class="tag warn"><Icon name="pause" />{t('people.suspended', { when: when(suspended) })}</span></span> : null}
        {leaving ? <span class="row"><span class="tag bad"><Icon name="leave" />{t('people.leaving', { when: when(leaving) })}</span></span> : null}
      </div>
      {steward ? <More place={place} ask={ask} done={done} /> : null}
    </div>
  );
}

function More({ place, ask, done }: Omit<Acts, 'steward'> & { place: Place }) {
  const { persona, role, suspended, leaving } = place;
  const name = nameIn(place);
  const mine = persona === me.value?.persona;
  const run = async (work: () => Promise<unknown>, text: string): Promise<void> => {
    try { await work(); done(text); } catch (error) { toast(faultText(error)); }
  };
  const setRole = (to: 'steward' | 'member'): void => void run(async () => { await client.care.setRole(persona, to); if (mine) await refreshMe(); }, t(`role.done.${to}`, { name }));
  return (
    <Menu label={t('people.more', { name })} button={<Icon name="more" />}>
      {role === 'steward' ? <MenuItem icon="person" onPick={() => setRole('member')}>{t(mine ? 'role.step' : 'role.member')}</MenuItem> : <MenuItem icon="home" onPick={() => setRole('steward')}>{t('role.steward')}</MenuItem>}
      {role === 'steward' ? null : <MenuItem icon="key" onPick={() => ask({ what: 'access', place })}>{t('access')}</MenuItem>}
      {role === 'steward' || leaving ? null : suspended
        ? <MenuItem icon="check" onPick={() => void run(() => client.care.endSuspension(persona), t('suspend.ended', { name }))}>{t('suspend.end')}</MenuItem>
        : <MenuItem icon="pause" onPick={() => ask({ what: 'suspend', place })}>{t('suspend')}</MenuItem>}
      {role === 'steward' ? null : leaving
        ? <MenuItem icon="check" onPick={() => void run(() => client.care.keep(persona), t('expel.kept', { name }))}>{t('expel.take')}</MenuItem>
        : <MenuItem icon="leave" tone="danger" onPick={() => ask({ what: 'expel', place })}>{t('expel')}</MenuItem>}
    </Menu>
  );
}
