import { canonical, Refusal, type Contract, type Json, type JsonObject, type ReportAbout } from '@commonhold/core';
import type { Somebody } from '../../firewall/caller.ts';

/** A line of the access log, as a report carries it: what a service did, with which things, how often; `day` counted from 1970. */
interface Done { day: number; service: string; collection: string; verb: string; refused: boolean; rule: string | null; n: number }

/** What reads for a report: posts as JSON text by `persona/key`, profiles and services, each as far as the caller may. */
interface Sources {
  show(caller: Somebody, refs: readonly { persona: string; key: string }[]): Promise<{ posts: ReadonlyMap<string, string> }>;
  /** Refuses `person_unknown`. */
  profile(caller: Somebody, persona: string): { persona: string; handle: string; name: string; bio: string | null };
  /** Refuses `service_unknown`. */
  service(caller: Somebody, service: string): Promise<{ contract: Contract; hash: string; joined: boolean }>;
  /** What a service did with the caller's data in the last days, the newest first. */
  done(persona: string, service: string): readonly Done[];
}

/** What of a post is the post's, and not what it is to its reader. */
const OF_POST = ['persona', 'key', 'at', 'audience', 'body', 'keptBy'];

/** Most lines of the log that go along, and most characters of a contract; a larger one is named by its hash. */
const DONE = 50;
const CONTRACT = 40_000;

/** What the caller can read of a person, a post or a service: all that a report carries. Refuses `post_unknown`, `person_unknown`, `service_unknown`. */
export async function readForReport(sources: Sources, caller: Somebody, about: ReportAbout, withLog: boolean): Promise<JsonObject> {
  if ('service' in about) return readService(sources, caller, about.service, withLog);
  const { show, profile } = sources, { persona, key } = about;
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

/* Not the name under which they joined, nor anybody else's: what the service is, and what it did. */
async function readService({ service: find, done }: Sources, caller: Somebody, service: string, withLog: boolean): Promise<JsonObject> {
  const { contract, hash, joined } = await find(caller, service);
  const { service: { title, publisher }, version, purpose } = contract;
  const log = withLog ? done(caller.persona, service).slice(0, DONE).map(({ day, service: of, collection, verb, refused, rule, n }) => ({ day, service: of, collection, verb, refused, rule, n })) : [];
  return {
    service: { id: service, title, publisher, version, purpose, hash, joined },
    ...(canonical(contract as unknown as Json).length <= CONTRACT && { contract: contract as unknown as Json }), ...(log.length > 0 && { log }),
  };
}
