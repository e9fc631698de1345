import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '@commonhold/core';
import { encodePath, signed, type S3Keys } from './sign.ts';
import { targetRefusal, type Target, type TargetWish } from './target.ts';

const TRIES = 4;

type S3Wish = Extract<TargetWish, { kind: 's3' }>;

/** Backups in a bucket of S3-compatible storage, addressed by path. */
export function s3Target({ endpoint, region, bucket, prefix, keyId, secret }: S3Wish, now: () => number = Date.now): Target {
  const keys: S3Keys = { keyId, secret, region };
  const root = `${endpoint.replace(/\/+$/, '')}/${bucket}`;
  const under = prefix === '' ? '' : `${prefix.replace(/^\/+|\/+$/g, '')}/`;
  const send = (method: string, path: string, query: Record<string, string> = {}, body: Uint8Array = new Uint8Array()) =>
    inTries(() => fetch(...signed(keys, { method, url: root + path, query, body, now: now() })), method, path === '' ? null : path);
  const at = (name: string): string => `/${encodePath(under + name)}`;
  return {
    async* list(rest) {
      for (let next: string | null = ''; next !== null;) {
        const text: string = await (await send('GET', '', { 'list-type': '2', prefix: under + rest, ...(next !== '' && { 'continuation-token': next }) })).text();
        for (const [, key] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) yield plain(key!).slice(under.length);
        next = /<IsTruncated>true<\/IsTruncated>/.test(text) ? plain(/<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '') || null : null;
      }
    },
    get: async (name) => {
      const answer = await send('GET', at(name));
      return answer.status === 404 ? null : Buffer.from(await answer.arrayBuffer());
    },
    put: async (name, bytes) => { await (await send('PUT', at(name), {}, bytes)).arrayBuffer(); },
    remove: async (name) => { await (await send('DELETE', at(name))).arrayBuffer(); },
    // What a bucket has answered for is there, and nothing else.
    settle: async () => {},
    tidy: async () => {},
  };
}

async function inTries(ask: () => Promise<Response>, method: string, path: string | null): Promise<Response> {
  for (let n = 1; ; n++) {
    const answer = await tried(ask);
    if (answer instanceof Response && (answer.ok || (answer.status === 404 && path !== null && method !== 'PUT'))) return answer;
    if (answer instanceof Response && answer.status < 500 && answer.status !== 429) throw refusalOf(answer.status, await answer.text());
    if (n === TRIES) throw answer instanceof Response ? targetRefusal('target_failed') : targetRefusal('target_gone', answer);
    await wait(250 * 2 ** n);
  }
}

async function tried(ask: () => Promise<Response>): Promise<Response | Error> {
  try { return await ask(); } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error;
    return error;
  }
}

const refusalOf = (status: number, text: string): Refusal =>
  targetRefusal(status === 401 || status === 403 ? 'target_denied' : status === 404 || status === 301 ? 'target_gone' : /Quota|Full|Storage/i.test(text) ? 'target_full' : 'target_failed', new Error(`S3 answered ${status}: ${/<Code>([^<]*)</.exec(text)?.[1] ?? ''}`));

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (xml: string): string => xml.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

