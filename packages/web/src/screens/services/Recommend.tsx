import type { Shelved } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from './words.ts';

const MOST = 280;

interface FormProps { of: { service: string; hash: string; title: string }; now: Shelved | null; onDone: (now: Shelved) => void }

function Form({ of: { service, hash, title }, now, onDone }: FormProps) {
  const act = useAct();
  const [note, setNote] = useState(now?.note ?? '');
  const recommend = (event: Event) => {
    event.preventDefault();
    act.run(async () => {
      const said = note.trim();
      onDone(await client.services.shelve(service, { hash, ...(said && { note: said }) }));
      toast(t('recommend.done', { title }));
    });
  };
  return (
    <form class="body stack tight" onSubmit={recommend}>
      <p class="t-14 dim">{t(now === null ? 'recommend.text' : now.hash === hash ? 'recommend.is' : 'recommend.is.other', { version: now?.version ?? 0 })}</p>
      <Field label={t('recommend.note')} value={note} onInput={setNote} maxLength={MOST} rows={2} hint={t('recommend.note.hint')} />
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div class="row wrap"><Button kind="soft" icon="pin" type="submit" busy={act.busy}>{t(now === null ? 'recommend' : now.hash === hash ? 'recommend.save' : 'recommend.version')}</Button></div>
    </form>
  );
}

/** For stewards: this contract stands on the house's shelf, with a word of theirs. */
export function Recommend({ of }: Pick<FormProps, 'of'>) {
  const load = useLoad((signal) => client.services.shelf({ signal }));
  const now = load.value?.services.find(({ service }) => service === of.service) ?? null;
  // Whoever comes from the shelf came for this.
  useEffect(() => { if (location.hash === '#recommend') document.getElementById('recommend')?.focus(); }, []);
  return (
    <section class="card" aria-labelledby="recommend">
      <div class="head"><h2 class="t-16" id="recommend" tabIndex={-1}>{t('recommend.title')}</h2></div>
      {load.value ? <Form key={now?.hash ?? ''} of={of} now={now} onDone={(done) => load.set({ services: [done, ...load.value!.services.filter(({ service }) => service !== done.service)] })} /> : <p class="body dim" role="status">{t('loading')}</p>}
    </section>
  );
}
