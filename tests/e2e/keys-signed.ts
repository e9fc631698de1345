import { recoverySeed, signStatement, toBase64Url, verifyKeyLog, type KeyLogState, type LaterStatement, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import type { Page } from 'playwright-core';
import type { HouseProcess } from '../support/house-process.ts';

/** What a browser keeps of the one persona in it. */
async function vaultOf(page: Page): Promise<{ deviceSeed: Uint8Array; entropy: Uint8Array | null }> {
  const kept = await page.evaluate(async () => {
    const request = indexedDB.open('commonhold');
    await new Promise((done) => { request.onsuccess = done; });
    const all = request.result.transaction('personas').objectStore('personas').getAll();
    await new Promise((done) => { all.onsuccess = done; });
    request.result.close();
    const [one] = all.result as { entropy?: Uint8Array; deviceSeed: Uint8Array }[];
    return { deviceSeed: [...one!.deviceSeed], entropy: one!.entropy ? [...one!.entropy] : null };
  });
  return { deviceSeed: new Uint8Array(kept.deviceSeed), entropy: kept.entropy && new Uint8Array(kept.entropy) };
}

const ask = (page: Page, path: string, body?: unknown): Promise<unknown> => page.evaluate(async ([to, what]) => {
  const answer = await fetch(to!, what ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: what } : {});
  if (!answer.ok) throw new TypeError(`${to}: ${await answer.text()}`);
  return await answer.json() as unknown;
}, [path, body === undefined ? '' : JSON.stringify(body)] as const);

async function logOf(page: Page): Promise<{ state: KeyLogState; statements: Signed[] }> {
  const { statements } = await ask(page, '/me/keylog') as { statements: Signed[] };
  const read = verifyKeyLog(nobleSuite, statements);
  if (!read.ok) throw new TypeError(read.code);
  return { state: read.value, statements };
}

const keyOf = (seed: Uint8Array): string => toBase64Url(nobleSuite.publicKey(seed));

/** Moves the pod that this browser is a device of to another house, as somebody with the browser could; by its key alone. */
export async function moveAway(page: Page, { url }: HouseProcess): Promise<void> {
  if (!page.url().startsWith(url)) await page.goto(url);
  const { deviceSeed } = await vaultOf(page);
  const { state } = await logOf(page);
  const statement: LaterStatement = { v: 1, type: 'set-home', persona: state.persona, height: state.height + 1, prev: state.head, by: keyOf(deviceSeed), house: `c${'a'.repeat(52)}` };
  await ask(page, '/me/keylog', { statements: [signStatement(nobleSuite, statement, [deviceSeed])] });
}

/** Says two things at one height with the words that this browser still holds, as somebody who has a copy of them could. */
export async function rivalWords(page: Page, { url }: HouseProcess): Promise<void> {
  if (!page.url().startsWith(url)) await page.goto(url);
  const { entropy } = await vaultOf(page);
  const { state } = await logOf(page);
  const seed = recoverySeed(entropy!);
  for (const n of [1, 2]) {
    const device = keyOf(new Uint8Array(32).fill(n));
    const statement: LaterStatement = { v: 1, type: 'add-device', persona: state.persona, height: state.height + 1, prev: state.head, by: keyOf(seed), device, capabilities: ['write'], label: `Rival ${n}` };
    await ask(page, '/me/keylog', { statements: [signStatement(nobleSuite, statement, [seed])] });
  }
}
