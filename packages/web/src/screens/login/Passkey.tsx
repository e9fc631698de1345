import { ApiError } from '@commonhold/sdk';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/Note.tsx';
import { enterByPasskey, suggestsPasskeys, wasLeft } from '../../keys/passkey.ts';
import { deviceLabel } from '../entry/device.ts';
import { sentenceFor } from '../entry/sentence.ts';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';

/** The button that opens the house by a passkey; meanwhile the browser offers one among the suggestions of the handle. */
export function Passkey({ onIn }: { onIn: () => Promise<void> }) {
  const act = useAct();
  const quiet = useRef<AbortController | null>(null);
  const label = deviceLabel(navigator.userAgent);
  const enter = async (signal?: AbortSignal): Promise<void> => {
    try {
      await enterByPasskey(label, signal ? { quiet: true, signal } : {});
      await onIn();
    } catch (error) { if (!wasLeft(error) && !signal?.aborted) throw error; }
  };
  useEffect(() => {
    const leaving = quiet.current = new AbortController();
    // A suggestion that cannot be made is no news; what the house says to one that was taken is.
    void suggestsPasskeys().then((can) => can && !leaving.signal.aborted ? enter(leaving.signal) : undefined).catch((error: unknown) => {
      if (error instanceof ApiError && error.status >= 400) act.run(() => Promise.reject(error));
    });
    return () => leaving.abort();
  }, []);
  const ask = (): void => { quiet.current?.abort(); act.run(() => enter()); };
  return (
    <div class="stack tight">
      <Button kind="fill" block icon="key" busy={act.busy} onClick={ask}>{t('login.passkey')}</Button>
      {act.error ? <Note kind="bad" alert>{sentenceFor(act.error)}</Note> : null}
      <p class="or dim t-14"><span>{t('login.or')}</span></p>
    </div>
  );
}
