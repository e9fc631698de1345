import { newRecovery, Refusal, recoverySeed, startKeyLog, verifyKeyLog, type Inception, type KeyLogState, type Signed, type Suite } from '@commonhold/core';
import type { HouseholdDeps } from './ports.ts';
import type { Tickets } from './tickets.ts';

/** A newcomer's persona, proved. */
export interface Newcomer {
  persona: string;
  keyLog: readonly Signed[];
  /** Public key and salt of the pod device. */
  device: string;
  keySalt: Uint8Array;
  recovery: 'browser' | 'house';
  /** The key of the browser that made the key log, if one did: its session ends with it. */
  browser?: string;
  /** They lived in another house before: what they have there comes along. */
  isFromElsewhere: boolean;
  /** The recovery words, when the house made them. */
  words?: string[];
}

/** More than any person's key log has. */
const MOST_STATEMENTS = 1000;

/** Proves a key log made in a browser, or makes one for those who bring none. */
export function makeIdentify({ suite, secrets, tickets }: Pick<HouseholdDeps, 'suite' | 'secrets'> & { tickets: Tickets }): (gate: string, keyLog: unknown) => Newcomer {
  return (gate, keyLog) => (keyLog === undefined ? madeByHouse(suite, secrets.persona, tickets, gate) : brought(suite, secrets.persona, tickets, gate, keyLog));
}

function madeByHouse(suite: Suite, house: string, tickets: Tickets, gate: string): Newcomer {
  const { device, salt } = tickets.issue(gate);
  const { entropy, words } = newRecovery(suite);
  const keyLog = startKeyLog(suite, { recoverySeed: recoverySeed(entropy), deviceSeed: suite.random(32), podDevice: device, house });
  const state = verifyKeyLog(suite, keyLog);
  if (!state.ok) throw bad(state.message, 'keyLog');
  return { persona: state.value.persona, keyLog, device, keySalt: salt, recovery: 'house', isFromElsewhere: false, words };
}

function brought(suite: Suite, house: string, tickets: Tickets, gate: string, keyLog: unknown): Newcomer {
  if (!Array.isArray(keyLog) || keyLog.length < 3 || keyLog.length > MOST_STATEMENTS) throw notJoining();
  const state = verifyKeyLog(suite, keyLog);
  if (!state.ok) throw bad(state.message, `keyLog${state.at ?? ''}`);
  const isFromElsewhere = keyLog.length > 3;
  const ticket = tickets.find(isFromElsewhere ? lastDeviceOf(keyLog as Signed[], state.value) : podDeviceOf(keyLog as Signed[], house));
  if (!ticket || ticket.gate !== gate) throw bad('The key log names no device that this house has prepared. Please start again.', 'keyLog[1].statement.device', 'ticket_unknown');
  const browser = isFromElsewhere ? ownDeviceOf(keyLog as Signed[]) : (keyLog[0] as Signed<Inception>).statement.deviceKey;
  return { persona: state.value.persona, keyLog: keyLog as Signed[], device: ticket.device, keySalt: ticket.salt, recovery: 'browser', isFromElsewhere, ...(browser === undefined ? {} : { browser }) };
}

// Somebody who lived elsewhere: their key log as it was, then this house's device, by the recovery words. Where they live, they say later.
function lastDeviceOf(keyLog: readonly Signed[], { recoveryKey, retired }: KeyLogState): string {
  const last = keyLog.at(-1)!.statement;
  if (retired || last.type !== 'add-device' || last.by !== recoveryKey) throw notJoining();
  if (last.capabilities.join() !== 'write') throw bad('The pod device may write and nothing else.', 'keyLog.statement.capabilities');
  return last.device;
}

/** The browser that they sit at, where the statement before adds it. */
function ownDeviceOf(keyLog: readonly Signed[]): string | undefined {
  const before = keyLog.at(-2)!.statement;
  return before.type === 'add-device' && before.capabilities.includes('manage') ? before.device : undefined;
}

// Exactly inception, add-device, set-home: anything more could add a device or a house that this house did not agree to.
function podDeviceOf(keyLog: readonly Signed[], house: string): string {
  const [, add, home] = keyLog.map((signed) => signed.statement);
  if (add?.type !== 'add-device' || home?.type !== 'set-home') throw notJoining();
  if (add.capabilities.join() !== 'write') throw bad('The pod device may write and nothing else.', 'keyLog[1].statement.capabilities');
  if (home.house !== house) throw bad('The key log names another house.', 'keyLog[2].statement.house');
  return add.device;
}

const notJoining = (): Refusal => bad('A joining key log is inception, add-device and set-home; or one that was, and the device of this house added by its recovery words.', 'keyLog');
const bad = (message: string, field: string, code = 'bad_key_log'): Refusal => new Refusal('invalid', code, message, { field });
