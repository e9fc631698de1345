import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { personaIdOf, STATEMENT_DOMAIN, statementHash, verifyUnder } from './sign.ts';
import {
  checkSigned, checkStatement, type Capability, type Inception, type LaterStatement, type Signed, type Statement,
} from './statement.ts';

/** One device of a persona; heights are places in the key log. */
export interface KeyLogDevice {
  readonly capabilities: readonly Capability[]; readonly label?: string;
  readonly addedAt: number; readonly revokedAt?: number;
}

/** What a verified key log says. */
export interface KeyLogState {
  readonly persona: string;
  /** Hash of the last statement. */
  readonly head: string;
  readonly height: number;
  /** The hash of each statement, by height: a signature may name any head that the log once had. */
  readonly heads: readonly string[];
  readonly recoveryKey: string;
  /** Recovery keys that were rotated out; they sign nothing more and never return. */
  readonly pastRecoveryKeys: readonly string[];
  /** By public key, revoked ones included. */
  readonly devices: ReadonlyMap<string, KeyLogDevice>;
  /** Persona id of the house. */
  readonly home: string | null;
  /** Height of the last set-home. */
  readonly homeSetAt: number | null;
  readonly retired: boolean;
}

/**
 * Verifies a whole key log (linear: without forks) as received, from its inception on.
 * Codes: bad_log, and those of `extendKeyLog`; `at` names the statement, as in `[2].statement.by`. See spec/identity.md.
 */
export function verifyKeyLog(suite: Suite, log: unknown): Result<KeyLogState> {
  if (!Array.isArray(log) || log.length === 0) return no('bad_log', 'A key log is a list with at least an inception.');
  let state: KeyLogState | null = null;
  for (const [i, signed] of log.entries()) {
    const next: Result<KeyLogState> = extendKeyLog(suite, state, signed);
    if (!next.ok) return within(`[${i}]`, next);
    state = next.value;
  }
  return yes(state!);
}

/**
 * The state after one more statement; `state` null expects the inception. Nothing given is changed.
 * Shape: not_object, unknown_field, missing_field, bad_field, bad_version, unknown_type.
 * Place: inception_expected, inception_twice, retired, wrong_persona, wrong_height, wrong_prev.
 * Signer: signer_unknown, signer_rotated, signer_revoked, signer_not_manage, signature_count, bad_signature.
 * Effect: key_reused, device_exists, device_unknown, device_revoked.
 */
export function extendKeyLog(suite: Suite, state: KeyLogState | null, signed: unknown): Result<KeyLogState> {
  const outer = checkSigned(signed);
  if (!outer.ok) return outer;
  const inner = checkStatement(outer.value.statement);
  if (!inner.ok) return within('statement', inner);
  const whole: Signed = { statement: inner.value, signatures: outer.value.signatures };
  return state ? append(suite, state, whole) : begin(suite, whole);
}

function within(place: string, { code, message, at }: { code: string; message: string; at?: string }): Result<never> {
  return no(code, message, at === undefined ? place : `${place}.${at}`);
}

function begin(suite: Suite, { statement, signatures }: Signed): Result<KeyLogState> {
  if (statement.type !== 'inception') return no('inception_expected', 'A key log begins with an inception.', 'statement.type');
  const { recoveryKey, deviceKey } = statement;
  const fits = verifyUnder(suite, STATEMENT_DOMAIN, { statement, signatures }, [recoveryKey, deviceKey]);
  if (!fits.ok) return fits;
  if (recoveryKey === deviceKey) return no('key_reused', 'The recovery key may not be a device key.', 'statement.deviceKey');
  return yes(firstState(suite, statement));
}

function firstState(suite: Suite, statement: Inception): KeyLogState {
  const head = statementHash(suite, statement);
  const first: KeyLogDevice = { capabilities: ['e2ee', 'manage', 'write'], addedAt: 0 };
  return {
    persona: personaIdOf(suite, statement), head, height: 0, heads: [head],
    recoveryKey: statement.recoveryKey, pastRecoveryKeys: [],
    devices: new Map([[statement.deviceKey, first]]), home: null, homeSetAt: null, retired: false,
  };
}

function append(suite: Suite, state: KeyLogState, { statement, signatures }: Signed): Result<KeyLogState> {
  const placed = checkPlace(state, statement);
  if (!placed.ok) return placed;
  const signer = checkSigner(state, placed.value.by);
  if (!signer.ok) return signer;
  const fits = verifyUnder(suite, STATEMENT_DOMAIN, { statement, signatures }, [placed.value.by]);
  if (!fits.ok) return fits;
  const head = statementHash(suite, statement);
  return apply({ ...state, head, height: state.height + 1, heads: [...state.heads, head] }, placed.value);
}

function checkPlace(state: KeyLogState, statement: Statement): Result<LaterStatement> {
  if (statement.type === 'inception') return no('inception_twice', 'A key log has one inception.', 'statement.type');
  if (state.retired) return no('retired', 'This persona has retired: nothing follows.', 'statement');
  if (statement.persona !== state.persona) return no('wrong_persona', 'The statement is of another persona.', 'statement.persona');
  if (statement.height !== state.height + 1) return no('wrong_height', `The next height is ${state.height + 1}.`, 'statement.height');
  if (statement.prev !== state.head) return no('wrong_prev', 'The statement does not follow the last one.', 'statement.prev');
  return yes(statement);
}

function checkSigner(state: KeyLogState, by: string): Result<true> {
  const at = 'statement.by';
  if (by === state.recoveryKey) return yes(true);
  if (state.pastRecoveryKeys.includes(by)) return no('signer_rotated', 'This recovery key was rotated out.', at);
  const device = state.devices.get(by);
  if (!device) return no('signer_unknown', 'The signer is neither the recovery key nor a device.', at);
  if (device.revokedAt !== undefined) return no('signer_revoked', 'The signing device was revoked.', at);
  if (!device.capabilities.includes('manage')) return no('signer_not_manage', 'The signing device may not write the key log.', at);
  return yes(true);
}

function apply(state: KeyLogState, statement: LaterStatement): Result<KeyLogState> {
  switch (statement.type) {
    case 'add-device': return addDevice(state, statement.device, statement.capabilities, statement.label);
    case 'revoke-device': return revokeDevice(state, statement.device);
    case 'rotate-recovery': return rotateRecovery(state, statement.recoveryKey);
    case 'set-home': return yes(setHome(state, statement.house));
    case 'retire': return yes({ ...state, retired: true });
  }
}

const wasRecovery = (state: KeyLogState, key: string): boolean =>
  key === state.recoveryKey || state.pastRecoveryKeys.includes(key);

function addDevice(
  state: KeyLogState, key: string, capabilities: readonly Capability[], label: string | undefined,
): Result<KeyLogState> {
  const at = 'statement.device';
  if (wasRecovery(state, key)) return no('key_reused', 'A recovery key may not be a device key.', at);
  if (state.devices.has(key)) return no('device_exists', 'This device was added before; a revoked one never returns.', at);
  const device: KeyLogDevice = { capabilities, addedAt: state.height, ...(label === undefined ? {} : { label }) };
  return yes({ ...state, devices: new Map(state.devices).set(key, device) });
}

function revokeDevice(state: KeyLogState, key: string): Result<KeyLogState> {
  const device = state.devices.get(key);
  if (!device) return no('device_unknown', 'There is no such device to revoke.', 'statement.device');
  if (device.revokedAt !== undefined) return no('device_revoked', 'This device was revoked before.', 'statement.device');
  return yes({ ...state, devices: new Map(state.devices).set(key, { ...device, revokedAt: state.height }) });
}

function rotateRecovery(state: KeyLogState, recoveryKey: string): Result<KeyLogState> {
  if (wasRecovery(state, recoveryKey) || state.devices.has(recoveryKey)) {
    return no('key_reused', 'A new recovery key must never have been used here.', 'statement.recoveryKey');
  }
  return yes({ ...state, recoveryKey, pastRecoveryKeys: [...state.pastRecoveryKeys, state.recoveryKey] });
}

// Moving house: pod devices (write alone) from before the last set-home are the old house's; newer ones the new house's.
function setHome(state: KeyLogState, home: string): KeyLogState {
  const { height, homeSetAt } = state;
  const devices = new Map(state.devices);
  for (const [key, device] of state.devices) {
    const ofOldHouse = homeSetAt !== null && device.addedAt < homeSetAt;
    const isPod = device.capabilities.length === 1 && device.capabilities[0] === 'write';
    if (ofOldHouse && isPod && device.revokedAt === undefined) devices.set(key, { ...device, revokedAt: height });
  }
  return { ...state, devices, home, homeSetAt: height };
}

/** What a signature needs of its signer: that `device` had `capability` when the log's head was `head`. */
export function mayAt(state: KeyLogState, device: string, capability: Capability, head: string): Result<number> {
  const height = state.heads.indexOf(head);
  if (height < 0) return no('head_unknown', 'The key log never had this head.', 'keyLogHead');
  const known = state.devices.get(device);
  if (!known || known.addedAt > height) return no('device_unknown', 'The device was not in the key log then.', 'device');
  if (known.revokedAt !== undefined && known.revokedAt <= height) return no('device_revoked', 'The device was revoked then.', 'device');
  if (!known.capabilities.includes(capability)) return no('device_not_capable', `The device may not ${capability}.`, 'device');
  return yes(height);
}
