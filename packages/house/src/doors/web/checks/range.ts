/** Bytes from `start` to `end`, both of them included. */
export interface Span { start: number; end: number }

/**
 * What a Range header asks of so many bytes (RFC 9110, 14): a span, `none` when it lies outside, or null for the whole:
 * no header, one that is not understood, or one that asks for several spans, which nobody here does.
 */
export function spanOf(header: string | undefined, size: number): Span | 'none' | null {
  const found = header === undefined ? null : /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i.exec(header);
  if (!found || (found[1] === '' && found[2] === '')) return null;
  if (found[1] === '') return lastOf(Number(found[2]), size);
  const start = Number(found[1]);
  const end = found[2] === '' ? Infinity : Number(found[2]);
  if (end < start) return null;
  return start >= size ? 'none' : { start, end: Math.min(end, size - 1) };
}

const lastOf = (count: number, size: number): Span | 'none' => (count === 0 || size === 0 ? 'none' : { start: Math.max(0, size - count), end: size - 1 });

/** Whether one of the tags of an If-None-Match is this one, which is given with its quotes. */
export function isMatch(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag));
}
