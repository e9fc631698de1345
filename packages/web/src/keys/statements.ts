import {
  closeLane, signStatement, statementHash, toBase64Url, verifyKeyLog,
  type Capability, type KeyLogState, type LaneClose, type LaterStatement, type Signed,
} from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError } from '@commonhold/sdk';

/** What a person's own device may do. */
export const OWN: readonly Capability[] = ['e2ee', 'manage', 'write'];
/** What a device may do that only writes: losing it costs less. */
export const WRITES: readonly Capability[] = ['e2ee', 'write'];

/** Public half of a seed, base64url. */
export const keyOf = (seed: Uint8Array): string => toBase64Url(nobleSuite.publicKey(seed));

/**
 * What a key log says, checked here: the house is not believed. Throws `ApiError` (status 0, `bad_key_log`) when it is not
 * this persona's, or does not verify.
 */
export function readLog(persona: string, statements: readonly Signed[]): KeyLogState {
  const read = verifyKeyLog(nobleSuite, statements);
  if (read.ok && read.value.persona === persona) return read.value;
  throw new ApiError(0, 'bad_key_log', read.ok ? 'wrong_persona' : read.code);
}

type Own<S extends LaterStatement> = S extends LaterStatement ? Omit<S, 'v' | 'persona' | 'height' | 'prev' | 'by'> : never;

/** The next statement of a log, signed by a seed. Whether that key may say it is for whoever reads it to decide. */
export function sign(log: KeyLogState, seed: Uint8Array, own: Own<LaterStatement>): Signed {
  const statement = { v: 1, persona: log.persona, height: log.height + 1, prev: log.head, by: keyOf(seed), ...own } as LaterStatement;
  return signStatement(nobleSuite, statement, [seed]);
}

/** Adds a device; a label that says nothing is left out. */
export const addDevice = (log: KeyLogState, seed: Uint8Array, { device, label, capabilities = OWN }: { device: string; label: string; capabilities?: readonly Capability[] }): Signed =>
  sign(log, seed, { type: 'add-device', device, capabilities: [...capabilities], ...(label.trim() && { label: tidyLabel(label) }) });

/** A label as a key log takes it: 64 characters on one line. */
export const tidyLabel = (label: string): string => [...label.replace(/\p{Cc}+/gu, ' ').trim()].slice(0, 64).join('');

/** How far a device has written one of its lanes, as the house says it. */
export interface LaneHead { lane: string; seq: number; chain: string }

/** Takes every right from a device, and vouches for what it has written so far: what comes to light later is set aside. */
export function revokeDevice(log: KeyLogState, seed: Uint8Array, device: string, lanes: readonly LaneHead[]): { statement: Signed; closes: Signed<LaneClose>[] } {
  const statement = sign(log, seed, { type: 'revoke-device', device });
  const of = { persona: log.persona, device, by: keyOf(seed), keyLogHead: statementHash(nobleSuite, statement.statement) };
  return { statement, closes: lanes.map(({ lane, seq, chain }) => closeLane(nobleSuite, { ...of, lane, seq, chain }, seed)) };
}

/** Whether a key may add and remove devices now. */
export const mayManage = (log: KeyLogState, key: string): boolean => {
  const device = log.devices.get(key);
  return device !== undefined && device.revokedAt === undefined && device.capabilities.includes('manage') && !log.retired;
};
