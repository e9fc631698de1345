import type { Job } from '@commonhold/sdk';

type Hear = (job: Job) => void;
const ears = new Set<Hear>();

/** Calls `hear` whenever work of the reader's, or for stewards of the house's, stands differently. Answers how to stop. */
export function onJob(hear: Hear): () => void {
  ears.add(hear);
  return () => { ears.delete(hear); };
}

/** Takes in an event of the live stream. */
export const hearJob: Hear = (job) => { for (const hear of ears) hear(job); };
