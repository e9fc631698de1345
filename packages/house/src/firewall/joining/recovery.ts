import { extendKeyLog, frame, signStatement, toBase64Url, type KeyLogState, type LaterStatement, type Signed, type Suite } from '@commonhold/core';

/** The seed of a pseudonym's recovery key: made of its device's, since nobody writes its words down. */
export const pseudonymRecovery = (suite: Suite, deviceSeed: Uint8Array): Uint8Array => suite.sha256(frame('commonhold/pseudonym-recovery/1', deviceSeed));

type Common = 'v' | 'persona' | 'height' | 'prev' | 'by';
/** What a statement says, without where it stands. */
export type Saying = LaterStatement extends infer S ? (S extends LaterStatement ? Omit<S, Common> : never) : never;

/**
 * Statements of a pseudonym, one upon the other, all by the recovery key that this house keeps. Null where that key is the pseudonym's no more,
 * since another house has it now, and where the pseudonym has ended.
 */
export function sayAsPseudonym(suite: Suite, keyLog: KeyLogState, deviceSeed: Uint8Array, sayings: readonly Saying[]): Signed[] | null {
  const seed = pseudonymRecovery(suite, deviceSeed), by = toBase64Url(suite.publicKey(seed));
  if (keyLog.recoveryKey !== by) return null;
  let state = keyLog;
  const said: Signed[] = [];
  for (const saying of sayings) {
    const signed = signStatement(suite, { v: 1, persona: state.persona, height: state.height + 1, prev: state.head, by, ...saying } as LaterStatement, [seed]);
    const next = extendKeyLog(suite, state, signed);
    if (!next.ok) return null;
    state = next.value;
    said.push(signed);
  }
  return said;
}
