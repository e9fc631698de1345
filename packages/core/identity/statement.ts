import { isObject } from '../bytes/json.ts';
import {
  bytes16, bytes32, closed, exactly, integer, optional, personaId, version1, type Field, type Shape,
} from '../bytes/shape.ts';
import { no, yes, type Result } from '../result.ts';
import { publicKey } from './key.ts';

/** What a device may do: open end-to-end encryption, write the key log, sign records. */
export type Capability = 'e2ee' | 'manage' | 'write';

/** The first statement of a persona; its hash is the persona's name for good. */
export interface Inception { v: 1; type: 'inception'; recoveryKey: string; deviceKey: string; nonce: string }
interface Later { v: 1; persona: string; height: number; prev: string; by: string }
/** Adds a device with capabilities (sorted, each once). */
export interface AddDevice extends Later { type: 'add-device'; device: string; capabilities: Capability[]; label?: string }
/** Takes every right from a device, for good. */
export interface RevokeDevice extends Later { type: 'revoke-device'; device: string }
/** Puts a new recovery key in place of the old one. */
export interface RotateRecovery extends Later { type: 'rotate-recovery'; recoveryKey: string }
/** Names the house (by its persona id) where this persona is at home. */
export interface SetHome extends Later { type: 'set-home'; house: string }
/** Takes back the set-home right before it, which a device signed. */
export interface RevertHome extends Later { type: 'revert-home' }
/** Ends the persona. */
export interface Retire extends Later { type: 'retire' }
/** Any statement after the first. */
export type LaterStatement = AddDevice | RevokeDevice | RotateRecovery | SetHome | RevertHome | Retire;
/** Any statement of a key log. */
export type Statement = Inception | LaterStatement;
/** A statement with the signatures beside it (base64url, 64 bytes each), as it travels and is kept. */
export interface Signed<S = Statement> { statement: S; signatures: string[] }

const CAPABILITIES: readonly unknown[] = ['e2ee', 'manage', 'write'];
const capabilities: Field = {
  is: 'a list of e2ee, manage and write, sorted, each once, at least one',
  check: (v) => Array.isArray(v) && v.length > 0
    && v.every((c, i) => CAPABILITIES.includes(c) && (i === 0 || CAPABILITIES.indexOf(v[i - 1]) < CAPABILITIES.indexOf(c))),
};
const label: Field = {
  is: 'a text of 1 to 64 characters without control characters',
  check: (v) => typeof v === 'string' && v.isWellFormed() && /^[^\p{Cc}]{1,64}$/u.test(v),
};

const later = (type: string, own: Shape): Shape => ({
  v: version1, type: exactly(type), persona: personaId, height: integer(1), prev: bytes32, by: publicKey, ...own,
});
const SHAPES: ReadonlyMap<unknown, Shape> = new Map<unknown, Shape>([
  ['inception', { v: version1, type: exactly('inception'), recoveryKey: publicKey, deviceKey: publicKey, nonce: bytes16 }],
  ['add-device', later('add-device', { device: publicKey, capabilities, label: optional(label) })],
  ['revoke-device', later('revoke-device', { device: publicKey })],
  ['rotate-recovery', later('rotate-recovery', { recoveryKey: publicKey })],
  ['set-home', later('set-home', { house: personaId })],
  ['revert-home', later('revert-home', {})],
  ['retire', later('retire', {})],
]);

/**
 * The value as a statement of one of the seven types, with exactly its fields.
 * Codes, in order: not_object, bad_version, unknown_type, unknown_field, missing_field, bad_field.
 */
export function checkStatement(value: unknown): Result<Statement> {
  if (!isObject(value)) return no('not_object', 'A statement is an object.');
  if (value['v'] !== 1) return no('bad_version', 'Only statements of version 1 are known.', 'v');
  const shape = SHAPES.get(value['type']);
  if (!shape) return no('unknown_type', 'There is no statement of this type.', 'type');
  const checked = closed(value, shape);
  return checked.ok ? yes(checked.value as unknown as Statement) : checked;
}

const SIGNED: Shape = {
  statement: { is: 'an object', check: isObject },
  signatures: { is: 'a list of texts', check: (v) => Array.isArray(v) && v.every((s) => typeof s === 'string') },
};

/** The value as `{statement, signatures}`. Codes: not_object, unknown_field, missing_field, bad_field. */
export function checkSigned(value: unknown): Result<Signed<unknown>> {
  const checked = closed(value, SIGNED);
  return checked.ok ? yes(checked.value as unknown as Signed<unknown>) : checked;
}
