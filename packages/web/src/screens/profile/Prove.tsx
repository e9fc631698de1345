import type { ProfileField, WholeProfile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { copyText } from '../../words/clipboard.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

/** Has the house look whether a page links back, and says what to put there. */
export function ProveDialog({ person, field, onClose, onChange }: { person: WholeProfile; field: ProfileField; onClose: () => void; onChange: (change: Partial<WholeProfile>) => void }) {
  const act = useAct();
  const link = `<a rel="me" href="${location.origin}/@${person.handle}">@${person.handle}</a>`;
  const look = () => act.run(async () => {
    const n = person.fields?.findIndex(({ value }) => value === field.value) ?? -1;
    const { fields } = await client.people.verifyField(n);
    if (fields) onChange({ fields });
    toast(t('prove.done'));
    onClose();
  });
  return (
    <Dialog title={t('prove.title', { value: field.value.replace(/^https:\/\//, '') })} onClose={onClose}>
      <div class="body stack">
        <p>{t('prove.lead')}</p>
        <div class="well stack tight"><p class="addr" dir="ltr">{link}</p><p><Button small icon="copy" onClick={() => void copyText(link).then((done) => { if (done) toast(t('prove.copied')); })}>{t('prove.copy')}</Button></p></div>
        <p class="hint">{t('prove.text')}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <Button kind="fill" busy={act.busy} onClick={look}>{t('prove.go')}</Button>
      </div>
    </Dialog>
  );
}
