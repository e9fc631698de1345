import { fromBase64Url } from '../bytes/base64url.ts';
import { utf8 } from '../bytes/frame.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { readSignatureInput, type SignatureInput } from './input.ts';
import { headerOf, MEANT_HEADERS, SIGNATURE_SECONDS, SIGNATURE_SKEW, SIGNED_PARTS, signatureBase, type HttpMessage } from './message.ts';

/** A request that was signed by this key; `digest` is what its body must come to. Whether the key is anybody's is not said here, nor whether the nonce was seen. */
export interface SignedRequest extends Pick<SignatureInput, 'key' | 'persona' | 'nonce' | 'created' | 'expires'> { digest: string }

/**
 * Checks the signature of a request by its head alone (spec/signatures.md); the body is checked against `digest` when it has come.
 * `now` in milliseconds. Codes, in the order of the checks: bad_signature_input, signature_uncovered (`at` names the part), signature_too_long,
 * signature_early, signature_expired, signature_wrong.
 */
export function verifyRequest(suite: Pick<Suite, 'verify'>, message: HttpMessage, now: number): Result<SignedRequest> {
  const read = readSignatureInput(headerOf(message, 'signature-input') ?? '');
  if (!read.ok) return read;
  const { label, parts, parameters, created, expires, nonce, key, persona } = read.value;
  const uncovered = [...SIGNED_PARTS, ...MEANT_HEADERS.filter((name) => message.headers[name] !== undefined)].find((part) => !parts.includes(part));
  if (uncovered !== undefined) return no('signature_uncovered', `The signature does not cover ${uncovered}.`, uncovered);
  if (expires <= created || expires - created > SIGNATURE_SECONDS) return no('signature_too_long', `A signature is good for ${SIGNATURE_SECONDS} seconds at most.`, 'expires');
  if (created > now / 1000 + SIGNATURE_SKEW) return no('signature_early', 'This was signed in the future: a clock is wrong.', 'created');
  if (expires <= now / 1000) return no('signature_expired', 'This signature has expired. Sign the request anew.', 'expires');
  const base = signatureBase(message, parts, parameters);
  const bytes = signatureOf(headerOf(message, 'signature') ?? '', label);
  if (base === null || bytes === null || !suite.verify(fromBase64Url(key, 32)!, utf8(base), bytes)) return no('signature_wrong', 'The signature is not of this request, or not by this key.', 'signature');
  return yes({ key, persona, nonce, created, expires, digest: headerOf(message, 'content-digest')! });
}

function signatureOf(header: string, label: string): Uint8Array | null {
  const found = /^([a-z*][a-z0-9_.*-]{0,31})=:([A-Za-z0-9+/]{86})==:$/.exec(header);
  return found && found[1] === label ? fromBase64Url(found[2]!.replaceAll('+', '-').replaceAll('/', '_'), 64) : null;
}
