import { canonical, isObject, type Json, type JsonObject } from '../bytes/json.ts';
import { utf8 } from '../bytes/frame.ts';
import { CONTRACT_LIMITS as MAX } from './names.ts';
import { anObject, step, stop } from './place.ts';

/** The input, JSON text or a value, as an object of our own: within the limits, and free of getters, cycles and shared parts. */
export function readDocument(input: unknown): JsonObject {
  if (typeof input === 'string') {
    if (input.length > MAX.bytes || utf8(input).length > MAX.bytes) stop('too_big', '', `At most ${MAX.bytes} bytes.`);
    return anObject(copied(parseText(input)), '');
  }
  const copy = anObject(copied(input as Json), '');
  if (utf8(canonical(copy)).length > MAX.bytes) stop('too_big', '', `At most ${MAX.bytes} bytes.`);
  return copy;
}

function parseText(text: string): Json {
  try { return JSON.parse(text) as Json; } catch { return stop('not_json', '', 'This is not JSON.'); }
}

/** A plain copy. Refuses what is too deep, too much, or not JSON, without ever going deeper or further than the limits. */
function copied(value: Json): Json {
  let left: number = MAX.bytes;
  const path: (string | number)[] = [];
  const here = (): string => path.reduce<string>(step, '');
  const inside = (name: string | number, part: Json): Json => {
    path.push(name);
    const made = copy(part);
    path.pop();
    return made;
  };
  const spend = (bytes: number): void => { if ((left -= bytes) < 0) stop('too_big', '', `At most ${MAX.bytes} bytes.`); };
  const unicode = (text: string): string => {
    spend(text.length);
    return text.isWellFormed() ? text : stop('not_unicode', here(), 'This text is not well-formed Unicode.');
  };
  const copy = (part: Json): Json => {
    if (path.length >= MAX.depth) stop('too_deep', here(), `At most ${MAX.depth} levels.`);
    spend(1);
    if (typeof part === 'string') return unicode(part);
    // Not map: it leaves holes as they are.
    if (Array.isArray(part)) return Array.from(part, (inner, i) => inside(i, inner));
    if (isObject(part)) return Object.fromEntries(Object.entries(part).map(([name, inner]) => [unicode(name), inside(name, inner)]));
    return part === null || typeof part === 'boolean' || Number.isFinite(part) ? part : stop('not_json', here(), 'JSON has no such value.');
  };
  return copy(value);
}
