import type { Actions } from './actions.ts';
import type { Notices } from './notices.ts';
import type { Shown } from '../../firewall/order.ts';
import type { CareDeps } from './ports.ts';

/** A post that the house does not show. */
export interface HiddenPost { persona: string; key: string; by: string | null; at: number }

/** Which posts the house does not show: a list of names beside the pods, held whole in memory. Nothing in a pod changes by it. */
export interface Hidden {
  /** Whether no post is hidden, from nobody. */
  none(): boolean;
  /** Whether a post is shown to a reader; null is anybody. */
  shown(reader: string | null, persona: string, key: string): Shown;
  /** Hides a post from all but its author and the stewards. Again is fine. */
  hide(by: string | null, persona: string, key: string, words?: string): void;
  /** Shows it again. */
  show(by: string | null, persona: string, key: string): void;
  /** Keeps a post away from one reader who asked for that. */
  keepFrom(reader: string, persona: string, key: string): void;
  list(): HiddenPost[];
}

/** A post that is hidden from the whole house has no reader. */
const HOUSE = '';

interface Deps extends Pick<CareDeps, 'db' | 'clock' | 'people' | 'tell' | 'pods'> { actions: Actions; notices: Notices }

/** Over house.db. */
export function makeHidden({ db, clock, people, tell, pods, actions, notices }: Deps): Hidden {
  const add = db.prepare('INSERT OR IGNORE INTO hidden (persona, key, reader, by, at) VALUES (?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM hidden WHERE persona = ? AND key = ? AND reader = ?');
  const list = db.prepare<HiddenPost & { reader: string }>('SELECT persona, key, reader, by, at FROM hidden ORDER BY at DESC, persona, key');
  const kept = new Map<string, Set<string>>();
  const keep = (persona: string, key: string, reader: string): void => { kept.set(`${persona}/${key}`, (kept.get(`${persona}/${key}`) ?? new Set()).add(reader)); };
  for (const { persona, key, reader } of list.all()) keep(persona, key, reader);
  const concern = (persona: string, kind: 'hidden' | 'shown', by: string | null, key: string, words?: string): void => {
    if (people.of(persona)) notices.add(persona, kind, { by, about: key, ...(words !== undefined && { words }) });
    pods.noteCare(persona, by, kind);
  };
  return {
    none: () => kept.size === 0,
    shown: (reader, persona, key) => {
      if (kept.size === 0) return 'yes';
      const from = kept.get(`${persona}/${key}`);
      if (!from) return 'yes';
      if (reader !== null && from.has(reader)) return 'no';
      if (!from.has(HOUSE)) return 'yes';
      return reader !== null && (reader === persona || people.of(reader)?.role === 'steward') ? 'marked' : 'no';
    },
    hide: (by, persona, key, words) => {
      const isNew = db.transaction(() => {
        if (add.run(persona, key, HOUSE, by, clock()).changes === 0) return false;
        actions.add('hide');
        concern(persona, 'hidden', by, key, words);
        return true;
      });
      if (!isNew) return;
      keep(persona, key, HOUSE);
      tell({ type: 'hidden', persona, key });
    },
    show: (by, persona, key) => {
      const was = db.transaction(() => {
        if (drop.run(persona, key, HOUSE).changes === 0) return false;
        actions.add('show');
        concern(persona, 'shown', by, key);
        return true;
      });
      if (!was) return;
      const from = kept.get(`${persona}/${key}`)!;
      from.delete(HOUSE);
      if (from.size === 0) kept.delete(`${persona}/${key}`);
      tell({ type: 'hidden', persona, key });
    },
    keepFrom: (reader, persona, key) => {
      add.run(persona, key, reader, reader, clock());
      keep(persona, key, reader);
    },
    list: () => list.all().filter(({ reader }) => reader === HOUSE).map(({ persona, key, by, at }) => ({ persona, key, by, at })),
  };
}
