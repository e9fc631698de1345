import { Refusal } from '@commonhold/core';
import type { PasskeyDeps } from './ports.ts';

/** Removes one of one's own. Refuses `passkey_unknown`, the same for absent and somebody else's. Sessions that it opened stay. */
export function makeRemovePasskey({ db }: Pick<PasskeyDeps, 'db'>): (persona: string, id: string) => void {
  const remove = db.prepare('DELETE FROM passkeys WHERE persona = ? AND id = ?');
  return (persona, id) => {
    if (remove.run(persona, id).changes === 0) throw new Refusal('not_found', 'passkey_unknown', 'You have no such passkey.');
  };
}
