import { fromBase64Url, toBase64Url } from '../bytes/base64url.ts';
import { toBase32 } from '../bytes/base32.ts';
import { frame, utf8 } from '../bytes/frame.ts';
import { canonical, type Json } from '../bytes/json.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import type { Inception, Signed, Statement } from './statement.ts';

/** UTF-8 bytes of the canonical text of a checked statement (of any kind). */
export const jcsBytes = (statement: object): Uint8Array => utf8(canonical(statement as Json));

/** SHA-256 of a statement's canonical bytes, base64url: the `prev` of the next one and the key log's head. */
export const statementHash = (suite: Suite, statement: object): string => toBase64Url(suite.sha256(jcsBytes(statement)));

/** The persona that an inception starts: "c" and base32 of the SHA-256 of its canonical bytes (53 characters). */
export const personaIdOf = (suite: Suite, inception: Inception): string =>
  'c' + toBase32(suite.sha256(jcsBytes(inception)));

/** One signature (base64url) of a statement under a domain such as `commonhold/statement/1`. */
export const signUnder = (suite: Suite, domain: string, statement: object, seed: Uint8Array): string =>
  toBase64Url(suite.sign(seed, frame(domain, jcsBytes(statement))));

/**
 * Whether exactly these keys (base64url, in this order) signed the statement under the domain.
 * Codes: signature_count, bad_signature (at `signatures[i]`).
 */
export function verifyUnder(suite: Suite, domain: string, signed: Signed<object>, keys: readonly string[]): Result<true> {
  const { statement, signatures } = signed;
  if (signatures.length !== keys.length) {
    return no('signature_count', `This statement takes ${keys.length} signature(s), not ${signatures.length}.`, 'signatures');
  }
  const message = frame(domain, jcsBytes(statement));
  for (const [i, key] of keys.entries()) {
    const signature = fromBase64Url(signatures[i]!, 64);
    if (!signature || !suite.verify(fromBase64Url(key)!, message, signature)) {
      return no('bad_signature', 'The signature does not fit the statement and the key.', `signatures[${i}]`);
    }
  }
  return yes(true);
}

/** The domain of key-log statements. */
export const STATEMENT_DOMAIN = 'commonhold/statement/1';

/** A key-log statement with its signatures, one per seed; an inception takes the recovery seed, then the device's. */
export const signStatement = <S extends Statement>(suite: Suite, statement: S, seeds: readonly Uint8Array[]): Signed<S> =>
  ({ statement, signatures: seeds.map((seed) => signUnder(suite, STATEMENT_DOMAIN, statement, seed)) });

/** A key or nonce as base64url, whichever way it was held. */
export const asText = (value: string | Uint8Array): string => (typeof value === 'string' ? value : toBase64Url(value));

/** The first statement of a persona. Keys: 32 bytes; nonce: 16 random bytes; each raw or base64url. */
export const inception = (of: {
  recoveryKey: string | Uint8Array; deviceKey: string | Uint8Array; nonce: string | Uint8Array;
}): Inception =>
  ({ v: 1, type: 'inception', recoveryKey: asText(of.recoveryKey), deviceKey: asText(of.deviceKey), nonce: asText(of.nonce) });
