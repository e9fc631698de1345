import type { Caller } from '../../firewall/caller.ts';
import { hydrate } from './hydrate.ts';
import { ownPost } from './edit.ts';
import { unknownPost, type OwnDeps } from './remove.ts';
import { MICROBLOG, type Ref, type VersionBody } from './types.ts';

/** An earlier wording, and when it was written (ms). */
export interface Version { text: string; at: number }

/**
 * The earlier wordings of a post that the caller may read, newest first. Those of a reply that somebody keeps are its author's alone.
 * Refuses `post_unknown`.
 */
export const makeVersions = ({ gate, views }: Pick<OwnDeps, 'gate' | 'views'>) => async (caller: Caller, { persona, key }: Ref): Promise<Version[]> => {
  const { keys, kept } = await views.ask((all) => ({ keys: all.versions.keys(persona, key), kept: all.kept.of(persona, key) }));
  if (hydrate(gate, caller, [{ persona, key }, ...(kept ? [{ persona, key, kept }] : [])]).length === 0) throw unknownPost();
  const reader = gate.reader(caller, persona, MICROBLOG);
  return keys.map((version) => reader?.get('post_versions', version)).filter((item) => item != null)
    .map(({ body, at }) => ({ ...JSON.parse(body) as VersionBody, clock: at }))
    .toSorted((a, b) => b.at - a.at || (a.clock < b.clock ? 1 : -1)).map(({ text, at }) => ({ text, at }));
};

/** Erases the earlier wordings of one's own post. Refuses `post_unknown`. */
export const makeForget = ({ gate, views, turns }: OwnDeps) => (caller: Caller & { persona: string }, key: string): Promise<void> => turns(caller.persona, async () => {
  const keys = await views.ask(({ versions }) => versions.keys(caller.persona, key));
  await gate.transact(caller, caller.persona, MICROBLOG, (tx) => {
    ownPost(gate, caller, key);
    for (const version of keys) tx.remove('post_versions', version);
  });
});
