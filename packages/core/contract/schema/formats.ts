import { fromBase64Url } from '../../bytes/base64url.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const URI = /^https?:\/\/[\x21-\x7e]{1,2000}$/;

function isDate(text: string): boolean {
  const found = DATE.exec(text);
  if (found === null) return false;
  const month = Number(found[2]);
  const day = Number(found[3]);
  const last = new Date(Date.UTC(2000 + (Number(found[1]) % 400), month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}

const HASH_BYTES = 32;

/** True for the name of a blob: SHA-256 of its bytes, base64url. */
export const isBlobName = (text: string): boolean => fromBase64Url(text, HASH_BYTES) !== null;

/** The formats that are enforced; any other is refused. All are linear in the length of the text. */
export const FORMATS = {
  /** A day, YYYY-MM-DD, that exists in the Gregorian calendar. */
  date: isDate,
  /** RFC 3339 with upper-case T and Z; leap seconds are not accepted. */
  'date-time': (text: string): boolean => text[10] === 'T' && isDate(text.slice(0, 10)) && TIME.test(text.slice(11)),
  /** An absolute http or https address in ASCII. */
  uri: (text: string): boolean => URI.test(text) && URL.canParse(text),
  /** A blob that the record names. */
  blob: isBlobName,
} as const;
