import { t } from '../i18n/index.ts';
import { faultText } from '../i18n/fault.ts';
import { client } from './client.ts';
import { askRing } from './ringAsk.ts';
import { hideFollower, setClose } from './rings.ts';
import { toast } from './toast.ts';
import { withUndo } from './undo.ts';

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
