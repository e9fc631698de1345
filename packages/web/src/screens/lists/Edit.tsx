import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Person, ListOfPeople } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { addListTab, dropListTab, hideList, saveList } from '../../state/lists.ts';
import { directory, loadDirectory } from '../../state/people.ts';
import { toast } from '../../state/toast.ts';
import { withUndo } from '../../state/undo.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

/** People of the house to choose from; who is on the list already stands first, also when they are no housemates. */
function Choose({ chosen, first, onChange }: { chosen: ReadonlySet<string>; first: readonly Person[]; onChange: (chosen: ReadonlySet<string>) => void }) {
  const [q, find] = useState('');
  useEffect(() => { if (!directory.peek()) void loadDirectory().catch(() => undefined); }, []);
  const had = new Set(first.map(({ persona }) => persona));
  const all: readonly Person[] = [...first, ...(directory.value ?? []).filter(({ persona }) => !had.has(persona))];
  const said = q.trim().toLowerCase();
  const shown = all.filter(({ name, handle, petname }) => [name, handle, petname ?? ''].some((text) => text.toLowerCase().includes(said)));
  const toggle = (persona: string) => {
    const next = new Set(chosen);
    if (!next.delete(persona)) next.add(persona);
    onChange(next);
  };
  return (
    <fieldset class="stack tight">
      <legend class="b t-14">{t('who')} · {t('people', { n: chosen.size })}</legend>
      {all.length > 8 ? <Field label={t('find')} hideLabel placeholder={t('find')} value={q} onInput={find} type="search" autoComplete="off" /> : null}
      <ul class="choose">{shown.map((person) => (
        <li key={person.persona}><label class="check"><input type="checkbox" checked={chosen.has(person.persona)} onChange={() => toggle(person.persona)} /><Face persona={person.persona} size={32} />
          <span class="grow"><b class="block clip1" dir="auto">{person.petname ?? person.name}</b><span class="t-13 dim block clip1">@{person.handle}</span></span></label></li>
      ))}</ul>
      {shown.length === 0 ? <p class="t-14 dim">{t('find.none')}</p> : null}
    </fieldset>
  );
}

/** Makes a list, or another one of it. */
export function Edit({ list }: { list: ListOfPeople | null }) {
  const { route } = useLocation();
  const [name, setName] = useState(list?.name ?? '');
  const [chosen, choose] = useState<ReadonlySet<string>>(() => new Set(list?.people.map(({ persona }) => persona)));
  const [replies, setReplies] = useState(list?.replies ?? false);
  const [asked, ask] = useState(false);
  const act = useAct();
  const save = () => {
    ask(true);
    if (name.trim() === '') return;
    act.run(async () => {
      const saved = await saveList(list?.key ?? null, { name: name.trim(), people: [...chosen], replies });
      if (!list) addListTab(saved);
      route(`/feed/list/${saved.key}`, true);
    });
  };
  const end = ({ key, name: old }: ListOfPeople) => {
    const back = hideList(key);
    route('/lists', true);
    withUndo({ text: t('ended', { name: old }), back, run: (keepalive) => { client.microblog.dropList(key, { keepalive }).then(() => dropListTab(key), () => { back(); toast(t('end.failed')); }); } });
  };
  return (
    <form class="card sheet pad stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Field label={t('name')} value={name} onInput={setName} maxLength={60} hint={t('name.hint')} required={false} autoComplete="off" dir="auto" {...(asked && name.trim() === '' ? { error: t('name.needed') } : {})} />
      <Choose chosen={chosen} first={list?.people ?? []} onChange={choose} />
      <label class="check"><input type="checkbox" checked={replies} onChange={() => setReplies(!replies)} /><span>{t('replies')}</span></label>
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy}>{t('save')}</Button>{list ? <Button kind="danger" icon="trash" onClick={() => end(list)}>{t('end')}</Button> : null}</div>
    </form>
  );
}
