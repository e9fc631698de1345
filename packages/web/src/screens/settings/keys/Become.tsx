import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note } from '../../../components/Note.tsx';
import { acts } from '../../../keys/index.ts';
import { me } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { deviceLabel } from '../../entry/device.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';

/** Makes a browser that knows the passphrase alone one of the person's devices. */
export function Become({ onClose }: { onClose: () => void }) {
  const act = useAct();
  const [typed, type] = useState('');
  const submit = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      await (await acts()).becomeDevice(me.value!.persona, typed, deviceLabel(navigator.userAgent));
      toast(t('become.done'));
      onClose();
    });
  };
  return (
    <Dialog title={t('become.title')} onClose={onClose}>
      <form class="body stack" onSubmit={submit} noValidate autocomplete="off">
        <p>{t('become.text')}</p>
        <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} />
        {act.error && !isAboutWords(act.error) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
        <Button kind="fill" type="submit" block busy={act.busy}>{act.busy ? t('become.busy') : t('become.go')}</Button>
      </form>
    </Dialog>
  );
}
