import { makeDraft } from '../entry/draft.ts';

/** How far founding has come; a refresh resumes here. The passphrase is never in it. */
export interface FoundDraft { step: 1 | 2 | 3 | 4; code: string; title: string; note: string; name: string; handle: string }

/** The founding that goes on in this tab. */
export const foundDraft = makeDraft<FoundDraft>('found', { step: 1, code: '', title: '', note: '', name: '', handle: '' });

/** The one-time code of the address, which leaves the address at once: it is not to stay in the history. Empty when none. */
export function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code !== '') history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
