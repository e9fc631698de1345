import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { Config } from '../config/config.ts';
import { ANYONE } from '../firewall/caller.ts';
import type { Firewall } from '../firewall/index.ts';
import type { FolderLock } from '../folder/lock.ts';
import type { Household } from '../household/household.ts';
import type { OnError } from '../journal.ts';
import { migrate } from '../sqlite/migrate.ts';
import { openOrRenew } from '../sqlite/sound.ts';
import { makeKeeper, type Keeper } from '../views/keeper.ts';
import { makeViewsLog } from '../views/log.ts';
import { viewMigrations } from '../views/schema.ts';
import { makeViews, type Views } from '../views/views.ts';

interface Deps { firewall: Firewall; household: Household; lock: FolderLock; onError: OnError; now: () => number }

/** The views of a house, which are begun anew where they are damaged. */
export function openViews(config: Pick<Config, 'data'>, { firewall, household, lock, onError, now }: Deps): { views: Views; keeper: Keeper } {
  const { gate, relations, feed } = firewall;
  const path = join(config.data, 'views.db');
  let erased = (): void => {};
  const { db, views } = openOrRenew(path, { durability: 'normal' }, {
    look: lock.crashed,
    begin: (file) => {
      file.exec('PRAGMA secure_delete=ON');
      migrate(file, viewMigrations);
      return { db: file, views: makeViews(file, {
        mayRead: (reader, lane) => gate.mayReadLane(reader === null ? ANYONE : { kind: 'owner', persona: reader }, lane.persona, 'microblog', 'posts', lane.audience),
        follows: (reader, persona) => relations.between(reader, persona).includes('follow'),
        apart: relations.apart, now,
        isHidden: (reader, persona, key) => household.order.shown(reader, persona, key) === 'no',
        // Whoever is suspended is out of everybody's timelines and news meanwhile.
        mutedUntil: (reader, persona) => Math.max(relations.mutedUntil(reader, persona), reader === persona ? 0 : quietUntil(household, persona)),
      }, () => erased()) };
    },
    renewed: (cause) => onError(new Refusal('unavailable', 'views_renewed', 'The views were damaged and are made anew from the pods. Nothing needs to be done.', { cause })),
  });
  const keeper = makeKeeper({
    db, feed, views, onError, onDamage: () => lock.doubt(true),
    source: { pods: () => household.people().map(({ pod }) => pod), podOf: (persona) => household.personOf(persona)?.pod ?? null, last: firewall.last, replay: firewall.replay },
  });
  const log = makeViewsLog({ db, path, onError });
  erased = log.erased;
  return { views, keeper: { ...keeper, close: () => { log.close(); keeper.close(); } } };
}

function quietUntil({ care }: Household, persona: string): number {
  const standing = care.standings.of(persona);
  return standing === null ? 0 : standing.leaving ? Infinity : standing.until;
}
