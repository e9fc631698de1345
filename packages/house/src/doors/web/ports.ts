import type { Contract, Signed, Suite } from '@commonhold/core';
import type { ZipFile } from '../../archive/index.ts';
import type { Blobs } from '../../firewall/blobs.ts';
import type { Caller, Somebody } from '../../firewall/caller.ts';
import type { Joining } from '../../firewall/joining/index.ts';
import type { DeviceView, Identity, KeyLogAddition, KeyLogView, LaneView } from '../../firewall/identity.ts';
import type { Signers } from '../../firewall/signers.ts';
import type { Records } from '../../firewall/records/records.ts';
import type { Data } from '../../firewall/verbs/index.ts';
import type { Tile } from '../../health/tile.ts';
import type { CsvList } from '../../past/csv.ts';
import type { Imports } from '../../past/imports.ts';
import type { Household } from '../../household/household.ts';
import type { Backups } from '../../backup/backups.ts';
import type { Restores } from '../../backup/restores.ts';
import type { Jobs } from '../../jobs/jobs.ts';

/** A person as lists show them. */
export interface Person { persona: string; handle: string; name: string; petname?: string; picture?: string }
/** One record of one person. */
export interface Ref { persona: string; key: string }
/** Which page. */
export interface PageInput { before?: string; after?: string; first: number }
/** One event for one listener. */
export interface LiveEvent { readonly type: string; /** JSON text. */ readonly data: string }

/** How one reads beside timelines; pages come as JSON text. */
export interface Reading {
  bookmarks(caller: Somebody, page: PageInput): Promise<string>;
  tag(caller: Somebody, tag: string, page: PageInput): Promise<string>;
  search(caller: Somebody, input: { q: string; in?: string; tag?: string; before?: string; first?: number }): Promise<string>;
  catchUp(caller: Somebody, hours: number): Promise<string>;
  lists(caller: Somebody): string;
  addList(caller: Somebody, list: ListInput): Promise<{ key: string }>;
  setList(caller: Somebody, key: string, list: ListInput): Promise<{ key: string }>;
  dropList(caller: Somebody, key: string): Promise<void>;
  listPosts(caller: Somebody, key: string, page: PageInput): Promise<string>;
  filters(caller: Somebody): unknown[];
  addFilter(caller: Somebody, filter: FilterInput): Promise<unknown>;
  setFilter(caller: Somebody, key: string, filter: FilterInput): Promise<unknown>;
  dropFilter(caller: Somebody, key: string): Promise<void>;
  marks(caller: Somebody): ReadMarks;
  setMarks(caller: Somebody, marks: ReadMarks): Promise<ReadMarks>;
  liveMarks(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** A list of people. */
export interface ListInput { name: string; people: string[]; replies?: boolean }
/** A filter of words. */
export interface FilterInput { words: string[]; whole?: boolean; how: 'hide' | 'warn'; places: FilterPlace[]; until?: number }
/** Where one works. */
export type FilterPlace = 'home' | 'house' | 'lists' | 'threads' | 'profiles' | 'news';
/** How far one has come in a timeline, as cursors. */
export interface ReadMarks { home?: string; house?: string }

/** Who may quote a post, of those who may read it. */
export type Quotable = 'anyone' | 'followers' | 'nobody';
/** A picture beside a post. */
export type PostImage = Omit<Image, 'thumb'> & Partial<Pick<Image, 'thumb'>>;
interface Words { text: string; warning?: string; images?: PostImage[] }
interface AboutPosts { audience: string; replyTo?: Ref; lang?: string; poll?: { options: string[]; minutes: number; multiple: boolean }; quote?: Ref; quotes?: Quotable; idempotencyKey?: string }
/** A post as it is asked for. */
export interface NewPost extends Words, AboutPosts {}
/** Several that answer one another. */
export interface NewThread extends AboutPosts { posts: Words[] }
/** What somebody chose for all their posts. */
export interface Choices { quotes: Quotable; counts: boolean; lang?: string }

/** Verbs of microblog; each throws Refusals only. Pages and threads come as JSON text and go out as they are. */
export interface Microblog extends Reading {
  /** Answers when the post is on disk. */
  post(caller: Somebody, input: NewPost): Promise<unknown>;
  postThread(caller: Somebody, input: NewThread): Promise<unknown>;
  edit(caller: Somebody, key: string, words: { text: string; lang?: string; warning?: string | null; images?: PostImage[]; poll?: object }): Promise<unknown>;
  setQuotable(caller: Somebody, key: string, quotes: Quotable): Promise<unknown>;
  quotesOf(caller: Somebody, post: Ref, page: PageInput): Promise<string>;
  withdraw(caller: Somebody, key: string, by: Ref): Promise<void>;
  vote(caller: Somebody, post: Ref, choices: readonly number[]): Promise<unknown>;
  votesOf(caller: Somebody, post: Ref): Promise<string>;
  reactionsTo(caller: Somebody, key: string, query: { kind: 'like' | 'boost'; before?: string; first?: number }): Promise<string>;
  pin(caller: Somebody, key: string): Promise<{ pinned: string[] }>;
  unpin(caller: Somebody, key: string): Promise<{ pinned: string[] }>;
  choices(caller: Somebody): Choices;
  setChoices(caller: Somebody, choices: Choices): Promise<Choices>;
  setAudience(caller: Somebody, key: string, audience: string): Promise<unknown>;
  versions(caller: Caller, post: Ref): Promise<unknown[]>;
  forget(caller: Somebody, key: string): Promise<void>;
  remove(caller: Somebody, key: string): Promise<void>;
  removeKept(caller: Somebody, reply: Ref): Promise<void>;
  home(caller: Somebody, page: PageInput & { boosts: boolean; replies: boolean }): Promise<string>;
  houseTimeline(caller: Somebody, page: PageInput): Promise<string>;
  byPeople(caller: Caller, people: readonly string[], page: PageInput): Promise<string>;
  byPersona(caller: Caller, persona: string, page: PageInput & { replies: boolean; media: boolean }): Promise<string>;
  thread(caller: Caller, persona: string, key: string, part?: { first?: number; after?: string }): Promise<string>;
  like(caller: Somebody, post: Ref): Promise<{ liked: boolean }>;
  unlike(caller: Somebody, post: Ref): Promise<{ liked: boolean }>;
  boost(caller: Somebody, post: Ref): Promise<{ boosted: boolean }>;
  unboost(caller: Somebody, post: Ref): Promise<{ boosted: boolean }>;
  bookmark(caller: Somebody, post: Ref): Promise<{ bookmarked: boolean }>;
  unbookmark(caller: Somebody, post: Ref): Promise<{ bookmarked: boolean }>;
  mute(caller: Somebody, post: Ref): Promise<{ muted: boolean }>;
  unmute(caller: Somebody, post: Ref): Promise<{ muted: boolean }>;
  /** Tells of what this caller may read, from now until the answer is called. */
  live(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** A person with what they are to the reader. */
export interface Profile extends Person {
  bio: string | null; locked: boolean; follows: boolean; asked: boolean; followsYou: boolean; close: boolean; me: boolean; joinedAt: number;
  blocked: boolean; muted: boolean; mutedUntil: number | null; movedTo: string | null; retired?: true;
}

/** All of a profile. */
export interface WholeProfile extends Profile { banner?: ProfileImage; fields?: { name: string; value: string; verifiedAt?: number }[] }

/** A picture that was taken in before, and what is in it in words. */
type ProfileImage = Omit<Image, 'thumb'> & { thumb?: string; alt?: string };

/** A profile as its person wants it: what is left out stays, but for `bio`; null and an empty list take away. */
export interface ProfileWish { name: string; bio?: string; locked?: boolean; picture?: ProfileImage | null; banner?: ProfileImage | null; fields?: { name: string; value: string }[] }

/** Whether one follows somebody, or has asked to and waits. */
export interface Following { follows: boolean; asked: boolean }

/** Verbs of people; `who` is a persona id or a handle. */
export interface People {
  profile(caller: Caller, who: string): WholeProfile;
  setProfile(caller: Somebody, profile: ProfileWish): Promise<Profile>;
  /** Whether everyone may see the caller's own page. */
  isOpen(caller: Somebody): boolean;
  setOpen(caller: Somebody, open: boolean): Promise<void>;
  /** Looks whether a page links back to one of these addresses of the profile. */
  verifyField(caller: Somebody, n: number, addresses: readonly string[]): Promise<Profile>;
  setPetname(caller: Somebody, persona: string, petname: string): Promise<{ petname: string }>;
  dropPetname(caller: Somebody, persona: string): Promise<void>;
  code(caller: Somebody): { persona: string; handle: string; key: string };
  verify(caller: Somebody, persona: string, key: string): Promise<{ at: number; key: string }>;
  unverify(caller: Somebody, persona: string): Promise<void>;
  follow(caller: Somebody, persona: string): Promise<Following>;
  unfollow(caller: Somebody, persona: string): Promise<Following>;
  requests(caller: Somebody): unknown[];
  accept(caller: Somebody, persona: string): Promise<{ accepted: true }>;
  decline(caller: Somebody, persona: string): Promise<void>;
  followers(caller: Somebody): unknown[];
  removeFollower(caller: Somebody, persona: string): Promise<void>;
  close(caller: Somebody, persona: string): Promise<{ close: boolean }>;
  notClose(caller: Somebody, persona: string): Promise<{ close: boolean }>;
  list(caller: Caller): Profile[];
  block(caller: Somebody, persona: string): Promise<{ blocked: boolean }>;
  unblock(caller: Somebody, persona: string): Promise<{ blocked: boolean }>;
  mute(caller: Somebody, persona: string, how: { until?: number }): Promise<Muted>;
  unmute(caller: Somebody, persona: string): Promise<Muted>;
  blocked(caller: Somebody): unknown;
  /** Tells when something changed in who follows the caller, asks to, or is followed. */
  live(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** A picture as records name it; sizes are of the full one, in pixels. */
export interface Image { full: string; small?: string; width: number; height: number; thumb: string }

/** What somebody is writing: one post, or several that answer one another. */
export interface Draft {
  parts: { text: string; warning?: string; images?: { full: string; small?: string; width: number; height: number; thumb?: string; alt?: string }[] }[];
  audience: string; replyTo?: Ref; quote?: Ref; quotes?: 'anyone' | 'followers' | 'nobody'; lang?: string; poll?: { options: string[]; minutes: number; multiple: boolean };
}

/** Verbs about what is not posted yet. */
export interface Later {
  drafts(caller: Somebody): unknown[];
  keepDraft(caller: Somebody, key: string, draft: Draft): Promise<unknown>;
  dropDraft(caller: Somebody, key: string): Promise<void>;
  scheduled(caller: Somebody): unknown[];
  schedule(caller: Somebody, draft: Draft & { due: number }, idempotencyKey?: string): Promise<unknown>;
  reschedule(caller: Somebody, key: string, draft: Draft & { due: number }): Promise<unknown>;
  unschedule(caller: Somebody, key: string): Promise<void>;
  /** Posts what waits at once; the posts. */
  postNow(caller: Somebody, key: string): Promise<unknown[]>;
  /** Tells the caller what becomes of what they have scheduled. */
  live(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** Takes pictures in, to be named by a record of `service` within a day. */
export interface Pictures {
  take(caller: Somebody, service: string, source: AsyncIterable<Uint8Array>, length?: number): Promise<Image>;
}

/** Whether somebody is muted, and until when (ms; null: for good, or not at all). */
export interface Muted { muted: boolean; until: number | null }

/** What news is about. */
export type NewsKind = 'reply' | 'mention' | 'like' | 'boost' | 'quote' | 'poll' | 'follow' | 'request' | 'accepted';

/** Which kinds are wanted, and quiet hours in minutes after midnight where the reader is. */
export type NewsSettings = Record<NewsKind, boolean> & { quiet: { from: number; to: number } | null };

/** Verbs of news; a page comes as JSON text. */
export interface News {
  list(caller: Somebody, query: { before?: string; kinds?: readonly NewsKind[]; first?: number }): Promise<string>;
  read(caller: Somebody, upTo: string): Promise<{ unread: number }>;
  settings(caller: Somebody): NewsSettings;
  setSettings(caller: Somebody, wanted: Record<NewsKind, boolean> & { quiet?: NewsSettings['quiet'] }): Promise<NewsSettings>;
  live(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** Verbs of the access log, each person's own. */
export interface AccessLogVerbs {
  list(caller: Somebody, page: { before?: string; days?: number }): unknown;
  setSettings(caller: Somebody, settings: { keepDays: number }): { keepDays: number };
  live(caller: Somebody, listener: (event: LiveEvent) => void): () => void;
}

/** What the door asks of the firewall itself. */
export interface Gate {
  /** The record as JSON text {key, author, at, audience, body}; null for denied and for absent alike, in the same time as near as can be. */
  get(caller: Caller, persona: string, service: string, collection: string, key: string): string | null;
  /** That somebody joined a service, as JSON text of `{joined, keyLog}`; null as in `get`. */
  joined(caller: Caller, persona: string, service: string, challenge?: string): string | null;
  /** Bytes beside records. */
  readonly blobs: Blobs;
  /** The data API; each verb checks its request, and refuses `not_found` for denied and absent alike. */
  readonly data: Data;
  /** The key log of the caller's own persona; null for anybody else. */
  keyLog(caller: Caller, persona: string): KeyLogView | null;
  extendKeyLog(caller: Caller, persona: string, addition: KeyLogAddition): Promise<KeyLogView>;
  /** The devices that may act for the caller's own persona now. */
  devices(caller: Caller, persona: string): DeviceView[];
  lanesOf(caller: Caller, persona: string, device: string): LaneView[];
}

/** Where the house listens and by which names. */
export interface Network {
  readonly lan: boolean;
  /** Addresses to type, the best for others first. */
  readonly urls: readonly string[];
  readonly reach: 'this-machine' | 'network' | 'internet';
  /** True when people arrive by https. */
  readonly secure: boolean;
  /** Every origin of the house; the set is replaced, never changed. */
  readonly origins: ReadonlySet<string>;
  /** The Host headers that belong to them. */
  readonly hosts: ReadonlySet<string>;
  /** What stands in front of the house, and in which headers it tells of visitors; null: nothing does. */
  readonly proxy: { trusts(address: string): boolean; readonly headers: 'x-forwarded' | 'forwarded' } | null;
  set(lan: boolean): Promise<void>;
}

/** How the house is: one finding about each thing that it looks after. */
export interface Health { look(): Promise<Tile[]> }

/** One line in the house's log: never a body, a name or an address. */
export type Log = (event: string, facts: Readonly<Record<string, string | number>>) => void;

/** Key logs that anybody may have: every statement held of a persona (whoever asks must be allowed to see them), and the house's own. */
export interface KeyLogs { known: Identity['known']; house: readonly Signed[] }

/** Somebody whom everybody is who looks around: one session, for all of them. */
export interface Guest { persona: string; handle: string; session: string }

/** A service that somebody joined: as whom, and what they agreed to. */
export interface Agreement { persona: string; contract: Contract }

/** Everything the web door is made of. */
export interface WebDeps extends Restores {
  suite: Suite; signers: Signers;
  /** Services that are not built in. */
  joining: () => Promise<Joining>;
  /** As whom somebody joined a service, under which contract; null where they have not. */
  joinedBy(persona: string, service: string): Agreement | null;
  household: Household; jobs: Jobs; health: Health; backups: Backups; gate: Gate; records: Records; identity: KeyLogs; microblog: Microblog; people: People; news: News; pictures: Pictures; later: Later; accessLog: AccessLogVerbs; network: Network;
  version: string;
  /** As whom anybody may look around, reading alone; only a made-up house has one. */
  guest?: Guest | null;
  /** How many characters a post may have now. */
  postLimit(): number;
  /** A person's pod as JSON Lines, one at a time; null for who is not here. */
  exportOf(persona: string, only?: { service: string; owner: string }): Iterable<string> | null;
  /** The same as files, to be packed. */
  exportFiles(persona: string): Iterable<ZipFile> | null;
  /** One of a person's lists as Mastodon has it. */
  csv(caller: Somebody, list: CsvList): Promise<string>;
  imports: Pick<Imports, 'begin' | 'failures'>;
  /** Folder of the built app. */
  dist: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Log;
}
