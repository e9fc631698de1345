import type { Devices } from '@commonhold/sdk';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Note } from '../../../components/Note.tsx';
import { t as common } from '../../../i18n/index.ts';
import { acts } from '../../../keys/index.ts';
import { me } from '../../../state/session.ts';
import { toast } from '../../../state/toast.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { useAct } from '../../parts/useAct.ts';

/** Asks before a device loses every right, and says what that means. */
export function RemoveDevice({ device: { key }, name, onClose }: { device: Devices['devices'][number]; name: string; onClose: () => void }) {
  const act = useAct();
  const go = (): void => act.run(async () => {
    await (await acts()).revoke(me.value!.persona, key);
    toast(t('devices.removed', { name }));
    onClose();
  });
  return (
    <Dialog title={t('remove.title', { name })} onClose={onClose}>
      <div class="body stack">
        <p>{t('remove.text')}</p>
        <p class="dim t-14">{t('remove.late')}</p>
        <p class="dim t-14">{t('remove.logins')}</p>
        {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
        <div class="pair">
          <Button kind="danger" block busy={act.busy} onClick={go}>{act.busy ? t('remove.busy') : t('remove.go')}</Button>
          <Button block onClick={onClose}>{common('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
