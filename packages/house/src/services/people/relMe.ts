/* A page is read by a small scanner in one pass: it is a stranger's, and up to 256 KiB of anything. */

const SKIPPED = /<!--[\s\S]*?(?:-->|$)|<(script|style|template|textarea|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
// Every repetition has an end, so that no page makes the scanner go over the same letters again and again.
const TAG = /<(?:a|link)\s([^<>]{0,4000})>/gi;
const ATTRIBUTE = /([^\s"'<>/=]{1,40})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', sol: '/', colon: ':', commat: '@' };

const plain = (text: string): string => text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{1,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
});

// The first of a name counts, as in browsers.
function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const lower = name.toLowerCase();
    if (!found.has(lower)) found.set(lower, plain(double ?? single ?? bare ?? ''));
  }
  return found;
}

/** Where the links of a page lead that say `rel=me`: "this is me, too". Absolute addresses as they stand there. */
export function relMeOf(html: string): string[] {
  const found: string[] = [];
  for (const [, text = ''] of html.replace(SKIPPED, ' ').matchAll(TAG)) {
    const attributes = attributesOf(text);
    const href = attributes.get('href')?.trim();
    if (href && attributes.get('rel')?.toLowerCase().split(/\s+/).includes('me')) found.push(href);
  }
  return found;
}

/** The same address in one spelling: no fragment, no slash at the end; null for what is no address of the web. */
export function sameAddress(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  return `${url.protocol}//${url.host}${url.pathname.replace(/%40/g, '@').replace(/\/{1,8}$/, '').toLowerCase()}`;
}
