import { faultText } from '../components/Empty.tsx';
import { MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { client } from '../state/client.ts';
import { directory } from '../state/people.ts';
import { askRing } from '../state/ringAsk.ts';
import { followers, hideFollower, setClose } from '../state/rings.ts';
import { toast } from '../state/toast.ts';
import { withUndo } from '../state/undo.ts';

/** Calls somebody close or no more, once it is said what shall become of older posts. `onChange` hears of it, also of the way back. */
export function putClose(person: { persona: string; name: string }, close: boolean, onChange?: (close: boolean) => void): void {
  onChange?.(close);
  void askRing({ person, ring: 'close', enters: close, go: () => void closeNow(person, close, onChange), back: () => onChange?.(!close) });
}

/* Says so, and offers the way back. */
async function closeNow(person: { persona: string; name: string }, close: boolean, onChange?: (close: boolean) => void): Promise<void> {
  onChange?.(close);
  try {
    await setClose(person.persona, close);
    toast(t(close ? 'ring.close.in' : 'ring.close.out', { name: person.name }), { label: t('undo'), run: () => void closeNow(person, !close, onChange) });
  } catch (error) {
    onChange?.(!close);
    toast(faultText(error));
  }
}

/** Ends that somebody follows, once it is said what becomes of older posts. */
export function dropFollower(person: { persona: string; name: string }, onChange?: (followsYou: boolean) => void): void {
  void askRing({ person, ring: 'followers', enters: false, go: () => dropNow(person, onChange) });
}

/* In five seconds, unless undone. */
function dropNow({ persona, name }: { persona: string; name: string }, onChange?: (followsYou: boolean) => void): void {
  const back = hideFollower(persona);
  const putBack = () => { back(); onChange?.(true); };
  onChange?.(false);
  withUndo({
    text: t('ring.removed', { name }), back: putBack,
    run: (keepalive) => { client.people.removeFollower(persona, { keepalive }).catch((error: unknown) => { putBack(); toast(faultText(error)); }); },
  });
}

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
