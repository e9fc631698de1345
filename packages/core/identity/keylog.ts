import { no, yes, type Result } from '../result.ts';
import type { Suite } from '../suite.ts';
import { apply } from './effect.ts';
import { personaIdOf, STATEMENT_DOMAIN, statementHash, verifyUnder } from './sign.ts';
import { checkSigner } from './signer.ts';
import type { KeyLogDevice, KeyLogState } from './state.ts';
import { checkSigned, checkStatement, type Inception, type LaterStatement, type Signed, type Statement } from './statement.ts';

export { mayAt } from './signer.ts';
export type { KeyLogDevice, KeyLogState } from './state.ts';

/**
 * Verifies a whole key log (linear: without forks) as received, from its inception on. It asks nothing of time:
 * every revert counts as made in time; see `verifyPersona` for what a set of statements is worth at a moment.
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
 * Signer: signer_unknown, signer_rotated, signer_revoked, signer_not_manage, signer_not_recovery, signature_count, bad_signature.
 * Effect: key_reused, device_exists, device_unknown, device_revoked, revert_nothing, revert_final, revert_own.
 */
export function extendKeyLog(suite: Suite, state: KeyLogState | null, signed: unknown): Result<KeyLogState> {
  const shaped = readSigned(signed);
  if (!shaped.ok) return shaped;
  const { statement } = shaped.value;
  const entitled = checkEntitled(state, statement);
  if (!entitled.ok) return entitled;
  const fits = verifySigned(suite, shaped.value);
  return fits.ok ? advance(suite, state, statement) : fits;
}

/** A statement and its signatures, if both are well formed. Codes: the shape's. */
export function readSigned(signed: unknown): Result<Signed> {
  const outer = checkSigned(signed);
  if (!outer.ok) return outer;
  const inner = checkStatement(outer.value.statement);
  return inner.ok ? yes({ statement: inner.value, signatures: outer.value.signatures }) : within('statement', inner);
}

/** Whether the keys that a statement names signed it; what they may do is not asked. Codes: signature_count, bad_signature. */
export function verifySigned(suite: Suite, signed: Signed): Result<true> {
  const { statement } = signed;
  const keys = statement.type === 'inception' ? [statement.recoveryKey, statement.deviceKey] : [statement.by];
  return verifyUnder(suite, STATEMENT_DOMAIN, signed, keys);
}

/** The state after a statement whose signatures fit. Codes: place, signer and effect, as in `extendKeyLog`. */
export function follow(suite: Suite, state: KeyLogState | null, statement: Statement): Result<KeyLogState> {
  const entitled = checkEntitled(state, statement);
  return entitled.ok ? advance(suite, state, statement) : entitled;
}

function within(place: string, { code, message, at }: { code: string; message: string; at?: string }): Result<never> {
  return no(code, message, at === undefined ? place : `${place}.${at}`);
}

function checkEntitled(state: KeyLogState | null, statement: Statement): Result<true> {
  if (statement.type === 'inception') {
    return state === null ? yes(true) : no('inception_twice', 'A key log has one inception.', 'statement.type');
  }
  if (state === null) return no('inception_expected', 'A key log begins with an inception.', 'statement.type');
  const placed = checkPlace(state, statement);
  return placed.ok ? checkSigner(state, statement) : placed;
}

function checkPlace(state: KeyLogState, statement: LaterStatement): Result<true> {
  if (state.retired) return no('retired', 'This persona has retired: nothing follows.', 'statement');
  if (statement.persona !== state.persona) return no('wrong_persona', 'The statement is of another persona.', 'statement.persona');
  if (statement.height !== state.height + 1) return no('wrong_height', `The next height is ${state.height + 1}.`, 'statement.height');
  if (statement.prev !== state.head) return no('wrong_prev', 'The statement does not follow the last one.', 'statement.prev');
  return yes(true);
}

function advance(suite: Suite, state: KeyLogState | null, statement: Statement): Result<KeyLogState> {
  if (statement.type === 'inception') return firstState(suite, statement);
  const head = statementHash(suite, statement);
  return apply({ ...state!, head, height: state!.height + 1, heads: [...state!.heads, head] }, statement);
}

function firstState(suite: Suite, statement: Inception): Result<KeyLogState> {
  const { recoveryKey, deviceKey } = statement;
  if (recoveryKey === deviceKey) return no('key_reused', 'The recovery key may not be a device key.', 'statement.deviceKey');
  const head = statementHash(suite, statement);
  const first: KeyLogDevice = { capabilities: ['e2ee', 'manage', 'write'], addedAt: 0 };
  return yes({
    persona: personaIdOf(suite, statement), head, height: 0, heads: [head], recoveryKey, pastRecoveryKeys: [],
    devices: new Map([[deviceKey, first]]), home: null, homeSetAt: null, homeBy: null, homeBefore: null, retired: false,
  });
}
