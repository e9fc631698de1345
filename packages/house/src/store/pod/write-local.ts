import { canonical, clockNext } from '@commonhold/core';
import type { Draft, Pen } from './draft.ts';
import type { Pod } from './pod.ts';
import type { PersonaState, Row } from './types.ts';

const ID_BYTES = 32;

/**
 * Writes a record of kind `local`: it is neither signed nor chained, and never leaves this pod. What is removed leaves its key,
 * so that whoever watches hears of it. Inside a transaction only.
 */
export function writeLocal(pod: Pod, persona: PersonaState, pen: Pen, { service, collection, key, op, body: said }: Pick<Draft, 'service' | 'collection' | 'key' | 'op' | 'body'>): Row {
  const before = pod.sql.local.row.get(persona.ref, service, collection, key);
  const at = clockNext(persona.clock, pen.now());
  persona.clock = at;
  const id = pen.suite.random(ID_BYTES);
  const body = said === undefined ? null : canonical(said);
  const pos = ++pod.last;
  pod.sql.local.put.run(pos, persona.ref, service, collection, key, at, op, id, body);
  const name = `${service}/${collection}`;
  const had = persona.counts.get(name);
  if (had !== undefined) persona.counts.set(name, had + (op === 'put' ? 1 : 0) - (before?.op === 'put' ? 1 : 0));
  pod.changes.push({ persona: persona.persona, service, collection, key, pos, op, audience: 'only-me', at, author: null, body });
  return { pos, service, collection, key, lane: 0, seq: 0, at, rev: 1, op, id, author: null, body, audience: 'only-me' };
}
