import { isObject } from '../bytes/json.ts';
import { closed, type Shape } from '../bytes/shape.ts';
import { mayAt, type KeyLogState } from '../identity/keylog.ts';
import { verifyUnder } from '../identity/sign.ts';
import { checkSigned, type Capability, type Signed } from '../identity/statement.ts';
import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';

/** A kind of statement that a device signs outside the key log. */
export interface Kind { readonly domain: string; readonly shape: Shape }

/** What every such statement says of its signer. */
export interface ByDevice { v: 1; type: string; device: string; keyLogHead: string }

/**
 * The value as a signed statement of one kind whose signature fits the device that it names.
 * Codes, in order: not_object, unknown_field, missing_field, bad_field, bad_version, unknown_type, signature_count, bad_signature.
 */
export const checkByDevice = <S extends ByDevice>(suite: Suite, kind: Kind, signed: unknown): Result<S> =>
  checkSignedBy<S>(suite, kind, signed, ({ device }) => device);

/** The same for a kind whose signer stands in another field. */
export function checkSignedBy<S extends object>(suite: Suite, kind: Kind, signed: unknown, signer: (statement: S) => string): Result<S> {
  const outer = checkSigned(signed);
  if (!outer.ok) return outer;
  const { statement, signatures } = outer.value;
  if (!isObject(statement) || statement['v'] !== 1) return no('bad_version', 'Only version 1 is known.', 'v');
  if (!kind.shape['type']!.check(statement['type'])) return no('unknown_type', `A statement of type ${kind.shape['type']!.is} was expected.`, 'type');
  const inner = closed(statement, kind.shape);
  if (!inner.ok) return inner;
  const whole = inner.value as unknown as S;
  const fits = verifyUnder(suite, kind.domain, { statement: whole, signatures } as Signed<S>, [signer(whole)]);
  return fits.ok ? yes(whole) : fits;
}

/**
 * Whether the key log lets this device sign so, at the head that the statement names.
 * Codes: wrong_persona, head_unknown, device_unknown, device_revoked, device_not_capable.
 */
export function vouched(keyLog: KeyLogState, persona: string, by: ByDevice, capability: Capability): Result<number> {
  if (keyLog.persona !== persona) return no('wrong_persona', 'The key log is of another persona.', 'persona');
  return mayAt(keyLog, by.device, capability, by.keyLogHead);
}
