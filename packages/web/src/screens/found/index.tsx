import type { House, NewPerson } from '@commonhold/sdk';
import { useEffect, useRef, useState } from 'preact/hooks';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { house, me, refreshHouse, refreshMe } from '../../state/session.ts';
import { deviceLabel } from '../entry/device.ts';
import { makeNewcomer, type Newcomer } from '../entry/newcomer.ts';
import { WhoCard } from '../entry/WhoCard.tsx';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { useFocusOn } from '../parts/useFocusOn.ts';
import { t as tb } from '../parts/backupWords.ts';
import { BackupCard } from './BackupCard.tsx';
import { DoorCard } from './DoorCard.tsx';
import { foundDraft, takeCode, type FoundDraft } from './draft.ts';
import { HouseCard } from './HouseCard.tsx';
import { Restore } from './Restore.tsx';

/** Founding a house: its name, its first person, its door. */
export default function Found() {
  const place = house.value!;
  const [came] = useState(takeCode);
  const [draft, keepDraft] = useState<FoundDraft>(() => came === '' ? foundDraft.read() : { ...foundDraft.read(), code: came });
  const [restoring, setRestoring] = useState(false);
  const setDraft = (next: FoundDraft): void => { foundDraft.write(next); keepDraft(next); };
  const step = place.founded ? draft.step === 4 ? 4 : 3 : draft.step > 2 ? 1 : draft.step as 1 | 2;
  useFocusOn(restoring ? 0 : step);
  if (place.founded && !(me.value?.role === 'steward' && draft.step > 2)) return <Page title={t('found.done.title')} headless><Founded house={place} /></Page>;
  return (
    <Page title={t('found.title')} headless>
      <div class="narrow">
        {restoring ? <Restore code={draft.code} onBack={() => setRestoring(false)} /> : step === 4 ? <BackupCard onLeave={foundDraft.clear} /> : step === 3
          ? <DoorCard house={place} onNext={() => setDraft({ ...draft, step: 4 })} />
          : <Founding house={place} step={step} draft={draft} onDraft={setDraft} came={came !== '' && came === draft.code} />}
        {step === 1 && !restoring ? <Button kind="plain" block onClick={() => setRestoring(true)}>{tb('restore.ask')}</Button> : null}
      </div>
    </Page>
  );
}

/** The two screens before the house stands; one newcomer, so that going back keeps the face. */
function Founding({ house: place, step, draft, onDraft, came }: { house: House; step: 1 | 2; draft: FoundDraft; onDraft: (draft: FoundDraft) => void; came: boolean }) {
  const act = useAct();
  const newcomer = useRef<{ code: string; is: Newcomer } | null>(null);
  const code = draft.code.trim();
  if (newcomer.current?.code !== code) newcomer.current = { code, is: makeNewcomer(client, { code }) };
  const { is } = newcomer.current;
  const begin = (): void => act.run(async () => { await is.start(); onDraft({ ...draft, step: 2 }); });
  useEffect(() => {
    // After a refresh the code is asked again: it may have been used meanwhile.
    if (step === 2 && !is.keys.value) act.run(() => is.start().catch((error: unknown) => { onDraft({ ...draft, step: 1 }); throw error; }));
  }, []);
  const moveIn = (person: NewPerson): void => act.run(async () => {
    const label = deviceLabel(navigator.userAgent);
    const text = { title: draft.title.trim(), ...(draft.note.trim() && { note: draft.note.trim() }) };
    await is.moveIn(person, (papers) => client.house.setup({ code, house: text, person, ...papers, ...(label && { label }) }));
    onDraft({ ...draft, step: 3, code: '' });
    await Promise.all([refreshMe(), refreshHouse()]);
  });
  return step === 1
    ? <HouseCard house={place} draft={draft} onDraft={onDraft} came={came} busy={act.busy} error={act.error} onSubmit={begin} />
    : <WhoCard newcomer={is} house={place} draft={draft} onDraft={(who) => onDraft({ ...draft, ...who })} of={4} busy={act.busy && is.keys.value !== null} error={act.error}
        onSubmit={moveIn} onEdit={act.clear} onBack={() => { act.clear(); onDraft({ ...draft, step: 1 }); }} />;
}

function Founded({ house: place }: { house: House }) {
  return (
    <div class="narrow">
      <div class="card empty">
        <HouseMark id={place.id} large />
        <h1 class="t-24">{t('found.done.title')}</h1>
        <p>{t('found.done.text')}</p>
        <Button kind="fill" href={me.value ? '/' : '/login'}>{me.value ? t('join.in.home') : t('join.back')}</Button>
      </div>
    </div>
  );
}
