import { fromBase64Url } from '../bytes/base64url.ts';
import { frame, utf8 } from '../bytes/frame.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';

/** One of two who meet: who they are, and the head of their key log as one of the two devices knows it (base64url). */
export interface Met { persona: string; key: string }

const DIGITS = 20;

/**
 * The digits that both screens show when two people meet, if both know the same heads of both key logs: SHA-256 over the two, the lower
 * persona first, as twenty decimal digits in groups of four. `bad_key` for what is no head. See spec/identity.md, "Meeting in person".
 */
export function meetingCode(suite: Suite, one: Met, other: Met): Result<string> {
  const [first, second] = one.persona < other.persona ? [one, other] : [other, one];
  const keys = [fromBase64Url(first.key, 32), fromBase64Url(second.key, 32)];
  if (!keys[0] || !keys[1]) return no('bad_key', 'This is no head of a key log.');
  const hash = suite.sha256(frame('commonhold/meeting/1', utf8(first.persona), keys[0], utf8(second.persona), keys[1]));
  const number = hash.slice(0, 16).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(DIGITS);
  return yes(number.toString().padStart(DIGITS, '0').replace(/(?<=\d)(?=(?:\d{4})+$)/g, ' '));
}
