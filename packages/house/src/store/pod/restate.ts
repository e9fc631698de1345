import {
  announceLane, fromBase64Url, headBytes, signJoined, type Joined, type KeyLogState, type Lane, type Signed,
} from '@commonhold/core';
import type { Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { LaneHead, PersonaState } from './types.ts';

/**
 * After a fork was decided anew: what this house's device signed under statements that do not count any more names, from now on, the
 * last statement before the fork, since nobody could check it otherwise. What other devices signed is theirs to say anew.
 * Inside a transaction only.
 */
export function restateHeads(pod: Pod, persona: PersonaState, pen: Pen, before: KeyLogState): void {
  const fork = before.heads.findIndex((head, height) => persona.keyLog.heads[height] !== head);
  const ground = persona.keyLog.heads[fork - 1];
  const device = persona.keyLog.devices.get(persona.device);
  if (ground === undefined || !device || device.addedAt >= fork) return;
  const lost = new Set(before.heads.slice(fork));
  for (const lane of persona.lanes) if (lane.device === persona.device) restateLane(pod, persona, pen, lane, { lost, ground });
  for (const { service, joined } of [...pod.sql.contracts.all(persona.ref), ...pod.sql.earlierContracts.all(persona.ref)]) {
    const { keyLogHead, contract } = (JSON.parse(joined) as Signed<Joined>).statement;
    if (!lost.has(keyLogHead)) continue;
    const anew = signJoined(pen.suite, { persona: persona.persona, device: persona.device, service, contract, keyLogHead: ground }, pen.signer.seed(persona.persona));
    pod.sql.restateJoined.run(JSON.stringify(anew), persona.ref, service, contract);
    pod.sql.restateEarlier.run(JSON.stringify(anew), persona.ref, service, contract);
  }
}

interface Fork { lost: ReadonlySet<string>; ground: string }

function restateLane(pod: Pod, { persona }: PersonaState, { suite, signer }: Pen, lane: LaneHead, { lost, ground }: Fork): void {
  const seed = signer.seed(persona);
  const { announcement } = pod.sql.announcement.get(lane.ref)!;
  const { statement: { v: _v, type: _type, ...of } } = JSON.parse(announcement) as Signed<Lane>;
  if (lost.has(of.keyLogHead)) pod.sql.announceAnew.run(JSON.stringify(announceLane(suite, { ...of, keyLogHead: ground }, seed)), lane.ref);
  const signed = pod.sql.signedEntries.all(lane.ref).filter(({ head }) => lost.has(head));
  if (signed.length === 0) return;
  for (const { seq } of signed) pod.sql.signEntry.run(null, null, lane.ref, seq);
  // One signature at the end vouches for all before it.
  const message = headBytes({ persona, device: signer.device(persona), service: lane.service, lane: lane.lane, seq: lane.seq, chain: lane.chain, keyLogHead: fromBase64Url(ground)! });
  pod.sql.signEntry.run(suite.sign(seed, message), ground, lane.ref, lane.seq);
}
