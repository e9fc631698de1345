import { useEffect, useState } from 'preact/hooks';
import type { Profile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { Note } from '../../components/Note.tsx';
import { locale, t } from '../../i18n/index.ts';
import { DistanceItems, endMute } from '../../posts/DistanceItems.tsx';
import { RingItems } from '../../posts/RingItems.tsx';
import { ownNameOf } from '../../state/called.ts';
import { client } from '../../state/client.ts';
import { blocked, muted, unblock, type Mute } from '../../state/distance.ts';
import { toast } from '../../state/toast.ts';
import { whenText } from '../parts/when.ts';
import { t as own } from './words.ts';

const muteOf = (person: Profile): Mute | null => {
  const here = muted.value.get(person.persona);
  return here === undefined ? (person.muted ? { until: person.mutedUntil ?? null } : null) : here;
};

/** Says that somebody is muted, and ends it. */
export function Muted({ person, onEnd }: { person: Profile; onEnd: () => void }) {
  const mute = muteOf(person);
  if (!mute) return null;
  const end = () => void endMute(person.persona).then(onEnd);
  return (
    <Note kind="plain" icon="hush" action={{ label: t('person.unmute.short'), run: end }}>
      <b>{mute.until === null ? t('person.mute.open') : t('person.mute.until', { when: whenText(mute.until, Date.now(), locale) })}</b>. {t('person.mute.text', { name: person.name })}
    </Note>
  );
}

interface MoreProps { person: Profile; onChange: (change: Partial<Profile>) => void; onPetname: () => void; onMeet: () => void }

/** What else can be done about somebody. */
export const More = ({ person, onChange, onPetname, onMeet }: MoreProps) => (
  <Menu class="icon-btn edged" label={t('person.more', { name: person.name })} button={<Icon name="more" />}>
    <MenuItem icon="pen" onPick={onPetname}>{own('petname.title', { name: ownNameOf(person) })}<small>{own('petname.give.text')}</small></MenuItem>
    <MenuItem icon="shield" onPick={onMeet}>{own('met.compare')}<small>{own('met.compare.text')}</small></MenuItem>
    <RingItems person={person} onChange={onChange} />
    <DistanceItems persona={person.persona} />
  </Menu>
);

/** Somebody the reader has blocked: says so, with the way back. */
export function Blocked({ persona, name, onEnd }: { persona: string; name: string; onEnd: () => void }) {
  const [busy, setBusy] = useState(false);
  const end = async () => {
    setBusy(true);
    try {
      await unblock(persona);
      toast(t('person.unblocked', { name }));
      onEnd();
    } catch (error) {
      toast(faultText(error));
    }
    setBusy(false);
  };
  return (
    <div class="card sheet">
      <Empty title={t('profile.blocked.title', { name })} action={<Button busy={busy} onClick={() => void end()} label={t('person.unblock.name', { name })}>{t('person.unblock')}</Button>}>
        <p>{t('profile.blocked.text')}</p>
      </Empty>
    </div>
  );
}

/** Whom of the blocked an address means, once the house was asked: null = nobody. Who is blocked has no profile to be found. */
export function useBlocked(who: string, ask: boolean): { persona: string; name: string } | null | undefined {
  const [found, set] = useState<{ who: string; person: { persona: string; name: string } | null } | null>(null);
  useEffect(() => {
    if (!ask) return;
    client.people.blocked().then(
      ({ blocked: list }) => {
        const one = list.find(({ handle, persona }) => handle === who || persona === who);
        set({ who, person: one ? { persona: one.persona, name: `@${one.handle}` } : null });
      },
      () => set({ who, person: null }),
    );
  }, [who, ask]);
  return found?.who === who ? found.person : undefined;
}

/** Whether the reader blocked somebody on this page. */
export const isBlocked = (persona: string): boolean => blocked.value.has(persona);
