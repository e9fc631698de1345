import type { Json } from '../bytes/json.ts';
import { no, yes, type Result } from '../result.ts';

/** The longest line that an export may have, its end included (bytes), and how deep its JSON may go. */
export const LINE_LIMITS = { bytes: 4_194_304, depth: 64 } as const;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NEWLINE = 10;

/**
 * The JSON value of one line of an export with its U+000A: UTF-8, no name twice in one object, within LINE_LIMITS.
 * Code: not_json. What the line says is never in the message.
 */
export function parseLine(raw: Uint8Array): Result<Json> {
  if (raw.at(-1) !== NEWLINE) return no('not_json', 'The line has no end.');
  if (raw.length > LINE_LIMITS.bytes) return no('not_json', 'The line is too long.');
  let text: string, value: Json;
  try {
    text = decoder.decode(raw);
    value = JSON.parse(text) as Json;
  } catch {
    return no('not_json', 'The line is not JSON.');
  }
  const fault = isAsWritten(text, value) ? null : faultOf(text);
  return fault === null ? yes(value) : no('not_json', fault);
}

const BRACE = 123, BRACKET = 91;

/** True for what writes back to the very same text, as nearly all lines do: then no name was lost, and this is soon found out. */
function isAsWritten(text: string, value: Json): boolean {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BRACE || code === BRACKET) opened++;
  }
  return opened <= LINE_LIMITS.depth && text === `${JSON.stringify(value)}\n`;
}

/** Looks through a text that is JSON for what `JSON.parse` lets pass: a name twice in one object, and great depth. */
function faultOf(text: string): string | null {
  // One entry for each level that is open: the names seen so far, or null for a list.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{': open.push(new Set()); break;
      case '[': open.push(null); break;
      case '}': case ']': open.pop(); break;
      case '"': {
        const end = endOfString(text, at);
        const names = open.at(-1);
        if (names && isName(text, end)) {
          const name = JSON.parse(text.slice(at, end)) as string;
          if (names.has(name)) return 'A name stands twice in one object.';
          names.add(name);
        }
        at = end - 1;
      }
    }
    if (open.length > LINE_LIMITS.depth) return 'The line is nested too deep.';
  }
  return null;
}

/** The place after the closing quote of the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  for (let quote = at + 1; ; quote++) {
    quote = text.indexOf('"', quote);
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
}

/** True when the string that ended before `at` is a name: in JSON only a colon follows one. */
function isName(text: string, at: number): boolean {
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++;
  return text[at] === ':';
}
