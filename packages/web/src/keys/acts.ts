import { checkLink, fromBase64Url, LINK_SECRET_BYTES, linkMac, newRecovery, recoverySeed, signInProof, statementHash, toBase64Url, type KeyLogState, type LaneClose, type Signed } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError, type KeyLog, type SignedIn } from '@commonhold/sdk';
import { client } from '../state/client.ts';
import { askedBy, endAsking, forget, keep, keepAsking, kept, type Kept } from '../vault/index.ts';
import { addDevice, keyOf, mayManage, OWN, readLog, revokeDevice, sign, WRITES } from './statements.ts';
import type { WordsFault } from './typed.ts';
import { readWords } from './words.ts';

/* Cryptography: fetched when somebody acts on their keys, never before. All throw `ApiError`; status 0 are this browser's own. */

const STALE = new Set(['wrong_prev', 'wrong_height']);
const TRIES = 3;

/** Reads the log, signs, sends; anew where another device was faster. */
export async function onLog<T>(persona: string, act: (log: KeyLogState) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const { statements } = await client.keys.log();
    try { return await act(readLog(persona, statements)); } catch (error) {
      if (tries === TRIES || !(error instanceof ApiError && STALE.has(error.code))) throw error;
    }
  }
}

/** This browser's key, if it may add and remove devices; else `no_key_here`. */
export async function handOf(persona: string, log: KeyLogState): Promise<Uint8Array> {
  const mine = await kept(persona);
  if (!mine || !mayManage(log, mine.deviceKey)) throw new ApiError(0, 'no_key_here', 'This browser has no key that may do this.');
  return mine.deviceSeed;
}

/** Words that are wrong in a way that can be told; `WordsFault` says how. */
export class WrongWords extends ApiError {
  readonly fault: WordsFault;
  constructor(fault: WordsFault) { super(0, 'wrong_words', fault.fault); this.fault = fault; }
}

function wordsIn(typed: string): { entropy: Uint8Array; seed: Uint8Array } {
  const read = readWords(typed);
  if ('fault' in read) throw new WrongWords(read);
  return read;
}

/** The seed of typed words, if they are the ones that count now; else `old_words`. */
export function recoveryOf(typed: string, log: KeyLogState): { entropy: Uint8Array; seed: Uint8Array } {
  const words = wordsIn(typed);
  const key = keyOf(words.seed);
  if (key === log.recoveryKey) return words;
  throw new ApiError(0, log.pastRecoveryKeys.includes(key) ? 'rotated_words' : 'other_words', 'These are not the words of this persona.');
}

const extend = (statement: Signed, closes?: Signed<LaneClose>[]): Promise<KeyLog> => client.keys.extend([statement], closes);

/** Takes every right from another device, and its login: by this browser's key (`typed` null), or by the words, which no stolen device outdoes. */
export const revoke = (persona: string, device: string, typed: string | null): Promise<KeyLog> => onLog(persona, async (log) => {
  const seed = typed === null ? await handOf(persona, log) : recoveryOf(typed, log).seed;
  const { lanes } = await client.keys.lanes(device);
  const { statement, closes } = revokeDevice(log, seed, device, lanes);
  return extend(statement, closes);
});

/** Makes this browser, which knows the passphrase alone, a device of its person, by the 24 words. */
export async function becomeDevice(persona: string, typed: string, label: string): Promise<void> {
  const before = await kept(persona);
  const deviceSeed = nobleSuite.random(32);
  const device = keyOf(deviceSeed);
  await onLog(persona, async (log) => {
    const { seed } = recoveryOf(typed, log);
    await keepOr({ ...before, persona, deviceSeed, deviceKey: device, house: log.home ?? '' });
    // Silence may mean yes: then the key must still be here.
    await extend(addDevice(log, seed, { device, label })).catch(async (error: unknown) => {
      if (error instanceof ApiError && error.status >= 400) await (before ? keep(before) : forget(persona));
      throw error;
    });
  });
}

/** Keeps keys on this device, or throws `nothing_kept`. */
export const keepOr = (what: Parameters<typeof keep>[0]): Promise<void> =>
  keep(what).catch((cause: unknown) => { throw new ApiError(0, 'nothing_kept', 'This browser keeps nothing.', { cause }); });

/** Puts new words in place of the old ones (`typed`, or null where this browser still holds them). They are kept here before anything is sent. */
export const newWords = (persona: string, typed: string | null): Promise<void> => onLog(persona, async (log) => {
  const mine = await kept(persona);
  if (!mine) throw new ApiError(0, 'no_key_here', 'This browser has no key of yours.');
  const old = typed === null ? heldBy(mine, log) : recoveryOf(typed, log).seed;
  const next = mine.next ?? newRecovery(nobleSuite).entropy;
  await keepOr({ ...mine, next });
  await extend(sign(log, old, { type: 'rotate-recovery', recoveryKey: keyOf(recoverySeed(next)) })).catch(async (error: unknown) => {
    if (error instanceof ApiError && error.status >= 400) await keep(mine);
    throw error;
  });
  await adopt(persona, next);
});

function heldBy({ entropy }: Kept, log: KeyLogState): Uint8Array {
  const seed = entropy && recoverySeed(entropy);
  if (seed && keyOf(seed) === log.recoveryKey) return seed;
  throw new ApiError(0, 'rotated_words', 'These words were replaced.');
}

async function adopt(persona: string, entropy: Uint8Array): Promise<void> {
  const mine = await kept(persona);
  if (!mine) return;
  const { next: _, ...rest } = mine;
  await keep({ ...rest, entropy });
}

/**
 * Which of the words that this browser holds count, by the key log: new ones whose sending was never answered may, and old ones do
 * no longer where another device has replaced them. What does not count is forgotten; answers what does.
 */
export async function settleWords(persona: string): Promise<Uint8Array | null> {
  const mine = await kept(persona);
  if (!mine?.next && !mine?.entropy) return null;
  const { recoveryKey } = await client.keys.log();
  const { next, entropy, ...rest } = mine;
  const counts = [next, entropy].find((one) => one && keyOf(recoverySeed(one)) === recoveryKey) ?? null;
  if (next || counts === null) await keep(counts ? { ...rest, entropy: counts } : rest);
  return counts;
}

/** Lets the house write again, with a pod device that waits: by this browser's key, or by typed words. */
export const letWrite = (persona: string, device: string, typed: string | null): Promise<KeyLog> => onLog(persona, async (log) => {
  const seed = typed === null ? await handOf(persona, log) : recoveryOf(typed, log).seed;
  return extend(addDevice(log, seed, { device, label: '', capabilities: ['write'] }));
});

/** Takes a move back: by this browser's key, or by typed words. */
export const takeBack = (persona: string, typed: string | null): Promise<KeyLog> => onLog(persona, async (log) => {
  const seed = typed === null ? await handOf(persona, log) : recoveryOf(typed, log).seed;
  return extend(sign(log, seed, { type: 'revert-home' }));
});

/** Ends the persona for good. */
export const retire = (persona: string, typed: string): Promise<KeyLog> =>
  onLog(persona, async (log) => extend(sign(log, recoveryOf(typed, log).seed, { type: 'retire' })));

/** Comes back on a clean browser by handle and words, which make it a device; a new passphrase ends all other logins. */
export async function comeBack({ house, handle, typed, passphrase, label }: { house: string; handle: string; typed: string; passphrase: string; label: string }): Promise<SignedIn> {
  const { seed } = wordsIn(typed);
  const { persona, statements } = await client.keys.prepareRecovery({ handle, recoveryKey: keyOf(seed) });
  const log = readLog(persona, statements);
  const before = await kept(persona);
  const deviceSeed = nobleSuite.random(32);
  const deviceKey = keyOf(deviceSeed);
  const statement = addDevice(log, seed, { device: deviceKey, label });
  const proof = signInProof(nobleSuite, { house, statement: statementHash(nobleSuite, statement.statement) }, seed);
  await keepOr({ ...before, persona, deviceSeed, deviceKey, house });
  try {
    return await client.keys.recover({ handle, statement, proof, ...(passphrase && { passphrase }), ...(label && { label }) });
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400) await (before ? keep(before) : forget(persona));
    throw error;
  }
}

/** A code that another device may ask by: the secret in it never reaches the house. */
export async function openLink(): Promise<{ link: string; expires: number; secret: string }> {
  const opened = await client.keys.openLink();
  return { ...opened, secret: toBase64Url(nobleSuite.random(LINK_SECRET_BYTES)) };
}

/** What a device said when it asked. */
export interface Asked { device: string; label: string; mac: string }

/** Whether the device that asks has read the very code: false when anybody in between put another key in its place. */
export const isTheOne = (secret: string, { mac, ...of }: Asked): boolean => checkLink(fromBase64Url(secret) ?? new Uint8Array(), of, mac);

/** Adds the device that asked. Throws `link_changed` where its key was changed on the way; then nothing is added. */
export async function approve(persona: string, { link, secret, asked, manage }: { link: string; secret: string; asked: Asked; manage: boolean }): Promise<void> {
  if (!isTheOne(secret, asked)) throw new ApiError(0, 'link_changed', 'The key was changed on the way.');
  await onLog(persona, async (log) =>
    client.keys.approveLink(link, addDevice(log, await handOf(persona, log), { device: asked.device, label: asked.label, capabilities: manage ? OWN : WRITES })));
}

/** Asks, from the new device, to be added by whoever shows the code. What it asks with is kept until the answer. */
export async function ask(link: string, secret: string, label: string): ReturnType<typeof client.keys.ask> {
  const deviceSeed = nobleSuite.random(32);
  const device = keyOf(deviceSeed);
  const token = nobleSuite.random(32);
  const mac = linkMac(fromBase64Url(secret, LINK_SECRET_BYTES) ?? new Uint8Array(), { device, label });
  await keepAsking(link, { deviceSeed, deviceKey: device, token: toBase64Url(token) })
    .catch((cause: unknown) => { throw new ApiError(0, 'nothing_kept', 'This browser keeps nothing.', { cause }); });
  try {
    return await client.keys.ask(link, { device, label, mac: mac ?? '', claim: toBase64Url(nobleSuite.sha256(token)) });
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400) await endAsking(link);
    throw error;
  }
}

/** Asks once whether it was added; null while it was not. Then the key belongs to the persona, and the browser is logged in. */
export async function claim(link: string): Promise<SignedIn | null> {
  const asking = await askedBy(link);
  if (!asking) throw new ApiError(0, 'link_unknown', 'This browser did not ask.');
  const answer = await client.keys.claim(link, asking.token);
  if (!('persona' in answer)) return null;
  const { persona } = answer;
  const before = await kept(persona);
  await keep({ ...before, persona, deviceSeed: asking.deviceSeed, deviceKey: asking.deviceKey, house: before?.house ?? '' });
  await endAsking(link);
  return answer;
}
