import type { Json } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Feed } from '../../firewall/feed.ts';
import type { StrayVersion } from '../../views/versions.ts';
import { moveKept } from './follow-up.ts';
import type { OwnDeps } from './remove.ts';
import { MICROBLOG } from './types.ts';

interface Deps extends OwnDeps { feed: Feed; onError(error: unknown): void }

/** Brings what lies beside a person's posts to where these are now. */
export type Tidy = (persona: string) => Promise<void>;

// Lanes name the house; contracts do not.
const named = (audience: string | null): string | null => (audience?.startsWith('house:') ? 'house' : audience);

/**
 * Earlier wordings and kept replies follow their post whichever way that was changed or removed: by a client of the data API, or while
 * a reply was on its way. The verbs of this service do it in their own write; this sees to the rest, a moment later.
 */
export function makeTidy({ gate, views, turns, suite, now, feed, onError }: Deps): Tidy {
  const tidy: Tidy = (persona) => turns(persona, async () => {
    const { versions, kept } = await views.ask((all) => ({ versions: all.versions.stray(persona), kept: all.kept.stray(persona) }));
    if (versions.length + kept.length === 0) return;
    const owner: Caller & { persona: string } = { kind: 'owner', persona };
    await gate.transact(owner, persona, MICROBLOG, (tx) => {
      const follow = ({ key, audience }: StrayVersion) => {
        const item = audience === null ? null : gate.reader(owner, persona, MICROBLOG)?.get('post_versions', key);
        if (item) tx.put('post_versions', { key, body: JSON.parse(item.body) as Json, audience: named(audience)! });
        else tx.remove('post_versions', key);
      };
      for (const version of versions) follow(version);
      moveKept(tx, suite, now(), kept, ({ of }) => named(of));
    });
  });
  const due = new Set<string>();
  feed.listen(MICROBLOG, ({ persona, collection, op }) => {
    // A post that leaves a lane is removed from it; a new one has nothing beside it yet. A reply may have come to what is just gone.
    if (!(collection === 'posts' && op === 'remove') && !(collection === 'replies' && op === 'put')) return;
    if (due.size === 0) setImmediate(() => { for (const one of due) { due.delete(one); tidy(one).catch(onError); } });
    due.add(persona);
  });
  return tidy;
}
