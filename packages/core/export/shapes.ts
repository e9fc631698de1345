import { fromBase64Url } from '../bytes/base64url.ts';
import { isObject } from '../bytes/json.ts';
import { bytes16, bytes32, exactly, integer, optional, personaId, version1, type Field, type Shape } from '../bytes/shape.ts';

const text: Field = { is: 'a text', check: (v) => typeof v === 'string' };
const any: Field = { is: 'anything', check: () => true };
const orNull = (field: Field): Field => ({ is: `${field.is} or null`, check: (v) => v === null || field.check(v) });
const day: Field = { is: 'a day (YYYY-MM-DD)', check: (v) => typeof v === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(v) };

/** The lines of an export that are no signed statements, field by field (spec/export.md). */
export const HEADER: Shape = { type: exactly('commonhold-export'), v: version1, persona: personaId, exportedAt: integer(0), house: personaId };
/** A contract. */
export const CONTRACT: Shape = { type: text, service: text, hash: bytes32, contract: { is: 'an object', check: isObject } };
/** An entry of a lane; what its optional fields hold is the lane's to check. */
export const ENTRY: Shape = {
  type: text, lane: bytes16, device: bytes32, seq: integer(1), id: bytes32, sig: optional(text), head: optional(text),
  envelope: optional(text), body: optional(any), salt: optional(text), offer: optional(any),
};
/** A part of a blob. */
export const BLOB: Shape = {
  type: text, service: text, blob: bytes32, part: integer(1), parts: integer(1),
  data: { is: 'bytes as base64url', check: (v) => typeof v === 'string' && fromBase64Url(v) !== null },
};
/** A line of the access log. */
export const ACCESS: Shape = {
  type: text, day, caller: orNull(text), service: text, collection: text, audience: orNull(text), verb: text,
  refused: { is: 'true or false', check: (v) => typeof v === 'boolean' }, rule: orNull(text), count: integer(1),
  first: orNull(integer(0)), last: orNull(integer(0)),
};
/** The last line. */
export const END: Shape = { type: text, lines: integer(1), sha256: bytes32 };
