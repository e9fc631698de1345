import type { Statement, Sqlite } from '../sqlite/port.ts';
import type { HousePerson, Role } from './ports.ts';

interface PersonRow {
  persona: string; pod: string; handle: string; name: string; role: Role; key_salt: Uint8Array; device: string;
  recovery: 'browser' | 'house'; words_written: number | null; words_key: string | null; invited_by: string | null; joined_at: number;
}

/** The one way to read active people: `where` is SQL over the table people. */
export function personRows(db: Sqlite, where: string): Statement<PersonRow> {
  return db.prepare<PersonRow>(`SELECT persona, pod, handle, name, role, key_salt, device, recovery, words_written, words_key, invited_by, joined_at
    FROM people WHERE state = 'active' AND ${where}`);
}

/** A row as the household's verbs give it out. */
export const personOfRow = (row: PersonRow): HousePerson => ({
  persona: row.persona, pod: row.pod, handle: row.handle, name: row.name, role: row.role, keySalt: row.key_salt, device: row.device,
  recovery: row.recovery, wordsWritten: row.words_written !== null, wordsKey: row.words_key, invitedBy: row.invited_by, joinedAt: row.joined_at,
});
