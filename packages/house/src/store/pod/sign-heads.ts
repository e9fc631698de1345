import { fromBase64Url, headBytes } from '@commonhold/core';
import type { Pen } from './draft.ts';
import type { Pod } from './pod.ts';

/** Signs the head of every lane that this transaction grew: one signature vouches for the whole batch. */
export function signHeads(pod: Pod, pen: Pen): void {
  for (const persona of pod.personas.values()) {
    const keyLogHead = fromBase64Url(persona.keyLog.head, 32) ?? new Uint8Array(32);
    for (const lane of persona.lanes) {
      if (!pod.unsigned.has(lane)) continue;
      const message = headBytes({
        persona: persona.persona, device: pen.signer.device(persona.persona), service: lane.service,
        lane: lane.lane, seq: lane.seq, chain: lane.chain, keyLogHead,
      });
      pod.sql.signEntry.run(pen.suite.sign(pen.signer.seed(persona.persona), message), persona.keyLog.head, lane.ref, lane.seq);
    }
  }
  pod.unsigned.clear();
}
