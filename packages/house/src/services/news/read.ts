import type { Caller } from '../../firewall/caller.ts';
import { placeOf } from '../shared/newsPlace.ts';
import { setState, stateOf } from './state.ts';
import type { NewsDeps } from './types.ts';

/** Marks everything up to a cursor as read; it never goes back, and never beyond what there is. Answers what is unread still. Refuses `bad_cursor`. */
export const makeRead = ({ gate, views }: Pick<NewsDeps, 'gate' | 'views'>) => async (caller: Caller & { persona: string }, upTo: string): Promise<{ unread: number }> => {
  const asked = placeOf(upTo, 'upTo');
  const now = await views.ask(({ news }) => news.now(caller.persona));
  const place = asked < now ? asked : now;
  if (place > stateOf(gate, caller).readUpTo) {
    await setState(gate, caller, (body) => (place > (body.readUpTo ?? '') ? { ...body, readUpTo: place } : null));
  }
  const { readUpTo, kinds } = stateOf(gate, caller);
  return { unread: await views.ask(({ news }) => news.unread(caller.persona, readUpTo, kinds)) };
};
