import { MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { directory } from '../state/people.ts';
import { dropFollower, putClose } from '../state/ringMoves.ts';
import { followers } from '../state/rings.ts';

/** Choices of a menu that move somebody between one's rings. */
export function RingItems({ person, onChange }: { person: { persona: string; name: string; close?: boolean; followsYou?: boolean }; onChange?: (change: { close?: boolean; followsYou?: boolean }) => void }) {
  const { persona, name } = person;
  const known = directory.value?.find((one) => one.persona === persona);
  const follower = followers.value?.find((one) => one.persona === persona);
  const close = person.close ?? known?.close ?? follower?.close ?? false;
  const followsYou = person.followsYou ?? known?.followsYou ?? follower !== undefined;
  return (
    <>
      <MenuItem icon={close ? 'minus' : 'close-ring'} onPick={() => putClose({ persona, name }, !close, (yes) => onChange?.({ close: yes }))}>
        {t(close ? 'ring.close.take' : 'ring.close.put')}<small>{t(close ? 'ring.close.take.text' : 'ring.close.put.text')}</small>
      </MenuItem>
      {followsYou ? <MenuItem icon="close" onPick={() => dropFollower({ persona, name }, (yes) => onChange?.({ followsYou: yes }))}>{t('ring.remove')}<small>{t('ring.remove.text')}</small></MenuItem> : null}
    </>
  );
}
