import { fromBase64Url } from '../../bytes/base64url.ts';
import { utf8 } from '../../bytes/frame.ts';
import type { Json, JsonObject } from '../../bytes/json.ts';
import { yes, type Result } from '../../result.ts';
import { readDocument } from '../document.ts';
import { anObject, closed, oneOf, stop, unlessStopped, words } from '../place.ts';

/** One signature of a file, and the bytes that it is over: to be checked by RSASSA-PSS with SHA-256 and the longest salt. */
export interface ByodaSignature {
  readonly by: 'service' | 'network';
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** The common name of the certificate whose key signed. */
  readonly certificate: string;
  /** Its maker's clock, without a zone. */
  readonly at: string;
}

const SIGNERS = ['service', 'network'] as const;
const LONGEST = 2_048;

interface Read { readonly signature: Uint8Array; readonly certificate: string; readonly at: string }

/** Checks what the signatures look like; whether they are true, only whoever has the certificates can say. */
export function checkSignatures(value: Json | undefined): ReadonlyMap<ByodaSignature['by'], Read> {
  const found = new Map<ByodaSignature['by'], Read>();
  for (const [name, one] of Object.entries(anObject(value, '/signatures'))) {
    const by = oneOf(name, `/signatures/${name.slice(0, 80)}`, SIGNERS, 'unknown_signer');
    const at = `/signatures/${by}`;
    const said = closed(one, at, ['signature', 'hash_algorithm', 'timestamp', 'certificate']);
    oneOf(said['hash_algorithm'], `${at}/hash_algorithm`, ['SHA256'], 'unknown_hash');
    found.set(by, {
      signature: decoded(words(said['signature'], `${at}/signature`, LONGEST), `${at}/signature`),
      certificate: words(said['certificate'], `${at}/certificate`, 253), at: words(said['timestamp'], `${at}/timestamp`, 64),
    });
  }
  return found;
}

function decoded(base64: string, at: string): Uint8Array {
  const [text, ...padding] = base64.split('=');
  const good = !/[-_]/.test(base64) && padding.join('') === '' && base64.length % 4 === 0 && padding.length <= 2;
  const bytes = good ? fromBase64Url(text!.replaceAll('+', '-').replaceAll('/', '_')) : null;
  return bytes === null || bytes.length === 0 ? stop('bad_signature', at, 'Base64 is expected here.') : bytes;
}

/**
 * The signatures of a file with the bytes that they are over (spec/byoda.md, "Signatures"). Give the text as it came: a number
 * that JSON can write in two ways is refused (`inexact_number`), since its first spelling is what was signed.
 */
export const byodaSignatures = (text: string): Result<readonly ByodaSignature[]> => unlessStopped(() => {
  const document = readDocument(text);
  const found = checkSignatures(document['signatures']);
  for (const [token] of text.matchAll(TOKENS)) if (!token.startsWith('"') && !WHOLE.test(token)) stop('inexact_number', '', 'Only whole numbers have the same bytes everywhere.');
  return yes([...found].map(([by, read]) => ({ by, bytes: bytesOf(document, by), ...read })));
});

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const WHOLE = /^-?\d{1,15}$/;

// The service signs before anybody; the network signs what the service signed.
function bytesOf(document: JsonObject, by: ByodaSignature['by']): Uint8Array {
  const { service } = document['signatures'] as JsonObject;
  const signatures: JsonObject = by === 'network' && service !== undefined ? { service } : {};
  return utf8(pretty({ ...document, signatures }, '\n'));
}

/** JSON with names in the order of code points and two spaces of indent. */
function pretty(value: Json, line: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${line}  `;
  const parts = Array.isArray(value) ? value.map((one) => pretty(one, inner))
    : Object.keys(value).sort(byCodePoint).map((name) => `${JSON.stringify(name)}: ${pretty(value[name]!, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}${inner}${parts.join(`,${inner}`)}${line}${close}`;
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((one, i) => one !== right[i]);
  return at === -1 ? left.length - right.length : (left[at]!.codePointAt(0)! - (right[at]?.codePointAt(0) ?? -1));
}
