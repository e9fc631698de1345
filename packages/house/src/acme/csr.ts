import { sign, type KeyObject } from 'node:crypto';

const SEQUENCE = 0x30, SET = 0x31, INTEGER = 0x02, BITS = 0x03, OCTETS = 0x04, OID = 0x06, UTF8 = 0x0c, DNS_NAME = 0x82, ATTRIBUTES = 0xa0;
const COMMON_NAME = '550403', EXTENSIONS = '2a864886f70d01090e', ALT_NAME = '551d11', ECDSA_SHA256 = '2a8648ce3d040302';

/** One value of ASN.1 in DER: tag, length, content. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

const oid = (hex: string): Buffer => der(OID, Buffer.from(hex, 'hex'));

/** A certificate signing request (PKCS #10, DER) for one DNS name, signed by its own P-256 key. */
export function requestFor(domain: string, key: KeyObject, publicKey: KeyObject): Buffer {
  const name = Buffer.from(domain, 'ascii');
  // A common name holds 64 characters at most; the alternative name is the one that counts.
  const subject = name.length > 64 ? der(SEQUENCE) : der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(UTF8, name))));
  const alternative = der(SEQUENCE, oid(ALT_NAME), der(OCTETS, der(SEQUENCE, der(DNS_NAME, name))));
  const info = der(SEQUENCE,
    der(INTEGER, Buffer.from([0])), subject, publicKey.export({ type: 'spki', format: 'der' }),
    der(ATTRIBUTES, der(SEQUENCE, oid(EXTENSIONS), der(SET, der(SEQUENCE, alternative)))));
  return der(SEQUENCE, info, der(SEQUENCE, oid(ECDSA_SHA256)), der(BITS, Buffer.from([0]), sign('sha256', info, key)));
}
