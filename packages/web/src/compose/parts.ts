import type { Change, Draft } from './draft.ts';

/** Changes the draft. */
export type Edit = (change: Change) => void;
/** What the parts beyond the words are given. */
export interface RestProps { persona: string; context: string; draft: Draft; edit: Edit }
