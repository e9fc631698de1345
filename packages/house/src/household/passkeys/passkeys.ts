import type { PasskeyDeps, PasskeyLine } from './ports.ts';

/** Somebody's passkeys, the newest first. */
export function makePasskeys({ db }: Pick<PasskeyDeps, 'db'>): (persona: string) => PasskeyLine[] {
  const list = db.prepare<PasskeyLine>('SELECT id, label, created, used, address FROM passkeys WHERE persona = ? ORDER BY created DESC, id');
  return (persona) => list.all(persona);
}
