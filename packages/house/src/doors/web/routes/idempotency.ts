import { Refusal } from '@commonhold/core';

/** Idempotency-Key as it came, or none. Refuses `bad_idempotency_key`. */
export function idempotencyKey(header: string | string[] | undefined): { idempotencyKey?: string } {
  if (header === undefined) return {};
  if (typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header)) return { idempotencyKey: header };
  throw new Refusal('invalid', 'bad_idempotency_key', 'An Idempotency-Key has 1 to 128 visible ASCII characters.', { field: 'Idempotency-Key' });
}
