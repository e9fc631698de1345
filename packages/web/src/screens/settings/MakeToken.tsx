import { useRef, useState } from 'preact/hooks';
import type { Token } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { copyText, selectShown } from '../parts/copy.ts';
import { useAct } from '../parts/useAct.ts';
import { Choose } from './Choose.tsx';
import { t } from './selfWords.ts';

type Made = Token & { token: string };
const DAYS = { month: 30, year: 365, good: null } as const;
const OF = ['all', 'microblog', 'people', 'news'] as const;

/** Shows the key, this once. */
function Shown({ made: { token }, onClose }: { made: Made; onClose: () => void }) {
  const shown = useRef<HTMLParagraphElement>(null);
  const copy = async () => {
    if (await copyText(token)) toast(t('tokens.copied'));
    else if (shown.current) selectShown(shown.current);
  };
  return (
    <div class="body stack">
      <Note kind="warn" icon="key">{t('tokens.made.text')}</Note>
      <p class="well addr" dir="ltr" ref={shown}>{token}</p>
      <div class="row wrap"><Button kind="fill" icon="copy" onClick={() => void copy()}>{t('tokens.copy')}</Button><Button kind="plain" onClick={onClose}>{t('tokens.done')}</Button></div>
    </div>
  );
}

/** Makes a key for a script: for what, to do what, for how long. */
export function MakeToken({ onClose, onMade }: { onClose: () => void; onMade: (made: Made) => void }) {
  const [label, setLabel] = useState('');
  const [write, setWrite] = useState<'read' | 'write'>('read');
  const [of, setOf] = useState<typeof OF[number]>('all');
  const [days, setDays] = useState<keyof typeof DAYS>('year');
  const [made, setMade] = useState<Made | null>(null);
  const [tried, setTried] = useState(false);
  const act = useAct();
  const make = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (label.trim() !== '') act.run(async () => {
      const key = await client.me.makeToken({ label: label.trim(), services: of === 'all' ? null : [of], write: write === 'write', days: DAYS[days] });
      onMade(key);
      setMade(key);
    });
  };
  return (
    <Dialog title={made ? t('tokens.made', { name: made.label }) : t('tokens.make')} onClose={onClose}>
      {made ? <Shown made={made} onClose={onClose} /> : (
        <form class="body stack" onSubmit={make} noValidate>
          <Field label={t('tokens.label')} hint={t('tokens.label.hint')} value={label} onInput={setLabel} maxLength={64} autoComplete="off" dir="auto" error={tried && label.trim() === '' ? t('tokens.missing') : undefined} />
          <Choose legend={t('tokens.may')} name="may" value={write} onChange={setWrite} of={[['read', t('tokens.may.read')], ['write', t('tokens.may.write')]]} />
          <Choose legend={t('tokens.of')} name="of" value={of} onChange={setOf} of={OF.map((one) => [one, t(`tokens.of.${one}`)] as const)} />
          <Choose legend={t('tokens.for')} name="days" value={days} onChange={setDays} of={[['month', t('tokens.month')], ['year', t('tokens.year')], ['good', t('tokens.good')]]} />
          {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
          <div class="row wrap"><Button kind="fill" type="submit" busy={act.busy}>{t('tokens.make')}</Button><Button kind="plain" onClick={onClose}>{t('cancel')}</Button></div>
        </form>
      )}
    </Dialog>
  );
}
