import { wordsIn } from '@commonhold/core';
import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';

/** How people call themselves, folded, to find them by; who is allowed to see a name is asked of the gate, for those that fit. */
export interface NamesView {
  apply(change: Change): void;
  /** The words of each name. */
  all(): ReadonlyMap<string, readonly string[]>;
  /** Reads them from the file again when they are next asked for. */
  reload(): void;
}

/** The view of `people.profile` over `views.db`; a few hundred names are held in memory. `onErased` hears when one was taken out. */
export function makeNamesView(db: Sqlite, onErased: () => void): NamesView {
  const put = db.prepare('INSERT OR REPLACE INTO names (persona, name) VALUES (?, ?)');
  const drop = db.prepare('DELETE FROM names WHERE persona = ?');
  const read = db.prepare<{ persona: string; name: string }>('SELECT persona, name FROM names');
  let held: ReadonlyMap<string, readonly string[]> | null = null;
  return {
    apply: ({ persona, op, body }) => {
      held = null;
      onErased();
      if (op === 'remove' || body === null) { drop.run(persona); return; }
      put.run(persona, wordsIn((JSON.parse(body) as { name: string }).name).join(' '));
    },
    all: () => (held ??= new Map(read.all().map(({ persona, name }) => [persona, name.split(' ')]))),
    reload: () => { held = null; },
  };
}
