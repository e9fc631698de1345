import type { Caller } from '../../firewall/caller.ts';
import { hydrate } from './hydrate.ts';
import { ownPost, unknownPost } from './own.ts';
import type { OwnDeps } from './remove.ts';
import { MICROBLOG, type Ref, type VersionBody } from './types.ts';

/** An earlier wording, and when it was written (ms); `key` names the record that holds it, and beside which its pictures lie. */
export interface Version extends Omit<VersionBody, 'post'> { key: string }

/**
 * The earlier wordings of a post that the caller may read, newest first. Those of a reply that somebody keeps are its author's alone.
 * Refuses `post_unknown`.
 */
export const makeVersions = ({ gate, views }: Pick<OwnDeps, 'gate' | 'views'>) => async (caller: Caller, { persona, key }: Ref): Promise<Version[]> => {
  const { keys, kept } = await views.ask((all) => ({ keys: all.versions.keys(persona, key), kept: all.kept.of(persona, key) }));
  if (hydrate(gate, caller, [{ persona, key }, ...(kept ? [{ persona, key, kept }] : [])]).length === 0) throw unknownPost();
  const reader = gate.reader(caller, persona, MICROBLOG);
  return keys.map((version) => reader?.get('post_versions', version)).filter((item) => item != null)
    .map(({ key: version, body, at }) => ({ ...JSON.parse(body) as VersionBody, key: version, clock: at }))
    .toSorted((a, b) => b.at - a.at || (a.clock < b.clock ? 1 : -1)).map(({ clock: _clock, post: _post, ...version }) => version);
};

/** Erases the earlier wordings of one's own post. Refuses `post_unknown`. */
export const makeForget = ({ gate, views, turns }: OwnDeps) => (caller: Caller & { persona: string }, key: string): Promise<void> => turns(caller.persona, async () => {
  const keys = await views.ask(({ versions }) => versions.keys(caller.persona, key));
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    ownPost(gate, caller, key);
    for (const version of keys) tx.remove('post_versions', version);
  });
});
