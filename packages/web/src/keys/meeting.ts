import { meetingCode, type Met } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError } from '@commonhold/sdk';
import { client } from '../state/client.ts';
import { readLog } from './statements.ts';

/** What this browser knows of two people who meet: the heads of their key logs, both checked here, and the digits that both screens show. */
export interface Meeting { mine: string; theirs: string; digits: string }

const CODE = /#key=(c[a-z2-7]{52})\.([\w-]{43})/;

/** What a code that was scanned or pasted says; null for anything else. */
export function readCode(text: string): Met | null {
  const [, persona, key] = CODE.exec(text) ?? [];
  return persona !== undefined && key !== undefined ? { persona, key } : null;
}

/** The digits alone, however they were typed. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '');

/** The head of one's own key log, checked by this browser. */
export async function ownHead(persona: string): Promise<string> {
  const { statements } = await client.keys.log();
  return readLog(persona, statements).head;
}

/** Reads both key logs, and believes the house no more than they verify. Throws `ApiError`; `bad_key_log` where one does not. */
export async function meet(me: string, persona: string): Promise<Meeting> {
  const [mine, theirs] = await Promise.all([ownHead(me), client.keys.of(persona).then(({ statements }) => readLog(persona, statements).head)]);
  const digits = meetingCode(nobleSuite, { persona: me, key: mine }, { persona, key: theirs });
  if (!digits.ok) throw new ApiError(0, 'bad_key_log', digits.code);
  return { mine, theirs, digits: digits.value };
}
