import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from '../parts/words.ts';
import { rulesIn } from './rulesIn.ts';

/** What newcomers read about the house; only its steward writes it. */
export function HouseText() {
  const now = house.value!;
  const act = useAct();
  const [title, setTitle] = useState(now.title);
  const [note, setNote] = useState(now.note ?? '');
  const [rules, setRules] = useState(now.rules.join('\n'));
  const [length, setLength] = useState(String(me.value!.postLimit));
  const isLength = /^\d{3,4}$/.test(length.trim()) && Number(length) >= 140 && Number(length) <= 5000;
  const same = Number(length) === me.value!.postLimit && title.trim() === now.title && note.trim() === (now.note ?? '') && rulesIn(rules).join('\n') === now.rules.join('\n');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (title.trim() === '' || !isLength) return;
    act.run(async () => {
      house.value = await client.house.settings({ title: title.trim(), note: note.trim(), rules: rulesIn(rules), postLimit: Number(length) });
      me.value = { ...me.value!, postLimit: Number(length) };
      toast(t('house.saved'));
    });
  };
  return (
    <section class="card" aria-labelledby="house-text">
      <div class="head"><h2 class="t-20" id="house-text">{t('house.text')}</h2></div>
      <form class="body stack" onSubmit={submit} noValidate>
        <Field label={t('house.name')} value={title} onInput={setTitle} maxLength={60} error={title.trim() === '' ? t('house.name.missing') : undefined} />
        <Field label={t('house.note')} value={note} onInput={setNote} rows={2} maxLength={500} hint={t('house.note.hint')} />
        <Field label={t('house.rules')} value={rules} onInput={setRules} rows={4} maxLength={2000} hint={t('house.rules.hint')} />
        <Field label={t('house.length')} value={length} onInput={setLength} inputMode="numeric" maxLength={4} hint={t('house.length.hint')} error={isLength ? undefined : t('house.length.wrong')} />
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <Button kind="fill" type="submit" busy={act.busy} disabled={same}>{t('house.save')}</Button>
        <p class="center"><a href="/house">{t('house.open')}</a></p>
      </form>
    </section>
  );
}
