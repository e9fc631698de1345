import { announceLane, chainStart, toBase64Url } from '@commonhold/core';
import type { Draft, Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { LaneHead, PersonaState } from './types.ts';

const LANE_BYTES = 16;

/** The lane of this house's device for a record's (service, collection, audience); announced when it is the first. */
export function laneFor(pod: Pod, persona: PersonaState, pen: Pen, draft: Draft): LaneHead {
  const { service, collection, audience } = draft;
  const found = persona.lanes.find((lane) => lane.collection === collection && lane.audience === audience
    && lane.service === service && lane.device === persona.device);
  return found ?? openLane(pod, persona, pen, draft);
}

function openLane(pod: Pod, persona: PersonaState, pen: Pen, { service, collection, audience }: Draft): LaneHead {
  const { suite, signer } = pen;
  const lane = suite.random(LANE_BYTES);
  const announcement = announceLane(suite, {
    persona: persona.persona, device: persona.device, service,
    contract: persona.contracts.get(service)?.hash ?? '', collection, audience,
    lane: toBase64Url(lane), keyLogHead: persona.keyLog.head,
  }, signer.seed(persona.persona));
  const chain = chainStart(suite, persona.persona, signer.device(persona.persona), lane);
  const ref = pod.sql.putLane.run(persona.ref, service, collection, audience, persona.device, lane,
    JSON.stringify(announcement), chain, '').lastInsertRowid;
  const head = { ref, service, collection, audience, device: persona.device, lane, seq: 0, chain };
  persona.lanes.push(head);
  return head;
}
