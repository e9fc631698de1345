import type { Sqlite } from '../sqlite/port.ts';
import type { LaneTable } from './lanes.ts';

/** How many posts people have, to tell how a timeline of some of them is found soonest. */
export interface Share {
  /** This person's posts changed. */
  changed(persona: string): void;
  /** Are a page's worth of posts of these people found sooner by way of each of them than by going through everybody's? */
  isSmall(people: ReadonlySet<string>, page: number): boolean;
}

/** Counts of `views.db`, each taken when it is first asked for after a change. */
export function makeShare(db: Sqlite, lanes: LaneTable): Share {
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM posts INDEXED BY posts_persona WHERE persona = ?');
  const counts = new Map<string, number>();
  // Sets of people are made anew when they change.
  let answers = new WeakMap<ReadonlySet<string>, { page: number; small: boolean }>();
  const of = (persona: string): number => {
    const had = counts.get(persona);
    if (had !== undefined) return had;
    const { n } = count.get(persona)!;
    counts.set(persona, n);
    return n;
  };
  const compare = (people: ReadonlySet<string>, page: number): boolean => {
    let some = 0, all = 0;
    for (const persona of lanes.personas()) {
      const n = of(persona);
      all += n;
      if (people.has(persona)) some += n;
    }
    // Every post of theirs is looked at and sorted, or so many of everybody's until the page is full.
    return some + people.size < page * all / Math.max(some, 1);
  };
  return {
    changed: (persona) => { counts.delete(persona); answers = new WeakMap(); },
    isSmall: (people, page) => {
      const had = answers.get(people);
      if (had?.page === page) return had.small;
      const small = compare(people, page);
      answers.set(people, { page, small });
      return small;
    },
  };
}
