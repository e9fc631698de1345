import { isObject, type JsonObject } from '../bytes/json.ts';
import { closed } from '../bytes/shape.ts';
import type { LogEntry } from '../record/log.ts';
import { no, yes, type Result } from '../result.ts';
import { parseLine } from './json.ts';
import { ENTRY } from './shapes.ts';

/** An entry of a lane as a line of an export. */
export interface EntryLine extends LogEntry { type: 'entry'; lane: string; device: string }
/** The announcement of a lane as a line of an export; not yet checked. */
export interface LaneLine { type: 'lane'; signed: JsonObject }

/**
 * One line with its U+000A as what it says of a lane. Its shape is checked, nothing else.
 * Codes: not_json, not_object, unknown_type (any other line of an export, too), unknown_field, missing_field, bad_field.
 */
export function readLine(raw: Uint8Array): Result<LaneLine | EntryLine> {
  const parsed = parseLine(raw);
  if (!parsed.ok) return parsed;
  if (!isObject(parsed.value)) return no('not_object', 'A line is a JSON object.');
  const { type, ...signed } = parsed.value;
  if (type === 'lane') return yes({ type, signed });
  if (type !== 'entry') return no('unknown_type', 'Lanes and entries were expected.', 'type');
  const shape = closed(parsed.value, ENTRY);
  return shape.ok ? yes(shape.value as unknown as EntryLine) : shape;
}
