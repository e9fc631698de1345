import { namedIn } from './named.ts';

/** A piece of a text: plain, an address that opens elsewhere, somebody's @handle, or a #tag. */
export type TextPart = { text: string; href?: string; handle?: string; tag?: string };

const ADDRESS = /https?:\/\/[^\s<>"“”„«»]+/giu;
const TAIL = /[.,;:!?'’…*_~|\\]$/u;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Gives back to the sentence what belongs to it: the full stop, the bracket that was opened before the address. */
function trimTail(address: string): string {
  const surplus = new Map(Object.entries(PAIRS).map(([closer, opener]) => [closer, address.split(closer).length - address.split(opener).length]));
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    const extra = surplus.get(last) ?? 0;
    if (extra > 0) surplus.set(last, extra - 1);
    else if (!TAIL.test(last)) break;
  }
  return address.slice(0, end);
}

/** True for an http(s) address with a host and without a hidden name and password. */
function isSafe(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && url.username === '' && url.password === '';
}

/** Cuts words without addresses at the handles and tags in them. */
function atNames(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { at, length, ...named } of namedIn(text)) {
    if (at > from) parts.push({ text: text.slice(from, at) });
    parts.push({ text: text.slice(at, at + length), ...named });
    from = at + length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Cuts a text at its web addresses, handles and tags. Joined again, the parts are the text. Only http and https become links. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimTail(match[0]);
    if (!isSafe(address)) continue;
    if (match.index > at) parts.push(...atNames(text.slice(at, match.index)));
    parts.push({ text: address, href: address });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push(...atNames(text.slice(at)));
  return parts;
}
