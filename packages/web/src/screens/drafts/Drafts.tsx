import { signal } from '@preact/signals';
import type { KeptDraft } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { tidy } from '../../compose/copies.ts';
import { drafts } from '../../compose/drafts.ts';
import { goOn } from '../../compose/goOn.ts';
import { mergeDrafts } from '../../compose/merged.ts';
import { sent } from '../../compose/sent.ts';
import type { Placed } from '../../compose/store.ts';
import { client } from '../../state/client.ts';
import { myPersona } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { withUndo } from '../../state/undo.ts';
import { openWrite } from '../../state/writing.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Row } from './Row.tsx';
import { t } from './words.ts';

/* Drafts that are deleted or about to be: no list shows them. */
const going = signal<ReadonlySet<string>>(new Set());
const setGoing = (id: string, yes: boolean): void => { going.value = new Set([...[...going.peek()].filter((other) => other !== id), ...(yes ? [id] : [])]); };

/** Hides a draft now and deletes it in five seconds, here and at the house, unless undone. */
function remove(persona: string, { context, draft }: Placed): void {
  setGoing(draft.id, true);
  withUndo({
    text: t('drafts.deleted'), back: () => setGoing(draft.id, false),
    run: (keepalive) => {
      drafts.clear(persona, context, draft.id);
      client.later.dropDraft(draft.id, { keepalive }).catch(() => { if (draft.saved === undefined) return; setGoing(draft.id, false); toast(t('drafts.delete.failed')); });
    },
  });
}

const none: readonly KeptDraft[] = [];

/** Everything that is being written, in this browser and at the house, the newest first. */
export function Drafts() {
  const persona = myPersona.value ?? '';
  const { route } = useLocation();
  const house = useLoad((signal) => client.later.drafts({ signal }));
  const [here, set] = useState<readonly Placed[]>(() => drafts.list(persona));
  useEffect(() => set(drafts.list(persona)), [persona, house.value]);
  useEffect(() => { void tidy(persona); }, [persona]);
  const gone = (id: string) => going.value.has(id) || sent.has(persona, id);
  const list = mergeDrafts(here, house.value?.drafts ?? none, gone);
  const go = (placed: Placed) => {
    goOn(persona, placed, route);
    set(drafts.list(persona));
  };
  return (
    <>
      {house.error ? <Note kind="plain" icon="away" action={{ label: t('drafts.again'), run: house.again }}>{t('drafts.here')}</Note> : null}
      <section class="card sheet" aria-label={t('drafts.begun')} aria-busy={house.value || house.error ? undefined : 'true'}>
        {list.length ? <ul class="drafts">{list.map((placed) => <Row key={placed.draft.id} placed={placed} onGo={() => go(placed)} onDelete={() => remove(persona, placed)} />)}</ul> : null}
        {list.length || !(house.value || house.error) ? null
          : <Empty title={t('drafts.none')} action={<Button kind="fill" icon="pen" onClick={openWrite}>{t('drafts.none.act')}</Button>}><p>{t('drafts.none.text')}</p></Empty>}
      </section>
    </>
  );
}
