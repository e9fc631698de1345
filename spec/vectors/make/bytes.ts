import { canonical, frame, toBase32, toBase64Url, type Json } from '../../../packages/core/index.ts';
import { hex, seed } from './tools.ts';

const TEXTS = [
  '{}', '[]', 'null', 'true', '""', '0', '-0', '1.0', '4.50', '2e-3', '1E30', '0.000000000000000000000000001',
  '333333333.33333329', '9007199254740991', '9007199254740993', '1e20', '1e21', '123456789012345680000', '0.000001', '0.0000001',
  '5e-324', '1.7976931348623157e308', '-1.5e-7', '100000000000000000000000000',
  '{"b":1,"a":2,"aa":3,"A":4,"":5}', '{"10":1,"9":2,"1":3}', ' { "a" : [ 1 , { "c" : 1 , "b" : null } ] } ',
  '{"\\u20ac":"Euro","\\r":"CR","\\ufb33":"Hebrew dalet","1":"One","\\ud83d\\ude00":"Smiley","\\u0080":"Control","\\u00f6":"o umlaut"}',
  '"\\u20ac$\\u000f\\nA\'\\u0042\\u0022\\u005c\\\\\\"\\/"', '"\\u0000\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001f\\u007f\\u2028"',
  '"\\ud83d\\ude00"', '{"__proto__":{"a":1},"constructor":2}',
];
const LONE = ['"\\ud800"', '"a\\udc00b"', '{"\\udfff":1}', '"\\ude00\\ud83d"'];

/** Canonical JSON: `text` is any JSON text, `canonical` its one form. */
export const jcs = (): object => ({
  about: 'Canonical JSON (RFC 8785). good: canonical(parse(text)) is canonical. bad: text parses, but has no canonical form.',
  good: TEXTS.map((text) => ({ text, canonical: canonical(JSON.parse(text) as Json) })),
  bad: LONE.map((text) => ({ text, why: 'a lone surrogate has no UTF-8' })),
});

const LENGTHS = [0, 1, 2, 3, 16, 31, 32, 64];
const NOT_BASE64URL = [
  ['A', 'one character too many'], ['AA==', 'padding'], ['AB', 'unused bits are not zero'], ['AAB', 'unused bits are not zero'],
  ['+_8A', 'another alphabet'], ['/_8A', 'another alphabet'], ['AA A', 'white space'], ['AAA\n', 'white space'], ['AAAé', 'not ASCII'],
] as const;

/** base64url without padding, and base32 as persona ids use it. */
export const base64url = (): object => ({
  about: 'base64url without padding (RFC 4648 section 5) and base32, lower case, without padding (section 6). Bytes in hex.',
  good: LENGTHS.map((n) => Buffer.concat([seed('a'), seed('b')]).subarray(0, n))
    .concat([Buffer.from('fbff', 'hex'), Buffer.from('ffffff', 'hex')])
    .map((bytes) => ({ bytes: hex(bytes), base64url: toBase64Url(bytes), base32: toBase32(bytes) })),
  bad: NOT_BASE64URL.map(([text, why]) => ({ text, why })),
});

type Part = { text: string } | { integer: number } | { bytes: string };
const FRAMES: Part[][] = [
  [], [{ text: '' }], [{ text: 'commonhold/x/1' }], [{ text: 'é€😀' }],
  [{ integer: 0 }, { integer: 1 }, { integer: 4294967296 }, { integer: Number.MAX_SAFE_INTEGER }],
  [{ text: 'ab' }, { text: 'c' }], [{ text: 'a' }, { text: 'bc' }], [{ text: 'commonhold/x/1' }, { integer: 7 }, { bytes: '00ff10' }, { bytes: '' }],
];
const raw = (part: Part): string | number | Uint8Array =>
  'text' in part ? part.text : 'integer' in part ? part.integer : Buffer.from(part.bytes, 'hex');

/** Framing: what is hashed and signed. */
export const framing = (): object => ({
  about: 'frame(fields): each field preceded by its length in 8 bytes, big-endian; texts in UTF-8, integers in 8 bytes, big-endian. hex.',
  good: FRAMES.map((fields) => ({ fields, frame: hex(frame(...fields.map(raw))) })),
});
