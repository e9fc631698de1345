import { readFileSync } from 'node:fs';
import { contractHash, fromBase64Url, signStatement, statementHash, toBase64Url, type Contract, type Json, type Signed, type Statement } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import type { Page } from 'playwright-core';
import { laneBy, type Phone } from '../../packages/house/src/testing/phone.ts';

const suite = makeNodeSuite();
const contract = contractHash(suite, JSON.parse(readFileSync(new URL('../../spec/contracts/microblog.json', import.meta.url), 'utf8')) as Contract);

/** A second device of whoever founded or joined in this page: it has keys of its own, and writes without the house. */
export interface SecondDevice {
  /** A post of the house, as this device changed it without knowing of what was changed there since. */
  reword(key: string, body: Json, base: { id: string; rev: number }, audience?: string): Promise<void>;
  /** New posts, from a clock that is so far ahead (ms). */
  ahead(bodies: readonly Json[], ms: number): Promise<void>;
}

/** Reads the device key that this page made, from where it keeps it. */
const seedIn = (page: Page): Promise<{ persona: string; seed: string }> => page.evaluate(async () => {
  const answered = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  const db = await answered(indexedDB.open('commonhold', 1));
  const [kept] = await answered(db.transaction('personas').objectStore('personas').getAll() as IDBRequest<{ persona: string; deviceSeed: Uint8Array }[]>);
  db.close();
  return { persona: kept!.persona, seed: btoa(String.fromCharCode(...kept!.deviceSeed)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') };
});

/** Calls the house as this page does. */
const ask = <T>(page: Page, path: string, method = 'GET', body?: string, type = 'application/json'): Promise<T> => page.evaluate(async (call) => {
  const answer = await fetch(call.path, { method: call.method, ...(call.body === undefined ? {} : { headers: { 'content-type': call.type }, body: call.body }) });
  if (!answer.ok) throw new TypeError(`${call.path}: ${await answer.text()}`);
  return await answer.json() as unknown;
}, { path, method, body, type }) as Promise<T>;

/** Adds a device with this name, by the key of the page, and answers what it can do. The page must stand on an address of the house. */
export async function secondDevice(page: Page, label: string): Promise<SecondDevice> {
  const { persona, seed } = await seedIn(page);
  const manage = fromBase64Url(seed)!;
  const { statements } = await ask<{ statements: Signed[] }>(page, '/me/keylog');
  const mine = suite.random(32);
  const last = statements.at(-1)!.statement;
  const add = {
    v: 1, type: 'add-device', persona, height: statements.length, prev: statementHash(suite, last), by: toBase64Url(suite.publicKey(manage)),
    device: toBase64Url(suite.publicKey(mine)), capabilities: ['e2ee', 'write'], label,
  } as unknown as Statement;
  await ask(page, '/me/keylog', 'POST', JSON.stringify({ statements: [signStatement(suite, add, [manage])] }));
  const { id: house } = await ask<{ id: string }>(page, '/house');
  const lane = (audience: string): Phone => laneBy({ suite, persona, seed: mine, keyLogHead: statementHash(suite, add), contract, now: Date.now },
    { service: 'microblog', collection: 'posts', audience: audience === 'house' ? `house:${house}` : audience });
  const hand = async (one: Phone): Promise<void> => { await ask(page, `/pods/${persona}/records`, 'POST', Buffer.from(one.text()).toString(), 'application/x-ndjson'); };
  return {
    reword: async (key, body, base, audience = 'house') => {
      const one = lane(audience);
      one.put(key, body, base);
      await hand(one);
    },
    ahead: async (bodies, ms) => {
      const one = lane('house');
      one.ahead(ms);
      for (const body of bodies) one.put(one.key(), body);
      await hand(one);
    },
  };
}

/** The version of a post, as the data API names it: what a later one builds upon. */
export const versionOf = async (page: Page, { persona, key }: { persona: string; key: string }): Promise<string> =>
  (await ask<{ version: string }>(page, `/pods/${persona}/microblog/posts/${key}`)).version;
