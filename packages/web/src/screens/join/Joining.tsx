import { ApiError, type InvitePreview, type NewPerson } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { client } from '../../state/client.ts';
import { refreshHouse, refreshMe } from '../../state/session.ts';
import { deviceLabel } from '../entry/device.ts';
import { makeDraft } from '../entry/draft.ts';
import { makeNewcomer } from '../entry/newcomer.ts';
import { WhoCard, type WhoDraft } from '../entry/WhoCard.tsx';
import { useAct } from '../parts/useAct.ts';

const joinDraft = makeDraft<WhoDraft>('join', { name: '', handle: '' });

interface JoiningProps {
  invite: string; preview: InvitePreview; onBack: () => void; onIn: () => void;
  /** Whether a refusal ends the joining, and where it goes then. */
  closes: (error: ApiError) => boolean; onClosed: (error: ApiError) => void;
}

/** Second screen of joining: makes the keys, then hands them in with the name. */
export function Joining({ invite, preview, onBack, onIn, closes, onClosed }: JoiningProps) {
  const act = useAct();
  const [newcomer] = useState(() => makeNewcomer(client, { invite }));
  const [draft, keepDraft] = useState(joinDraft.read);
  const setDraft = (next: WhoDraft): void => { joinDraft.write(next); keepDraft(next); };
  const orClosed = async (work: Promise<unknown>): Promise<void> => {
    try { await work; } catch (error) {
      if (error instanceof ApiError && closes(error)) onClosed(error); else throw error;
    }
  };
  useEffect(() => act.run(() => orClosed(newcomer.start())), []);
  const moveIn = (person: NewPerson): void => act.run(() => orClosed((async () => {
    const label = deviceLabel(navigator.userAgent);
    await newcomer.moveIn(person, (papers) => client.house.join({ invite, person, ...papers, ...(label && { label }) }));
    joinDraft.clear();
    onIn();
    await Promise.all([refreshMe(), refreshHouse()]);
  })()));
  return (
    <WhoCard newcomer={newcomer} house={preview.house} draft={draft} onDraft={setDraft} busy={act.busy && newcomer.keys.value !== null}
      error={act.error} onSubmit={moveIn} onBack={onBack} onEdit={act.clear} />
  );
}
