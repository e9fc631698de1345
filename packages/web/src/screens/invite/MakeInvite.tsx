import { useId, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { refusalText } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { house } from '../../state/session.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from '../parts/words.ts';

const USES = [1, 5, 10, 40, 300] as const;
const HOURS = [[24, 'invite.day'], [168, 'invite.week'], [720, 'invite.month']] as const;

/** Makes an invite: for how many, for how long, with a word or without. */
export function MakeInvite({ first, onMade, onCancel }: { first: boolean; onMade: (invite: string) => void; onCancel: () => void }) {
  const act = useAct();
  const [uses, setUses] = useState<number>(10);
  const [hours, setHours] = useState<number>(168);
  const [note, setNote] = useState('');
  const full = house.value!.people >= house.value!.capacity;
  const make = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      const text = note.trim();
      const { invite } = await client.invites.make({ uses, hours, ...(text && { note: text }) });
      onMade(invite);
    });
  };
  return (
    <form class="pad stack loose" onSubmit={make}>
      <div class="stack tight"><h2 class="t-24">{t('invite.first')}</h2><p class="dim">{t('invite.first.text')}</p></div>
      <Choice label={t('invite.uses')} value={uses} onChoose={setUses} options={USES.map((n) => [n, t('invite.people', { n })])} />
      <Choice label={t('invite.hours')} value={hours} onChoose={setHours} options={HOURS.map(([n, key]) => [n, t(key)])} />
      <Field label={t('invite.note')} value={note} onInput={setNote} hint={t('invite.note.hint')} maxLength={200} />
      {act.error ? <Note kind="bad" alert>{act.error.status === 0 ? faultText(act.error) : refusalText(act.error)}</Note> : null}
      <div class={first ? 'stack' : 'pair'}>
        <Button kind="fill" type="submit" block busy={act.busy} disabled={full}>{act.busy ? t('invite.making') : t('invite.make')}</Button>
        {first ? null : <Button block onClick={onCancel}>{t('invite.cancel')}</Button>}
      </div>
    </form>
  );
}

function Choice({ label, value, options, onChoose }: { label: string; value: number; options: readonly (readonly [number, string])[]; onChoose: (value: number) => void }) {
  const name = useId();
  return (
    <fieldset class="stack tight choice">
      <legend>{label}</legend>
      <div class="row wrap">
        {options.map(([option, words]) => (
          <label class="chip pick"><input class="vh" type="radio" name={name} checked={value === option} onChange={() => onChoose(option)} />{words}</label>
        ))}
      </div>
    </fieldset>
  );
}
