import {
  closeLane, linkMac, signInProof, signStatement, startKeyLog, statementHash, toBase64Url,
  type LaneClose, type LaterStatement, type Signed, type Suite,
} from '@commonhold/core';
import { makeNodeSuite } from '../crypto/node-suite.ts';

const suite: Suite = makeNodeSuite();

/** The part of a statement that is not about its place. */
export type Own<S = LaterStatement> = S extends LaterStatement ? Omit<S, 'v' | 'persona' | 'height' | 'prev' | 'by'> : never;

/** A key pair of somebody's own. */
export interface Keys { seed: Uint8Array; key: string }

/** New keys. */
export function newKeys(): Keys {
  const seed = suite.random(32);
  return { seed, key: toBase64Url(suite.publicKey(seed)) };
}

/** What a browser holds of a persona: words, its device, and the key log as it last read it. */
export interface Browser { words: Keys; laptop: Keys; chain: Signed[]; persona: string }

/** Makes a persona in a browser, for a pod device and house as they were prepared. */
export function newBrowser(prepared: { podDevice: string; house: string }): Browser {
  const [words, laptop] = [newKeys(), newKeys()];
  const chain = startKeyLog(suite, { recoverySeed: words.seed, deviceSeed: laptop.seed, ...prepared });
  return { words, laptop, chain, persona: (chain[1]!.statement as LaterStatement).persona };
}

/** The hash of a signed statement. */
export const hashOf = (signed: Signed): string => statementHash(suite, signed.statement);

/** A statement upon another (the last of the chain unless told otherwise). */
export function say({ persona, chain }: Pick<Browser, 'persona' | 'chain'>, by: Keys, own: Own, on: Signed = chain.at(-1)!): Signed {
  const height = on.statement.type === 'inception' ? 1 : on.statement.height + 1;
  return signStatement(suite, { v: 1, persona, height, prev: hashOf(on), by: by.key, ...own } as LaterStatement, [by.seed]);
}

/** A full device, a bare one. */
export const addDevice = ({ key }: Keys, label?: string): Own => ({ type: 'add-device', device: key, capabilities: ['e2ee', 'manage', 'write'], ...(label === undefined ? {} : { label }) });
export const addWriter = ({ key }: Keys): Own => ({ type: 'add-device', device: key, capabilities: ['write'] });

/** A sign-in by recovery words upon a key log. */
export function signIn(of: Pick<Browser, 'persona' | 'chain' | 'words'>, house: string, device: Keys): { statement: Signed; proof: string } {
  const statement = say(of, of.words, addDevice(device, 'New phone'));
  return { statement, proof: signInProof(suite, { house, statement: hashOf(statement) }, of.words.seed) };
}

/** What a new device says on a link, with the token to come back with. */
export function askOf(secret: Uint8Array, { key }: Keys, label: string): { ask: { device: string; label: string; mac: string; claim: string }; token: string } {
  const token = suite.random(32);
  return { ask: { device: key, label, mac: linkMac(secret, { device: key, label })!, claim: toBase64Url(suite.sha256(token)) }, token: toBase64Url(token) };
}

/** A close of a lane by whoever revoked its device. */
export const close = (revoker: Keys, of: Omit<LaneClose, 'v' | 'type' | 'by'>): Signed<LaneClose> => closeLane(suite, { ...of, by: revoker.key }, revoker.seed);
