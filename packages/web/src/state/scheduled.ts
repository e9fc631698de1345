import type { LiveEvents } from '@commonhold/sdk';

type Hear = (event: LiveEvents['scheduled']) => void;
const ears = new Set<Hear>();

/** Calls `hear` for everything that becomes of what the reader has scheduled. Answers how to stop. */
export function onScheduled(hear: Hear): () => void {
  ears.add(hear);
  return () => { ears.delete(hear); };
}

/** Takes in an event of the live stream. */
export const hearScheduled: Hear = (event) => { for (const hear of ears) hear(event); };
