/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** A JSON object. */
export type JsonObject = { [name: string]: Json };

/** True for a plain JSON object (not null, not an array). */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The canonical text of a JSON value (RFC 8785): names sorted by UTF-16 units, no white space, ECMAScript numbers.
 * Throws TypeError on what has no canonical form: NaN, infinities, lone surrogates, undefined.
 */
export function canonical(value: Json): string {
  switch (typeof value) {
    case 'string': return quote(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot say');
      return Object.is(value, -0) ? '0' : String(value);
    case 'boolean': return value ? 'true' : 'false';
    case 'object': return value === null ? 'null' : Array.isArray(value) ? list(value) : object(value);
    default: throw new TypeError(`a ${typeof value} is not JSON`);
  }
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no UTF-8');
  return JSON.stringify(text);
}

function list(values: Json[]): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i ? ',' : '') + canonical(values[i]!);
  return out + ']';
}

function object(value: JsonObject): string {
  const names = Object.keys(value).sort();
  let out = '{';
  for (const name of names) out += (out.length > 1 ? ',' : '') + quote(name) + ':' + canonical(value[name]!);
  return out + '}';
}
