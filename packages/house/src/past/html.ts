const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', euro: '€' };
const TAG = /<(\/?)([a-z][a-z0-9]*)\b([^>]*)>/gi;

/** Replaces what stands for characters in HTML; what is not known stays as it is. */
export function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

/**
 * The words of a post that was written as HTML: paragraphs and lines as they were shown, the whole address of each link (behind its words,
 * where those are others), a mark before points of lists and quoted lines. Nothing of it can be markup any more.
 */
export function textOfHtml(html: string): string {
  let text = '';
  let link: { href: string; from: number } | null = null;
  let from = 0;
  const clean = html.replaceAll('\r', '').replace(/<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '');
  for (const found of clean.matchAll(TAG)) {
    text += unescaped(clean.slice(from, found.index).replace(/\s*\n\s*/g, ' '));
    from = found.index + found[0].length;
    const [, close, name = '', rest = ''] = found;
    if (name.toLowerCase() !== 'a') text += breakOf(name.toLowerCase(), close === '/');
    else if (close === '') link = { href: hrefOf(rest), from: text.length };
    else if (link) { text = text.slice(0, link.from) + linked(link.href, text.slice(link.from)); link = null; }
  }
  text += unescaped(clean.slice(from).replace(/\s*\n\s*/g, ' '));
  return text.replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

function breakOf(name: string, isEnd: boolean): string {
  if (name === 'br') return '\n';
  if (name === 'li') return isEnd ? '\n' : '• ';
  if (['p', 'blockquote', 'pre', 'ul', 'ol', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(name) && isEnd) return '\n\n';
  return name === 'blockquote' ? '> ' : '';
}

function hrefOf(attributes: string): string {
  const found = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
  const href = unescaped(found?.[1] ?? found?.[2] ?? '').trim();
  return /^https?:\/\/\S+$/i.test(href) ? href : '';
}

// Names of people and tags say themselves what they are; an address that is shown in part is the address.
function linked(href: string, words: string): string {
  const shown = words.trim();
  if (href === '' || /^[@#]/.test(shown)) return words;
  const bare = href.replace(/^https?:\/\/(www\.)?/i, '');
  const isAddress = shown === '' || bare.startsWith(shown.replace(/^https?:\/\/(www\.)?/i, '').replace(/…$/, ''));
  return isAddress ? href : `${words} (${href})`;
}
