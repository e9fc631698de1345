import { ApiError, type Devices } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note } from '../../../components/Note.tsx';
import { t as common } from '../../../i18n/index.ts';
import { acts } from '../../../keys/index.ts';
import { client } from '../../../state/client.ts';
import { me } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';
import { isAboutWords, WordsField } from '../../parts/WordsField.tsx';

/* One that has ended meanwhile is as good. */
const endLogin = (id: string): Promise<void> =>
  client.sessions.end(id).catch((error: unknown) => { if (!(error instanceof ApiError && error.status === 404)) throw error; });

interface RemoveProps {
  device: Devices['devices'][number]; name: string;
  /** This browser's key may do it; else the words must. */ byKey: boolean;
  /** Logins that came with no key: nobody can tell whether they are on that device. */ keyless: readonly string[];
  onClose: () => void;
}

/** Asks before a device loses every right, and says what that means; for a stolen one, by the words. */
export function RemoveDevice({ device: { key }, name, byKey, keyless, onClose }: RemoveProps) {
  const act = useAct();
  const [byWords, setByWords] = useState(!byKey);
  const [typed, type] = useState('');
  const [endAll, setEndAll] = useState(true);
  const go = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      await (await acts()).revoke(me.value!.persona, key, byWords ? typed : null);
      if (endAll) await Promise.all(keyless.map(endLogin));
      toast(t('devices.removed', { name }));
      onClose();
    });
  };
  return (
    <Dialog title={t('remove.title', { name })} onClose={onClose}>
      <form class="body stack" onSubmit={go} noValidate autocomplete="off">
        <p>{t('remove.text')}</p>
        <p class="dim t-14">{t('remove.late')}</p>
        {keyless.length > 0 ? (
          <label class="check"><input type="checkbox" checked={endAll} onChange={(event) => setEndAll(event.currentTarget.checked)} />
            <span><span class="b">{t('remove.logins', { n: keyless.length })}</span><br /><span class="t-14 dim">{t('remove.logins.text')}</span></span></label>
        ) : null}
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
