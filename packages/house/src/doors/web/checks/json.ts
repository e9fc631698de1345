import { Refusal } from '@commonhold/core';

const MAX_DEPTH = 32;
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses a JSON body strictly. Refuses `bad_utf8`, `bad_json`, `too_deep` (over 32 levels), `duplicate_name` and
 * `reserved_name` (`__proto__`): two readers could take such a text for two different things.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try { text = strict.decode(bytes); } catch { throw bad('bad_utf8', 'The body is not UTF-8.'); }
  let value: unknown;
  try { value = JSON.parse(text); } catch { throw bad('bad_json', 'The body is not JSON.'); }
  inspect(text);
  return value;
}

/** Refuses a content type other than JSON (`not_json`). */
export function checkJsonType(type: string | undefined): void {
  if (type !== undefined && /^application\/(json|[a-z0-9.+-]+\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) return;
  throw bad('not_json', 'The body must be JSON, with Content-Type: application/json.', 'application/json');
}

// One pass over a text that is known to be JSON: names per open object, depth.
function inspect(text: string): void {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x7b || char === 0x5b) {
      if (open.push(char === 0x7b ? new Set() : null) > MAX_DEPTH) throw bad('too_deep', `The body may be ${MAX_DEPTH} levels deep.`);
    } else if (char === 0x7d || char === 0x5d) open.pop();
    else if (char === 0x22) {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names && isName(text, end)) addName(names, JSON.parse(text.slice(at, end + 1)) as string);
      at = end;
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function isName(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === 0x3a;
}

function addName(names: Set<string>, name: string): void {
  if (name === '__proto__') throw bad('reserved_name', 'The name __proto__ may not be used.');
  if (names.size === names.add(name).size) throw bad('duplicate_name', 'An object has a name twice.');
}

const bad = (code: string, message: string, expected?: string): Refusal =>
  new Refusal('invalid', code, message, expected === undefined ? {} : { expected });
