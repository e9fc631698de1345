import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { drafts } from '../../compose/drafts.ts';
import { goOn } from '../../compose/goOn.ts';
import type { Placed } from '../../compose/store.ts';
import { needPeople } from '../../state/people.ts';
import { myPersona } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { withUndo } from '../../state/undo.ts';
import { openWrite } from '../../state/writing.ts';
import { Row } from './Row.tsx';
import { t } from './words.ts';
import './drafts.css';

/* Drafts that are about to be deleted: no list shows them. */
const going = signal<ReadonlySet<string>>(new Set());

function remove(persona: string, { context, draft }: Placed, redraw: () => void): void {
  going.value = new Set([...going.peek(), draft.id]);
  const shown = () => { going.value = new Set([...going.peek()].filter((id) => id !== draft.id)); };
  withUndo({
    text: t('drafts.deleted'), back: shown,
    run: () => { drafts.clear(persona, context, draft.id); shown(); redraw(); },
  });
}

/** Everything that is being written, the newest first. */
export default function Drafts() {
  const persona = myPersona.value ?? '';
  const { route } = useLocation();
  const [round, again] = useState(0);
  const [list, set] = useState<readonly Placed[]>(() => drafts.list(persona));
  useEffect(() => set(drafts.list(persona)), [persona, round]);
  useEffect(needPeople, []);
  const shown = list.filter(({ draft }) => !going.value.has(draft.id));
  const go = (placed: Placed) => {
    const { address, swapped } = goOn(persona, placed);
    if (swapped) toast(t('drafts.swapped'));
    if (address) route(address);
    else openWrite();
    again((n) => n + 1);
  };
  return (
    <Page title={t('drafts')} back="/">
      <section class="card sheet" aria-label={t('drafts')}>
        {shown.length
          ? <ul class="drafts">{shown.map((placed) => <Row key={placed.draft.id} placed={placed} onGo={() => go(placed)} onDelete={() => remove(persona, placed, () => again((n) => n + 1))} />)}</ul>
          : <Empty title={t('drafts.none')} action={<Button kind="fill" icon="pen" onClick={openWrite}>{t('drafts.none.act')}</Button>}><p>{t('drafts.none.text')}</p></Empty>}
      </section>
      <p class="hint side-pad">{t('drafts.here')}</p>
    </Page>
  );
}
