import { useState } from 'preact/hooks';
import type { WholeProfile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { ownNameOf } from '../../state/called.ts';
import { setPetname } from '../../state/petname.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

const MOST = 60;

/** Gives somebody a name of one's own, or theirs back. */
export function PetnameDialog({ person, onClose }: { person: WholeProfile; onClose: () => void }) {
  const own = ownNameOf(person);
  const [name, setName] = useState(person.petname ?? '');
  const act = useAct();
  const keep = (petname: string | null) => act.run(async () => {
    await setPetname(person, petname);
    toast(petname === null ? t('petname.dropped', { name: own }) : t('petname.saved', { name: petname }));
    onClose();
  });
  const wanted = name.trim();
  return (
    <Dialog title={t('petname.title', { name: own })} onClose={onClose}>
      <form class="body stack" onSubmit={(event) => { event.preventDefault(); if (wanted) keep(wanted); }}>
        <Field label={t('petname.label')} value={name} onInput={setName} maxLength={MOST} hint={t('petname.hint')} autoComplete="off" dir="auto" />
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="row wrap">
          <Button kind="fill" type="submit" busy={act.busy} disabled={wanted === ''}>{t('save')}</Button>
          {person.petname === undefined ? null : <Button kind="plain" busy={act.busy} onClick={() => keep(null)}>{t('petname.drop')}</Button>}
        </div>
      </form>
    </Dialog>
  );
}
