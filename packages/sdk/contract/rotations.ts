import { Refusal, type RotateServiceKey, type Signed } from '@commonhold/core';

/** Statements by which one key of a service followed another, in order. */
export type Rotations = readonly Signed<RotateServiceKey>[];

/** Reads them from JSON text; whether they are good is asked where they are used. Refusal `bad_rotation`. */
export function readRotations(text: string): Rotations {
  const read = parsed(text);
  if (!Array.isArray(read)) throw new Refusal('invalid', 'bad_rotation', 'A list of rotations was expected.');
  return read as Rotations;
}

function parsed(text: string): unknown {
  try { return JSON.parse(text) as unknown; } catch { return null; }
}
