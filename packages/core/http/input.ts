import { fromBase64Url } from '../bytes/base64url.ts';
import { no, yes, type Result } from '../result.ts';
import { SIGNATURE_TAG } from './message.ts';

/** What a signature says of itself; times in seconds since 1970. */
export interface SignatureInput {
  label: string;
  parts: readonly string[];
  /** The very text after the label: it is signed, too. */
  parameters: string;
  created: number;
  expires: number;
  nonce: string;
  /** Ed25519 public key, base64url. */
  key: string;
  /** Whose device it is, where it is one; null for a service. */
  persona: string | null;
}

const WHOLE = /^([a-z*][a-z0-9_.*-]{0,31})=(\(((?:"[@a-z0-9-]+"(?: (?!\)))?){1,16})\)((?:;[a-z]+=(?:"[\x20-\x21\x23-\x5b\x5d-\x7e]*"|\d{1,15})){1,8}))$/;
const PARAMETER = /;([a-z]+)=("([^"]*)"|\d+)/g;
const NAMES = ['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'];
const NONCE = /^[A-Za-z0-9_-]{22,64}$/;

/**
 * Reads a `signature-input` header: one signature, of the parameters created, expires, nonce, keyid, alg="ed25519" and
 * tag="commonhold/1", each once, in any order. keyid is a service's key, or `<persona>.<key>` of somebody's device. Code: bad_signature_input.
 */
export function readSignatureInput(text: string): Result<SignatureInput> {
  const found = text.length > 2000 ? null : WHOLE.exec(text);
  if (!found) return bad('It is not one signature with its parts and parameters.');
  const [label, parameters, list, tail] = found.slice(1) as [string, string, string, string];
  const parts = [...list.matchAll(/"([^"]+)"/g)].map((one) => one[1]!);
  const said = new Set(parts).size === parts.length ? parametersOf(tail) : null;
  if (!said) return bad('A part or a parameter stands there twice, or is not one of these.');
  const times = timesOf(said);
  if (!times) return bad('created and expires are whole seconds, nonce is 16 bytes or more as base64url.');
  if (said.get('alg') !== 'ed25519' || said.get('tag') !== SIGNATURE_TAG) return bad(`alg is "ed25519" and tag is "${SIGNATURE_TAG}".`);
  const by = keyOf(said.get('keyid'));
  return by ? yes({ label, parts, parameters, ...times, ...by }) : bad('keyid is a public key as base64url, after a persona and a dot where it is a device.');
}

type Said = ReadonlyMap<string, string | number>;

function parametersOf(text: string): Said | null {
  const said = new Map<string, string | number>();
  for (const [, name = '', raw = '', inner] of text.matchAll(PARAMETER)) {
    if (!NAMES.includes(name) || said.has(name)) return null;
    said.set(name, inner ?? Number(raw));
  }
  return said;
}

function timesOf(said: Said): Pick<SignatureInput, 'created' | 'expires' | 'nonce'> | null {
  const [created, expires, nonce] = [said.get('created'), said.get('expires'), said.get('nonce')];
  if (typeof created !== 'number' || typeof expires !== 'number' || typeof nonce !== 'string') return null;
  return NONCE.test(nonce) ? { created, expires, nonce } : null;
}

function keyOf(id: string | number | undefined): Pick<SignatureInput, 'key' | 'persona'> | null {
  const found = /^(?:(c[a-z2-7]{52})\.)?([A-Za-z0-9_-]{43})$/.exec(String(id));
  return found && fromBase64Url(found[2]!, 32) ? { key: found[2]!, persona: found[1] ?? null } : null;
}

const bad = (say: string): Result<never> => no('bad_signature_input', say, 'signature-input');
