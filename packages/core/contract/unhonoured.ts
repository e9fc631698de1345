import { Notes, type Unhonoured } from './notes.ts';
import { step } from './place.ts';
import type { Contract, Verb } from './types.ts';

const WRITES: readonly Verb[] = ['add', 'change', 'remove'];

/**
 * What a contract of our own format declares and no house does: that the service itself writes. A record is signed by a device of a
 * persona, and a service is none. It only narrows, so that it keeps nobody from joining.
 */
export function unhonouredIn({ collections }: Contract): readonly Unhonoured[] {
  const notes = new Notes();
  for (const [name, { allow }] of Object.entries(collections)) {
    for (const [i, { who, may }] of allow.entries()) {
      if (who === 'service' && may.some((verb) => WRITES.includes(verb))) notes.add('service_write', step(step('/collections', name) + '/allow', i));
    }
  }
  return notes.list;
}
