/** What a picture may be when it is sent. */
export type Kind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/** How many first bytes tell. */
export const HEAD_BYTES = 16;

const text = (head: Uint8Array, from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1');
const hex = (head: Uint8Array, to: number): string => Buffer.from(head.subarray(0, to)).toString('hex');

const TESTS: Readonly<Record<Kind, (head: Uint8Array) => boolean>> = {
  jpeg: (head) => hex(head, 3) === 'ffd8ff',
  png: (head) => hex(head, 8) === '89504e470d0a1a0a',
  webp: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP',
  gif: (head) => /^GIF8[79]a$/.test(text(head, 0, 6)),
  avif: (head) => text(head, 4, 8) === 'ftyp' && /^avi[fs]$/.test(text(head, 8, 12)),
};

/** The kind of what begins with these bytes, whatever anybody says of it; null for what is no picture that is taken. */
export const kindOf = (head: Uint8Array): Kind | null => (Object.keys(TESTS) as Kind[]).find((kind) => TESTS[kind](head)) ?? null;
