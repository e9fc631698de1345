/** A type by the first bytes alone, whatever anybody says of them; `shown` is safe to be shown, anything else is to be saved. */
export interface Media { type: string; shown: boolean }

/** How many first bytes tell. */
export const HEAD_BYTES = 64;

const UNKNOWN: Media = { type: 'application/octet-stream', shown: false };
const text = (head: Uint8Array, from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1');
const hex = (head: Uint8Array, from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('hex');

/** The brands of files made of boxes (ISO 14496-12): pictures, films, sound. */
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif', avis: 'image/avif', 'M4A ': 'audio/mp4', isom: 'video/mp4', iso2: 'video/mp4', iso4: 'video/mp4', iso5: 'video/mp4', iso6: 'video/mp4',
  mp41: 'video/mp4', mp42: 'video/mp4', avc1: 'video/mp4', dash: 'video/mp4', 'M4V ': 'video/mp4',
};

type Test = (head: Uint8Array) => string | undefined;

const TESTS: readonly Test[] = [
  (head) => (hex(head, 0, 8) === '89504e470d0a1a0a' ? 'image/png' : undefined),
  (head) => (hex(head, 0, 3) === 'ffd8ff' ? 'image/jpeg' : undefined),
  (head) => (/^GIF8[79]a/.test(text(head, 0, 6)) ? 'image/gif' : undefined),
  (head) => (text(head, 0, 4) === 'RIFF' ? { WEBP: 'image/webp', WAVE: 'audio/wav' }[text(head, 8, 12)] : undefined),
  (head) => { const brand = text(head, 8, 12); return text(head, 4, 8) === 'ftyp' && Object.hasOwn(BRANDS, brand) ? BRANDS[brand] : undefined; },
  (head) => (hex(head, 0, 4) === '1a45dfa3' && /\x42\x82.webm/s.test(text(head, 4, HEAD_BYTES)) ? 'video/webm' : undefined),
  (head) => (text(head, 0, 4) === 'OggS' ? (text(head, 28, 35) === '\x80theora' ? 'video/ogg' : 'audio/ogg') : undefined),
  (head) => (text(head, 0, 4) === 'fLaC' ? 'audio/flac' : undefined),
  // Of frames without a tag before them only those of layer III, whose first bytes no text begins with.
  (head) => (text(head, 0, 3) === 'ID3' || /^ff(fb|fa|f3|f2|e3|e2)/.test(hex(head, 0, 2)) ? 'audio/mpeg' : undefined),
];

/** The type of what begins with these bytes: a short list that browsers show without running anything; SVG and PDF are not in it. */
export function mediaOf(head: Uint8Array): Media {
  for (const test of TESTS) {
    const type = test(head);
    if (type !== undefined) return { type, shown: true };
  }
  return UNKNOWN;
}
