import type { PayloadRow, PodStatements } from './statements.ts';

/** What lies beside an envelope that was not erased: of the row that holds its key, of a conflict, or the offer of a remove that was beaten. */
export function payloadOf(sql: PodStatements, { lane, seq, key }: { lane: number; seq: number; key: string }): PayloadRow | undefined {
  const held = sql.payload.get(key, lane, seq) ?? sql.conflictAt.get(lane, seq);
  if (held) return held;
  const removal = sql.removal.get(lane, seq);
  return removal && { body: null, salt: null, offer: removal.offer };
}
