import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signed } from './sign.ts';

/* The examples of Amazon's own documentation of Signature Version 4 for S3. */
const KEYS = { keyId: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
const asked = (query: Record<string, string>) => signed(KEYS, { method: 'GET', url: 'https://examplebucket.s3.amazonaws.com/', query, body: new Uint8Array(), now: Date.UTC(2013, 4, 24) });

test('requests are signed as Amazon says', () => {
  for (const [query, signature] of [
    [{ lifecycle: '' }, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    [{ 'max-keys': '2', prefix: 'J' }, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ] as const) assert.match((asked(query)[1].headers as Record<string, string>)['authorization']!, new RegExp(`Signature=${signature}$`));
});
