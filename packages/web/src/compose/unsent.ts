import { takeBack, type Write } from '../state/outbox.ts';
import { myPersona } from '../state/session.ts';
import { draftOfBody } from './body.ts';
import { goOn } from './goOn.ts';

/** Takes a post out of the queue and brings its words back to their composer; nothing when it is on its way already. */
export async function editUnsent(write: Write, route: (to: string) => void): Promise<void> {
  const taken = await takeBack(write.key);
  const draft = taken && draftOfBody(taken.key, taken.body);
  const persona = myPersona.peek();
  if (draft && persona) goOn(persona, { context: '', draft }, route);
}
