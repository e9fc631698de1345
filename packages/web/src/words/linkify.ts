/** A piece of a text: plain, or an address that opens elsewhere. */
export type TextPart = { text: string; href?: string };

const ADDRESS = /https?:\/\/[^\s<>"“”„«»]+/giu;
const TAIL = /[.,;:!?'’…*_~|\\]$/u;
const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Gives back to the sentence what belongs to it: the full stop, the bracket that was opened before the address. */
function trimTail(address: string): string {
  let end = address;
  for (;;) {
    const last = end.at(-1) ?? '';
    const opener = PAIRS[last];
    const unpaired = opener !== undefined && end.split(last).length > end.split(opener).length;
    if (!unpaired && !TAIL.test(end)) return end;
    end = end.slice(0, -1);
  }
}

/** True for an http(s) address with a host and without a hidden name and password. */
function isSafe(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && url.username === '' && url.password === '';
}

/** Cuts a text at its web addresses. Joined again, the parts are the text. Only http and https become links. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimTail(match[0]);
    if (!isSafe(address)) continue;
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ text: address, href: address });
    at = match.index + address.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
