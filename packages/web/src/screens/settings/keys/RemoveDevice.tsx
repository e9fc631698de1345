import type { Devices } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note } from '../../../components/Note.tsx';
import { t as common } from '../../../i18n/index.ts';
import { acts } from '../../../keys/index.ts';
import { me } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';

interface RemoveProps { device: Devices['devices'][number]; name: string; /** This browser's key may do it; else the words must. */ byKey: boolean; onClose: () => void }

/** Asks before a device loses every right, and says what that means; for a stolen one, by the words. */
export function RemoveDevice({ device: { key }, name, byKey, onClose }: RemoveProps) {
  const act = useAct();
  const [byWords, setByWords] = useState(!byKey);
  const [typed, type] = useState('');
  const go = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      await (await acts()).revoke(me.value!.persona, key, byWords ? typed : null);
      toast(t('devices.removed', { name }));
      onClose();
    });
  };
  return (
    <Dialog title={t('remove.title', { name })} onClose={onClose}>
      <form class="body stack" onSubmit={go} noValidate autocomplete="off">
        <p>{t('remove.text')}</p>
        <p class="dim t-14">{t('remove.late')}</p>
        <p class="dim t-14">{t('remove.logins')}</p>
        {byKey ? (
          <label class="check"><input type="checkbox" checked={byWords} onChange={(event) => { act.clear(); setByWords(event.currentTarget.checked); }} />
            <span><span class="b">{t('remove.stolen')}</span><br /><span class="t-14 dim">{t('remove.stolen.text')}</span></span></label>
        ) : <p>{t('remove.words')}</p>}
        {byWords ? <WordsField value={typed} onInput={(words) => { act.clear(); type(words); }} error={act.error} /> : null}
        {act.error && !isAboutWords(act.error) ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
        <div class="pair">
          <Button kind="danger" type="submit" block busy={act.busy}>{act.busy ? t('remove.busy') : t('remove.go')}</Button>
          <Button block onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
