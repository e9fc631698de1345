import { verifyLaneClose, Refusal, type Held, type LaneClose, type Signed } from '@commonhold/core';
import type { Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';

const MOST = 2000;

/**
 * How far the revoker of a lane's device vouches for it, by what is kept now; null where nothing is said (the device is not revoked,
 * or nobody closed this lane): then only what was held counts. `device`, `lane`: base64url. See spec/record.md.
 */
export function closedAt(pod: Pick<Pod, 'sql'>, { ref, keyLog }: Pick<PersonaState, 'ref' | 'keyLog'>, { device, lane }: { device: string; lane: string }): Held | null {
  const head = keyLog.heads[keyLog.devices.get(device)?.revokedAt ?? -1];
  const row = head === undefined ? undefined : pod.sql.close.get(ref, device, lane, head);
  return row ? { seq: row.seq, chain: row.chain } : null;
}

/**
 * Keeps lane-closes that the key log as it is now bears out; of two that differ the shorter one. Inside a transaction only.
 * Refuses with the codes of `verifyLaneClose` (field `closes[i]`), `too_many_closes`.
 */
export function keepCloses(pod: Pod, persona: PersonaState, { suite }: Pick<Pen, 'suite'>, closes: readonly unknown[]): void {
  for (const [i, signed] of closes.entries()) {
    const close = verifyLaneClose(suite, signed, persona.keyLog);
    if (!close.ok) throw new Refusal('invalid', close.code, close.message, { field: `closes[${i}]${close.at === undefined ? '' : `.${close.at}`}` });
    keepOne(pod, persona, close.value, signed as Signed<LaneClose>);
  }
  if (closes.length > 0) tidy(pod, persona);
}

function keepOne(pod: Pod, { ref }: PersonaState, { device, lane, keyLogHead, seq, chain }: LaneClose, signed: Signed<LaneClose>): void {
  const had = pod.sql.close.get(ref, device, lane, keyLogHead);
  if (had && (had.seq < seq || (had.seq === seq && had.chain <= chain))) return;
  pod.sql.putClose.run(ref, device, lane, keyLogHead, seq, chain, JSON.stringify(signed));
}

// Those of a revocation that does not count any more say nothing.
function tidy(pod: Pod, { ref, keyLog }: PersonaState): void {
  const rows = pod.sql.closes.all(ref);
  const current = rows.filter(({ device, head }) => keyLog.heads[keyLog.devices.get(device)?.revokedAt ?? -1] === head);
  if (current.length > MOST) throw new Refusal('conflict', 'too_many_closes', `There is room for ${MOST} closed lanes.`, { field: 'closes' });
  for (const row of rows) if (!current.includes(row)) pod.sql.dropClose.run(ref, row.device, row.lane, row.head);
}
