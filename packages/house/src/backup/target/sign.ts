import { createHash, createHmac } from 'node:crypto';

/** Who signs, and for which region. */
export interface S3Keys { keyId: string; secret: string; region: string }

/** A request to be signed; `now` in ms. */
export interface Unsigned { method: string; url: string; query: Readonly<Record<string, string>>; body: Uint8Array; now: number }

const PATIENCE = 60_000;
const hash = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const mac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A path as it is signed: each part encoded, the slashes kept. */
export const encodePath = (path: string): string => path.split('/').map(encode).join('/');

/** What to give to `fetch`, signed by AWS Signature Version 4 for the service `s3`. */
export function signed({ keyId, secret, region }: S3Keys, { method, url, query, body, now }: Unsigned): [string, RequestInit] {
  const { host, pathname, origin } = new URL(url);
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, ''), day = stamp.slice(0, 8), scope = `${day}/${region}/s3/aws4_request`;
  const asked = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&');
  const headers = { host, 'x-amz-content-sha256': hash(body), 'x-amz-date': stamp };
  const names = Object.keys(headers).join(';');
  const canonical = [method, pathname, asked, ...Object.entries(headers).map(([name, value]) => `${name}:${value}`), '', names, headers['x-amz-content-sha256']].join('\n');
  const key = ['s3', 'aws4_request'].reduce((last, text) => mac(last, text), mac(mac(`AWS4${secret}`, day), region));
  const signature = mac(key, ['AWS4-HMAC-SHA256', stamp, scope, hash(canonical)].join('\n')).toString('hex');
  const { host: _, ...sent } = headers;
  return [`${origin}${pathname}${asked === '' ? '' : `?${asked}`}`, {
    method, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), ...(body.length > 0 && { body: Buffer.from(body) }),
    headers: { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}` },
  }];
}
