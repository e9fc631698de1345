import { signJoined } from '@commonhold/core';
import type { Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { PersonaState } from './types.ts';

/** Keeps a contract's text and the signed statement that this persona joined it; what the owner took back stays taken back. Inside a transaction only. */
export function joinContract(pod: Pod, persona: PersonaState, pen: Pen, contract: { service: string; hash: string; text: string }): void {
  const { service, hash, text } = contract;
  const joined = signJoined(pen.suite, {
    persona: persona.persona, device: persona.device, service, contract: hash, keyLogHead: persona.keyLog.head,
  }, pen.signer.seed(persona.persona));
  pod.sql.putContract.run(persona.ref, service, hash, text, JSON.stringify(joined));
  const before = persona.contracts.get(service);
  persona.contracts.set(service, { service, hash, narrowing: before?.narrowing ?? '{}', terms: before?.terms ?? null });
}

/** Keeps what the owner takes back, and what was agreed. Inside a transaction only. */
export function keepTerms(pod: Pod, persona: PersonaState, service: string, { narrowing, terms }: { narrowing: string; terms: string }): void {
  const joined = persona.contracts.get(service)!;
  pod.sql.narrow.run(narrowing, persona.ref, service);
  pod.sql.putTerms.run(persona.ref, service, terms);
  persona.contracts.set(service, { ...joined, narrowing, terms });
}
