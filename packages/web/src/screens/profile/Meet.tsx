import { useEffect, useState } from 'preact/hooks';
import { ApiError, type WholeProfile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { meeting } from '../../keys/index.ts';
import type { Meeting } from '../../keys/meeting.ts';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { canScan, Scan } from './Scan.tsx';
import { t } from './words.ts';

interface MeetProps { person: WholeProfile; /** What the address was opened with: a code that a camera read. */ code: string; onClose: () => void; onChange: (change: Partial<WholeProfile>) => void }

type Doubt = 'differ' | 'wrong' | 'short' | 'key';
const DIGITS = 20;

/** Reads both logs when it opens; answers the digits, or why there are none. */
function useMeeting(persona: string) {
  const [found, setFound] = useState<Meeting | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const load = () => {
    setFault(null);
    meeting().then(({ meet }) => meet(me.value!.persona, persona)).then(setFound, setFault);
  };
  useEffect(load, []);
  return { found, fault: fault === null ? null : fault instanceof ApiError ? fault : new ApiError(0, 'unexpected', String(fault)), load };
}

/** Two people in one room compare keys: by camera, by digits read aloud, or by a link. */
export function MeetDialog({ person, code, onClose, onChange }: MeetProps) {
  const { persona, name } = person;
  const { found, fault, load } = useMeeting(persona);
  const act = useAct();
  const [typed, setTyped] = useState('');
  const [scanning, setScanning] = useState(false);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const [arrived, setArrived] = useState(false);
  const keep = () => act.run(async () => {
    const verified = await client.people.verify(persona, found!.theirs);
    onChange({ verified: { ...verified, since: { added: 0, removed: 0, words: 0, moves: 0 } } });
    toast(t('meet.done', { name }));
    onClose();
  });
  const judge = async (text: string): Promise<Doubt | null> => {
    const { readCode, digitsOf } = await meeting();
    const read = readCode(text);
    if (read) return read.persona !== persona ? 'wrong' : read.key === found!.theirs ? null : 'key';
    const digits = digitsOf(text);
    return digits.length !== DIGITS ? 'short' : digits === digitsOf(found!.digits) ? null : 'differ';
  };
  const compare = (text: string) => void judge(text).then((said) => { setDoubt(said); setScanning(false); if (said === null) keep(); });
  // An address may come from anybody: that its code is right says nothing of a meeting, the reader does.
  useEffect(() => { if (found && code) void judge(code).then((said) => { setDoubt(said); setArrived(said === null); }); }, [found, code]);
  return (
    <Dialog title={t('meet.title', { name })} onClose={onClose}>
      {fault ? <Failed title={t('meet.failed')} error={fault} again={load} /> : (
        <form class="body stack" onSubmit={(event) => { event.preventDefault(); if (found) compare(typed); }}>
          <p>{t('meet.lead')}</p>
          <div class="well stack tight center"><span class="label">{t('meet.digits')}</span>{found ? <p class="digits">{found.digits}</p> : <p class="dim" role="status">{t('meet.wait')}</p>}</div>
          {doubt ? <Note kind="bad" alert>{t(`meet.${doubt}`)}</Note> : arrived ? <Note alert>{t('meet.code', { name })}</Note> : null}
          <Button kind="fill" block busy={act.busy} disabled={!found || doubt === 'differ' || doubt === 'key'} onClick={keep}>{t(arrived ? 'meet.here' : 'meet.same')}</Button>
          <hr class="rule" />
          {scanning ? <Scan onCode={(text) => { if (found && text.includes('#key=')) compare(text); }} /> : null}
          {canScan() ? <Button icon="qr" block onClick={() => setScanning(!scanning)}>{t(scanning ? 'meet.scan.stop' : 'meet.scan')}</Button> : null}
          {canScan() ? <p class="hint">{t('meet.scan.text')}</p> : null}
          <Field label={t('meet.type')} value={typed} onInput={(text) => { setTyped(text); setDoubt(null); }} hint={t('meet.type.hint')} inputMode="text" autoComplete="off" spellcheck={false} dir="ltr" />
          <Button type="submit" busy={act.busy} disabled={!found || typed.trim() === ''}>{t('meet.check')}</Button>
          {act.error ? <Note kind="bad" alert>{act.error.code === 'key_differs' ? t('meet.key') : faultText(act.error)}</Note> : null}
        </form>
      )}
    </Dialog>
  );
}
