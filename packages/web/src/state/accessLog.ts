import type { LiveEvents } from '@commonhold/sdk';

type Hear = (event: LiveEvents['log']) => void;
const ears = new Set<Hear>();

/** Calls `hear` for every line of the access log that the house tells of. Answers how to stop. */
export function onLog(hear: Hear): () => void {
  ears.add(hear);
  return () => { ears.delete(hear); };
}

/** Takes in an event of the live stream. */
export const hearLog: Hear = (event) => { for (const hear of ears) hear(event); };
