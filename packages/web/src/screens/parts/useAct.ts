import { ApiError } from '@commonhold/sdk';
import { useState } from 'preact/hooks';

/** One thing that a person may set going: whether it runs, and why it last failed. `watch` hears of work that goes on by itself, beside other such. */
export interface Act { busy: boolean; error: ApiError | null; run: (work: () => Promise<void>) => void; watch: (work: Promise<void>) => void; clear: () => void }

/** Runs one piece of work at a time; a second press while it runs is nothing. */
export function useAct(): Act {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  if (state.error !== null && !(state.error instanceof ApiError)) throw state.error;
  return {
    ...state, error: state.error,
    clear: () => setState((now) => now.error === null ? now : { ...now, error: null }),
    watch: (work) => void work.then(() => setState((now) => ({ ...now, error: null })), (error: unknown) => setState((now) => ({ ...now, error }))),
    run: (work) => {
      if (state.busy) return;
      setState({ busy: true, error: null });
      work().then(() => setState({ busy: false, error: null }), (error: unknown) => setState({ busy: false, error }));
    },
  };
}
