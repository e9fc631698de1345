/* Escaping is what happens to everything by itself: a text becomes markup only through these functions. */

const SAFE = Symbol('markup');

/** Text that is markup already; nothing that was parsed from JSON can be one. */
export interface Markup { readonly [SAFE]: string }
/** What may stand in a template: texts and numbers are escaped, nothing of null and false is seen. */
export type Part = Markup | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Characters that XML 1.0 does not allow, alone halves of pairs among them.
const FORBIDDEN = /[^\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

// Most texts have nothing of the kind, and a look costs less than three passes.
const SPECIAL = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;

const escaped = (text: string): string => (!SPECIAL.test(text) ? text : text.toWellFormed().replace(FORBIDDEN, '\u{FFFD}').replace(/[&<>"']/g, (sign) => ENTITIES[sign]!));

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return Array.isArray(part) ? part.map(textOf).join('') : (part as Markup)[SAFE] ?? '';
}

/** HTML or XML with what is put in escaped, in words and in quoted attributes. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  ({ [SAFE]: strings.reduce((all, one, i) => all + textOf(parts[i - 1]) + one) });

/** The finished text. */
export const written = (made: Markup): string => made[SAFE];
