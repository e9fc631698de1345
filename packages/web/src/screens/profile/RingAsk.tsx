import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { keepOlder, ringChange, type RingChange } from '../../state/ringAsk.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

type Older = 'with' | 'without';

/** What becomes of older posts when somebody enters a ring or leaves it: what the change means, and what can be chosen. */
function Ask({ change: { person: { name }, ring, enters, n, go, back } }: { change: RingChange }) {
  const [older, setOlder] = useState<Older>('with');
  const [done, setDone] = useState(0);
  const act = useAct();
  const close = () => { if (!act.busy) { ringChange.value = null; back?.(); } };
  const carryOut = () => act.run(async () => {
    if (enters && older === 'without') await keepOlder(ring, setDone);
    ringChange.value = null;
    go();
  });
  const choice = (value: Older) => (
    <label key={value}>
      <input type="radio" name="older" checked={older === value} onChange={() => setOlder(value)} />
      <span class="grow"><b>{t(`ring.${value}`)}</b><small>{t(`ring.${value}.text`, { name, n })}</small></span>
    </label>
  );
  return (
    <Dialog title={t(enters ? 'ring.in.title' : 'ring.out.title', { name })} onClose={close}>
      <form class="body stack" onSubmit={(event) => { event.preventDefault(); carryOut(); }}>
        <p>{t(enters ? 'ring.in.text' : `ring.out.${ring}`, { name, n })}</p>
        {enters ? <fieldset class="audiences"><legend class="vh">{t('ring.older')}</legend>{choice('with')}{choice('without')}</fieldset> : <p class="hint">{t('ring.out.hint')}</p>}
        {done > 0 ? <p role="status" class="dim t-14">{t('ring.doing', { done, n })}</p> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy}>{t(enters ? 'ring.in.go' : 'ring.out.go')}</Button><Button kind="plain" onClick={close}>{t('cancel')}</Button></div>
      </form>
    </Dialog>
  );
}

/** Over the page while a change of rings waits for a word. */
export default function RingAsk() {
  return ringChange.value ? <Ask key={ringChange.value.person.persona} change={ringChange.value} /> : null;
}
