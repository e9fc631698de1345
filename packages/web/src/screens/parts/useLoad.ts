import { ApiError } from '@commonhold/sdk';
import { useCallback, useEffect, useState } from 'preact/hooks';

/** What is being fetched: nothing yet, the answer, or the refusal. `again` fetches once more, `set` puts a newer answer in. */
export interface Load<T> { value: T | null; error: ApiError | null; again: () => void; set: (value: T) => void }

/** Fetches when the screen opens and whenever `key` changes; leaving ends the call. Anything but a refusal is thrown. */
export function useLoad<T>(fetch: (signal: AbortSignal) => Promise<T>, key = ''): Load<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown }>({ value: null, error: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(leaving.signal).then(
      (value) => setState({ value, error: null }),
      (error: unknown) => { if (!leaving.signal.aborted) setState({ value: null, error }); },
    );
    return () => leaving.abort();
  }, [key, round]);
  const again = useCallback(() => { setState({ value: null, error: null }); setRound((n) => n + 1); }, []);
  const set = useCallback((value: T) => setState({ value, error: null }), []);
  if (state.error !== null && !(state.error instanceof ApiError)) throw state.error;
  return { value: state.value, error: state.error, again, set };
}
