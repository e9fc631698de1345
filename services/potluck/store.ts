import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Member } from '@commonhold/sdk/service';

/** All that Potluck keeps itself: who its members are and who is here. What they plan lies in their pods. */
export interface Store extends Disposable {
  keep(member: Member): void;
  forget(member: Pick<Member, 'house' | 'persona'>): void;
  members(): Member[];
  /** Lets a member in; answers the token of the visit. */
  visit(member: Member): string;
  /** Whose visit it is; null when it has ended. */
  visitor(token: string): Member | null;
}

const DAY = 86_400_000;
const hashed = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Opens `potluck.db` in a folder. */
export function openStore(folder: string, now: () => number = Date.now): Store {
  const db = new DatabaseSync(join(folder, 'potluck.db'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS members (house TEXT NOT NULL, persona TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (house, persona)) STRICT;
    CREATE TABLE IF NOT EXISTS visits (token TEXT PRIMARY KEY, house TEXT NOT NULL, persona TEXT NOT NULL, ends INTEGER NOT NULL,
      FOREIGN KEY (house, persona) REFERENCES members ON DELETE CASCADE) STRICT;`);
  const put = db.prepare('INSERT INTO members VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version');
  const drop = db.prepare('DELETE FROM members WHERE house = ? AND persona = ?');
  const all = db.prepare('SELECT house, persona, version FROM members ORDER BY house, persona');
  const begin = db.prepare('INSERT INTO visits VALUES (?, ?, ?, ?)');
  const end = db.prepare('DELETE FROM visits WHERE ends <= ?');
  const whose = db.prepare('SELECT house, persona, version FROM visits JOIN members USING (house, persona) WHERE token = ? AND ends > ?');
  const keep = ({ house, persona, version }: Member): void => { put.run(house, persona, version); };
  return {
    keep,
    forget: ({ house, persona }) => { drop.run(house, persona); },
    members: () => all.all() as unknown as Member[],
    visit: (member) => {
      keep(member);
      end.run(now());
      const token = randomBytes(32).toString('base64url');
      begin.run(hashed(token), member.house, member.persona, now() + DAY);
      return token;
    },
    visitor: (token) => (whose.get(hashed(token), now()) as unknown as Member | undefined) ?? null,
    [Symbol.dispose]: () => db.close(),
  };
}
