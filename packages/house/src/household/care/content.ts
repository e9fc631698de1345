import { Refusal, type Json, type JsonObject, type ReportAbout } from '@commonhold/core';
import type { Somebody } from '../../firewall/caller.ts';

/** What reads for a report: posts as JSON text by `persona/key`, and profiles, each as far as the caller may. */
interface Sources {
  show(caller: Somebody, refs: readonly { persona: string; key: string }[]): Promise<{ posts: ReadonlyMap<string, string> }>;
  /** Refuses `person_unknown`. */
  profile(caller: Somebody, persona: string): { persona: string; handle: string; name: string; bio: string | null };
}

/** What of a post is the post's, and not what it is to its reader. */
const OF_POST = ['persona', 'key', 'at', 'audience', 'body', 'keptBy'];

/** What the caller can read of a person or a post: all that a report carries. Refuses `post_unknown`, `person_unknown`. */
export async function readForReport({ show, profile }: Sources, caller: Somebody, { persona, key }: ReportAbout): Promise<JsonObject> {
  if (key === undefined) return { profile: personIn(profile(caller, persona), true) };
  const text = (await show(caller, [{ persona, key }])).posts.get(`${persona}/${key}`);
  if (text === undefined) throw new Refusal('not_found', 'post_unknown', 'This post is not there.');
  const post = Object.fromEntries(Object.entries(JSON.parse(text) as JsonObject).filter(([name]) => OF_POST.includes(name)));
  return { post, person: personIn(nameOf(profile, caller, persona), false) };
}

function personIn({ persona, handle, name, bio }: ReturnType<Sources['profile']>, whole: boolean): Json {
  return { persona, handle, name, ...(whole && bio !== null ? { bio } : {}) };
}

// A post for everyone may be read where its author's profile is not.
function nameOf(profile: Sources['profile'], caller: Somebody, persona: string): ReturnType<Sources['profile']> {
  try { return profile(caller, persona); } catch (error) {
    if (error instanceof Refusal) return { persona, handle: '', name: '', bio: null };
    throw error;
  }
}
