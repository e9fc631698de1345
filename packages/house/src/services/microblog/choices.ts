import type { Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { MICROBLOG, type ChoicesBody } from './types.ts';

/** What somebody has chosen for their posts: who may quote what says nothing of it, whether numbers stand beside own posts, and in which language they write. */
export interface Choices extends Required<Omit<ChoicesBody, 'lang'>> { lang?: string }

type Somebody = Caller & { persona: string };

/** The caller's choices: anyone may quote, and there are no numbers, until they say otherwise. */
export const makeChoices = ({ gate }: { gate: Gate }) => (caller: Somebody): Choices => {
  const item = gate.reader(caller, caller.persona, MICROBLOG).get('choices', 'self');
  return { quotes: 'anyone', counts: false, ...(item ? JSON.parse(item.body) as ChoicesBody : {}) };
};

/** Sets them. What was quoted before stays quoted. */
export const makeSetChoices = ({ gate }: { gate: Gate }) => async (caller: Somebody, choices: Choices): Promise<Choices> => {
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => tx.put('choices', { key: 'self', body: choices as unknown as Json }));
  return makeChoices({ gate })(caller);
};
