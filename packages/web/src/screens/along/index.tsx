import type { ApiError } from '@commonhold/sdk';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { moving } from '../../keys/index.ts';
import type { FromElsewhere } from '../../keys/moving.ts';
import { exportFile } from '../../state/moving.ts';
import { house, me, refreshHouse, refreshMe } from '../../state/session.ts';
import { deviceLabel } from '../entry/device.ts';
import { faultOf, faultsIn, type Faults } from '../entry/faults.ts';
import { asHandle } from '../entry/handle.ts';
import { Passphrase } from '../entry/Passphrase.tsx';
import { sentenceFor } from '../entry/sentence.ts';
import { t as door } from '../entry/words.ts';
import { FileField } from '../parts/FileField.tsx';
import { keyFault } from '../parts/keyWords.ts';
import { t } from '../parts/movingWords.ts';
import { useAct } from '../parts/useAct.ts';
import { isAboutWords, WordsField } from '../parts/WordsField.tsx';

interface Draft { handle: string; passphrase: string; typed: string }

/** Reads what was chosen; null while nothing was, or where it is no export. */
function useExport(): { file: File | null; from: FromElsewhere | null; isBad: boolean; choose: (file: File | null) => void } {
  const [state, setState] = useState<{ file: File | null; from: FromElsewhere | null; isBad: boolean }>({ file: null, from: null, isBad: false });
  const latest = useRef<File | null>(null);
  const choose = (file: File | null): void => {
    latest.current = file;
    setState({ file, from: null, isBad: false });
    if (file) void moving().then(({ readExport }) => readExport(file)).then((from) => from, () => null).then((from) => { if (latest.current === file) setState({ file, from, isBad: from === null }); });
  };
  return { ...state, choose };
}

/** Joining as somebody who lives in another house: the export, the words, and what one is called here. */
export default function Along() {
  const { params } = useRoute();
  const { route } = useLocation();
  const invite = decodeURIComponent(params['invite'] ?? '');
  const act = useAct();
  const { file, from, isBad, choose } = useExport();
  const [draft, setDraft] = useState<Draft>({ handle: '', passphrase: '', typed: '' });
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => { if (me.value) route('/moving', true); }, []);
  const person = { name: draft.handle, handle: draft.handle, passphrase: draft.passphrase };
  const { name: _, ...wrong }: Faults = faultsIn(person);
  const refused = act.error && faultOf(act.error, draft.handle);
  const faults: Faults = { ...refused, ...(tried && wrong) };
  const toFirst = (): void => form.current?.querySelector<HTMLElement>('input[aria-invalid="true"], textarea[aria-invalid="true"]')?.focus();
  useEffect(() => { if (act.error) toFirst(); }, [act.error]);
  const change = (part: Partial<Draft>): void => { act.clear(); setDraft({ ...draft, ...part }); };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (!from || Object.keys(wrong).length > 0) { requestAnimationFrame(toFirst); return; }
    act.run(async () => {
      await (await moving()).joinAgain({ invite, from, typed: draft.typed, person, label: deviceLabel(navigator.userAgent) });
      exportFile.value = file;
      await Promise.all([refreshMe(), refreshHouse()]);
      route('/moving', true);
    });
  };
  return (
    <Page title={door('join.title', { house: house.value!.title })} headless>
      <div class="narrow">
        <form class="card pad stack loose" ref={form} onSubmit={submit} noValidate autocomplete="off">
          <div class="stack tight"><h1 class="t-24" tabIndex={-1}>{t('along.title')}</h1><p class="dim">{t('along.lead')}</p></div>
          <FileField label={t('along.file')} accept=".zip,application/zip" file={file} onFile={(next) => { act.clear(); choose(next); }} error={isBad ? t('along.file.bad') : tried && !file ? t('along.file.none') : undefined} />
          {from ? <div class="row" role="status"><span class="arrive"><Face persona={from.persona} size={56} /></span><p class="grow t-14">{t('along.you')}</p></div> : null}
          <WordsField value={draft.typed} onInput={(typed) => change({ typed })} error={act.error} />
          <p class="hint">{t('along.words')}</p>
          <Field label={t('along.handle')} value={draft.handle} onInput={(handle) => change({ handle: asHandle(handle) })} error={faults.handle} autoComplete="username" name="username" autoCapitalize="none" spellcheck={false} />
          <Passphrase fresh value={draft.passphrase} onInput={(passphrase) => change({ passphrase })} error={faults.passphrase} />
          {act.error && !refused && !isAboutWords(act.error) ? <Note kind="bad" alert>{faultSentence(act.error)}</Note> : null}
          <div class="stack tight">
            <Button kind="fill" type="submit" block busy={act.busy}>{act.busy ? t('along.busy') : t('along.go')}</Button>
            <Button kind="plain" block href={`/join/${encodeURIComponent(invite)}`}>{t('along.new')}</Button>
          </div>
        </form>
      </div>
    </Page>
  );
}

function faultSentence(error: ApiError): string {
  if (error.code === 'persona_taken') return t('along.here');
  return error.status === 0 && error.code !== 'unreachable' ? keyFault(error) : sentenceFor(error);
}
