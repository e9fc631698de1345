import { numbers, plurals } from '../words/formats.ts';

/** Values for the holes of a message. */
export type Params = Readonly<Record<string, string | number>>;

type Part = string | { name: string } | { name: string; by: 'plural' | 'select'; cases: ReadonlyMap<string, readonly Part[]> };
/** A message, read once. */
export type Message = readonly Part[];

const HASH = '#';

/** Reads the parts up to the closing brace of the case it stands in, or to the end. */
function readParts(text: string, from: number, inPlural: boolean): { parts: Part[]; end: number } {
  const parts: Part[] = [];
  let at = from;
  let plain = '';
  const flush = () => { if (plain !== '') parts.push(plain); plain = ''; };
  while (at < text.length && text[at] !== '}') {
    const sign = text[at]!;
    if (sign === '{') {
      flush();
      const hole = readHole(text, at + 1);
      parts.push(hole.part);
      at = hole.end;
    } else if (sign === HASH && inPlural) {
      flush();
      parts.push({ name: HASH });
      at++;
    } else {
      plain += sign;
      at++;
    }
  }
  flush();
  return { parts, end: at };
}

function readHole(text: string, from: number): { part: Part; end: number } {
  const head = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?\s*/.exec(text.slice(from));
  const name = head?.[1] ?? '';
  let at = from + (head?.[0].length ?? 0);
  const by = head?.[2] as 'plural' | 'select' | undefined;
  if (!by) return { part: { name }, end: at + 1 };
  const cases = new Map<string, readonly Part[]>();
  for (let label = nextLabel(text, at); label; label = nextLabel(text, at)) {
    const body = readParts(text, label.end, by === 'plural');
    cases.set(label.name, body.parts);
    at = body.end + 1;
  }
  return { part: { name, by, cases }, end: text.indexOf('}', at) + 1 };
}

function nextLabel(text: string, at: number): { name: string; end: number } | null {
  const found = /^\s*(=?\w+)\s*\{/.exec(text.slice(at));
  return found ? { name: found[1]!, end: at + found[0].length } : null;
}

/** Reads a message in the ICU subset used here: `{name}`, `{n, plural, =0 {…} one {# …} other {…}}`, `{x, select, a {…} other {…}}`. */
export const compile = (text: string): Message => readParts(text, 0, false).parts;

function pick(part: { name: string; by: 'plural' | 'select'; cases: ReadonlyMap<string, readonly Part[]> }, value: string | number, locale: string): readonly Part[] {
  const exact = part.by === 'plural' ? part.cases.get(`=${value}`) : part.cases.get(String(value));
  if (exact) return exact;
  const plural = part.by === 'plural' ? part.cases.get(pluralOf(Number(value), locale)) : undefined;
  return plural ?? part.cases.get('other') ?? [];
}

/* The languages of the app write small numbers alike and have one form for one; to ask the browser takes a slow phone a tenth of a second. */
const SPOKEN = /^(?:en|de)\b/;
const isSmall = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 1000;
const numberText = (value: number, locale: string): string => (isSmall(value) && SPOKEN.test(locale) ? String(value) : numbers(locale, {}).format(value));
const pluralOf = (value: number, locale: string): Intl.LDMLPluralRule =>
  (Number.isInteger(value) && SPOKEN.test(locale) ? (value === 1 ? 'one' : 'other') : plurals(locale, {}).select(value));

/** Fills a message; `hole` says what stands for a value (a string, or a piece of the page). Neighbouring texts come apart. */
export function fill<T>(message: Message, values: Readonly<Record<string, T | string | number>>, locale: string, counted?: number): (string | T)[] {
  return message.flatMap((part): (string | T)[] => {
    if (typeof part === 'string') return [part];
    if (part.name === HASH && !('by' in part)) return [numberText(counted ?? 0, locale)];
    const value = values[part.name];
    if (!('by' in part)) return [typeof value === 'number' ? numberText(value, locale) : value ?? `{${part.name}}`];
    const chosen = typeof value === 'number' || typeof value === 'string' ? value : '';
    return fill(pick(part, chosen, locale), values, locale, part.by === 'plural' ? Number(chosen) : counted);
  });
}

/** The message as one string. */
export const format = (message: Message, params: Params, locale: string): string => fill(message, params, locale).join('');

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ', n: 'ñ', o: 'ö', p: 'þ', r: 'ŕ', s: 'š', t: 'ţ', u: 'ü', w: 'ŵ', y: 'ý', z: 'ž',
  A: 'Å', B: 'Ɓ', C: 'Ç', D: 'Ð', E: 'É', H: 'Ĥ', I: 'Î', N: 'Ñ', O: 'Ö', S: 'Š', T: 'Ţ', U: 'Û', W: 'Ŵ', Y: 'Ý',
};

/** A pseudo-locale: accents and a third more length, so that a sentence that was never translatable stands out. Holes stay. */
export function pseudo(message: Message): Message {
  return message.map((part): Part => {
    if (typeof part === 'string') return Array.from(part, (sign) => ACCENTS[sign] ?? sign).join('') + '·'.repeat(Math.ceil(part.trim().length / 3));
    return 'by' in part ? { ...part, cases: new Map([...part.cases].map(([label, parts]) => [label, pseudo(parts)])) } : part;
  });
}
