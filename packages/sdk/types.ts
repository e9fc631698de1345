import type { Signed } from '@commonhold/core';

/** Who may read, from the narrowest: oneself, people one calls close, one's followers, the house's members, everyone. */
export type Audience = 'only-me' | 'close' | 'followers' | 'house' | 'everyone';

/** A person as a list shows them. `persona` is the id that never changes, `handle` the name inside the house, `petname` what the reader calls them; `picture` names a file of their profile. */
export interface Person { persona: string; handle: string; name: string; petname?: string; picture?: string }

/** Names one record of one person. */
export interface Ref { persona: string; key: string }

/** A picture of a post: names of its files, the size of the full one in px, a thumbhash, and what is in it in words. */
export interface Image { full: string; small?: string; width: number; height: number; thumb?: string; alt?: string }

/** A question with answers to choose from, until a time (ms). `counts`: votes for each so far, counted by its author's pod. */
export interface Poll { options: string[]; until: number; multiple: boolean; counts?: number[]; voters?: number }

/** Who may quote a post, of those who may read it. */
export type Quotable = 'anyone' | 'followers' | 'nobody';

/**
 * The words of a post. `createdAt` and `editedAt` are in ms since 1970; `root` is the first post of the conversation; `warning`: what to
 * know before reading; `mentions`: whom the words name; `part`: its place among posts that were written in one go.
 */
export interface PostBody {
  text: string; createdAt: number; editedAt?: number; lang?: string; replyTo?: Ref; root?: Ref; warning?: string; images?: Image[]; poll?: Poll;
  quote?: Ref; quotes?: Quotable; mentions?: string[]; part?: { at: number; of: number };
}

/** An earlier wording of a post, and when it was written (ms). Its pictures lie beside the record `key` of `post_versions`. */
export interface Version { key: string; text: string; at: number; lang?: string; warning?: string; images?: Image[] }

/** What one chose for one's posts: who may quote what says nothing of it, whether numbers stand beside them, and in which language one writes. */
export interface Choices { quotes: Quotable; counts: boolean; lang?: string }

/** Who voted what in a poll of one's own; `more`: how many voted who are not named. */
export interface Votes { votes: { by: Person; choices: number[] }[]; more: number }

/** Some of those who like a post of one's own, or boost it; `next` leads to those who did so earlier. */
export interface Reactions { people: Person[]; next: string | null }

/** Who liked or boosted a post of one's own: the newest three, and how many more. Nobody but the author is told. */
export interface Likes { people: Person[]; more: number }

/** What a post quotes, read from its author with the reader's own rights. `hidden`: gone, or not for the reader, alike. */
export type Quoted = { state: 'shown'; item: PostItem } | { state: 'withdrawn' | 'hidden' };

/**
 * A post, as any list of posts holds it. `at` is the logical time of the write (16 hex digits); `liked`, `bookmarked`, `boosted`,
 * `voted` (the answers chosen), `muted` (its conversation is): by the reader; `likes` and `boosts` only on posts of the reader's own. `replyAudiences`: what an answer
 * to it may choose from. `keptBy`: an answer to a post for close people or followers is kept by the author of that post, for those who
 * may read it. `boost`: the entry stands in this list because somebody passed it on (`at` in ms). `mayQuote`: the reader may quote it.
 * `hiddenByHouse`: told to its author and the stewards alone. What is not so is left out.
 */
export interface PostItem {
  persona: string; key: string; at: string; audience: Audience; body: PostBody; liked: boolean; likes?: Likes; replyAudiences?: Audience[]; keptBy?: string;
  bookmarked?: true; muted?: true; boosted?: true; voted?: number[]; boosts?: Likes; boost?: { by: string; at: number; key: string }; quoted?: Quoted; mayQuote?: true;
  pinned?: true; hiddenByHouse?: true;
}

/** People by persona id. */
export type People = Record<string, Person>;

/** A page of posts, newest first. `next` asks for older ones (`before`), `newest` for newer ones (`after`). */
export interface Page { items: PostItem[]; people: People; next: string | null; newest: string | null }

/** What came to one's home lately, newest first; `more`: there was more than fits. */
export interface CatchUp extends Page { more: boolean }

/** What a search found. `people` and `tags` are at most eight each, and none beyond the first page. */
export interface Found { posts: Page; people: Person[]; tags: string[] }

/** A list of people of one's own; `replies`: their answers are shown, too. */
export interface ListOfPeople { key: string; name: string; people: Person[]; replies: boolean }
/** What a list shall hold; `people` are personas. */
export interface ListInput { name: string; people: string[]; replies?: boolean }

/** A filter of words: posts with one of them are hidden or come with a warning, in these places, until a time (ms). `whole`: whole words only. */
export interface FilterInput {
  words: string[]; whole?: boolean; how: 'hide' | 'warn'; places: ('home' | 'house' | 'lists' | 'threads' | 'profiles' | 'news')[]; until?: number;
}
/** A filter of one's own. */
export interface Filter extends FilterInput { key: string; createdAt: number }

/** How far one has come in each timeline: cursors of the newest post that one saw. */
export interface ReadMarks { home?: string; house?: string }

/** Which page: `first` = how many at most. */
export interface PageQuery { before?: string; after?: string; first?: number }

/** A conversation around `focus`: root first, in order of time; `missing` names what is answered and cannot be shown; why, nobody is told. */
export interface Thread { focus: Ref; items: PostItem[]; people: People; missing: (Ref & { because: 'gone-or-not-for-you' })[]; next: string | null }

/** From where the house can be reached. */
export type Reach = 'this-machine' | 'network' | 'internet';

/** The house as anyone may see it. `face` is the seed of the steward's pattern; `passkeys`: browsers take passkeys at the address that was asked. */
export interface House {
  founded: boolean; id: string | null; title: string; note: string | null; rules: string[];
  people: number; capacity: number; steward: { name: string; face: string } | null; reach: Reach; secure: boolean; passkeys: boolean;
  /** Its own address shows a page to whoever is not signed in. */
  front: boolean;
  /** Made up, to look around in. */
  demo?: true;
}

/** What of somebody is shown to whoever has no account: whether their page is open, and, while it is, whether search engines and the front page may name them. */
export interface PublicFace { open: boolean; listed: boolean; front: boolean }

/**
 * The signed-in person. `postLimit` is in characters. `suspended`, `leaving`: until when (ms) they publish nothing, and then go on or
 * leave the house; `reports`: how many wait, for stewards.
 */
export interface Me {
  persona: string; handle: string; name: string; bio: string | null; role: 'steward' | 'member';
  recovery: 'browser' | 'house'; wordsWritten: boolean; postLimit: number; suspended?: number; leaving?: number; reports?: number;
  /** They want to see numbers beside their own posts. */
  counts?: boolean;
  /** They look around in a made-up house: nothing they send changes anything. */
  guest?: true;
}

/** Whether one follows somebody, or has asked to and waits. */
export interface Following { follows: boolean; asked: boolean }

/** Somebody who asks to follow; `since` in ms. */
export interface FollowRequest extends Person { since: number }

/** Somebody who follows one; `close`: one calls them so. */
export interface Follower extends FollowRequest { close: boolean }

/**
 * A profile, with what it is to the reader: `locked`: whoever wants to follow asks first; `asked`: the reader has, and waits; `close`: the
 * reader calls them so. Whoever is blocked, either way, is absent; `blocked` is for answers about oneself alone.
 * `mutedUntil` in ms, null = until unmuted.
 */
export interface Profile extends Person {
  bio: string | null; locked: boolean; follows: boolean; asked: boolean; followsYou: boolean; close: boolean; blocked: boolean; muted: boolean;
  mutedUntil?: number | null; me?: boolean; joinedAt?: number; movedTo?: string | null; retired?: true;
}

/** One line that somebody says of themselves; `verifiedAt` (ms): the page at this address was seen to link back with rel=me. */
export interface ProfileField { name: string; value: string; verifiedAt?: number }

/**
 * A whole profile. `verified`: the reader met them and saw this head of their key log (`at` in ms); `since` counts what came after it, and is
 * null where it is not in their key log.
 */
export interface WholeProfile extends Profile {
  banner?: Image; fields?: ProfileField[]; verified?: { at: number; key: string; since: { added: number; removed: number; words: number; moves: number } | null };
}

/** A profile as one wants it: what is left out stays, but for `bio`; null and an empty list take away. */
export interface ProfileWish { name: string; bio?: string; locked?: boolean; picture?: Image | null; banner?: Image | null; fields?: { name: string; value: string }[] }

/** What one shows to somebody in the same room. */
export interface MeetingCode { persona: string; handle: string; key: string }

/** Whom one has blocked and muted, newest first. Names of the blocked are their handles. Times in ms; `until` null = for good. */
export interface Blocked { blocked: (Person & { since: number })[]; muted: (Person & { since: number; until: number | null })[] }

/**
 * What news is about: an answer to a post of yours, words that name you, a like or a boost of your post, a quote of it, a poll that ended (yours,
 * or one you voted in), a new follower, somebody who asks to follow you, somebody who let you follow.
 */
export type NewsKind = 'reply' | 'mention' | 'like' | 'boost' | 'quote' | 'poll' | 'follow' | 'request' | 'accepted';

/**
 * One piece of news. `who`: personas, the newest first, at most three, and `more` beyond them (likes of one post are one piece).
 * `post`: the answer itself, what names or quotes you, the poll, or your post that was liked or boosted; none where it is about following. `time` in ms, of the newest in it.
 */
export interface NewsItem { id: string; kind: NewsKind; time: number; unread: boolean; who: string[]; more: number; post?: PostItem }

/** News, newest first. `next`: cursor of older ones; `newest`: to hand to `read`; `unread`: how many pieces, at most 100. */
export interface News { items: NewsItem[]; people: People; next: string | null; newest: string | null; unread: number }

/**
 * Kinds of news that are wanted; the others are neither listed nor counted nor told. `quiet`: hours in which a screen announces nothing, in
 * minutes after midnight where the reader is; `from` may be later than `to`.
 */
export type NewsSettings = Record<NewsKind, boolean> & { quiet: { from: number; to: number } | null };

/** What comes back from founding, joining and signing in. */
export interface SignedIn { persona: string; handle: string; session: string }

/** Somebody who is signed in at a browser; `current` acts there now. */
export interface Account { persona: string; handle: string; name: string; current: boolean }

/** A place kept for the device key of a new pod, before the pod exists. */
export interface Ticket { ticket: string; podDevice: string; house: string }

/** What a person types about themselves when they found or join. */
export interface NewPerson { handle: string; name: string; passphrase: string }

/** Founding a house. Without `keyLog` the house makes the recovery key. */
export interface Setup {
  code: string; house: { title: string; note?: string; rules?: string[] }; person: NewPerson;
  ticket?: string; keyLog?: Signed[]; label?: string;
}

/** Joining by invite. */
export interface Join { invite: string; person: NewPerson; ticket?: string; keyLog?: Signed[]; label?: string }

/** What an invite page shows before anyone has joined. Times in ms; `faces` are seeds of patterns. */
export interface InvitePreview {
  invite: string; note: string | null; by: { name: string; face: string }; uses: number; left: number; expires: number; house: House; faces: string[];
}

/** An invite just made. */
export interface NewInvite { invite: string; url: string; reach: Reach; uses: number; left: number; expires: number }

/** An invite in the list of its maker or of the steward. */
export interface Invite { invite: string; url: string; note: string | null; by: Person; uses: number; left: number; expires: number }

/** Addresses of the house; `lan` = it listens on the local network too. */
export interface Network { lan: boolean; urls: string[]; reach: Reach; secure: boolean }

/** A passkey: times in ms, `used` null until the first time; `address` is the name of the house under which it works. */
export interface Passkey { id: string; label: string; created: number; used: number | null; address: string }

/** Keys that may sign for the person, and open sessions. `added` is a height in the key log, `addedAt` when this house first saw it (ms). */
export interface Devices {
  devices: { key: string; capabilities: string[]; label: string | null; kind: 'house' | 'device'; added: number; addedAt: number; thisHouse: boolean }[];
  sessions: { id: string; label: string | null; created: number; seen: number; current: boolean; device: string | null }[];
}

/** Health of the process. */
export interface Health { status: 'ok'; version: string; people: number; capacity: number }

/** What an app of a service asks for when its page leads here (RFC 6749 §4.1.1, RFC 7636). */
export interface AppAsk { clientId: string; redirectUri: string; scope?: string; responseType: string; codeChallenge: string; codeChallengeMethod: string; state?: string }

/** The same, looked at; `joined` is null where one has not joined the service, and little else is known then. `known`: it was let in like this before. */
export interface AppRequest {
  service: string; title: string | null; publisher: string | null; origin: string; joined: { persona: string; as: 'pseudonym' | 'self' } | null;
  bundles: { name: string; collections: string[]; asked: boolean }[]; collections: string[]; known: boolean;
}

/** An app of a service that one let in; `collections` null: all. Times in ms. */
export interface AppConsent { id: string; service: string; title: string; origin: string; scope: string[]; collections: string[] | null; created: number; used: number | null }

/** Whose deliveries a line of the access log counts: somebody, a token of one's own, a service, visitors, housemates, too many to tell apart, or whoever sits at the machine. */
export type LogWho = ({ kind: 'person' } & Person) | { kind: 'app'; id: string; label: string } | { kind: 'service'; service: string; title: string } | { kind: 'anyone' | 'housemates' | 'others' | 'house' };

/**
 * One line of the access log. Housemates' and visitors' ordinary reading is a count per `audience`; all else has a name, and the
 * times (ms) of the first and the last. `refused` with its `rule`. The rule `more`: this line stands for several different ones.
 */
export interface LogLine {
  who: LogWho; service: string; collection: string; verb: string; audience: string | null;
  refused: boolean; rule: string | null; n: number; first: number | null; last: number | null;
}

/** Pages of the access log by day (YYYY-MM-DD, UTC), newest first. `today`: callers with a name, deliveries, refusals. `next`: hand it over as `before`. */
export interface AccessLog { days: { day: string; lines: LogLine[] }[]; today: { callers: number; reads: number; refused: number }; keepDays: number; next: string | null }

/** A token for a script of one's own. `services` null = all; times in ms, `used` and `expires` null = never. */
export interface Token { id: string; label: string; services: string[] | null; write: boolean; created: number; used: number | null; expires: number | null }

/** One of two versions: when it was written (ms), by which device, and its body; null where it was removed. */
export interface RepairVersion { at: number; device: string; body: Record<string, unknown> | null }

/** Two devices changed the same record without knowing of each other. */
export interface Conflict { id: string; service: string; collection: string; key: string; audience: string; kept: RepairVersion; other: RepairVersion }

/** Why records wait: from a clock that is ahead, after their device was revoked, or not seen before it was. */
export type ParkedWhy = 'ahead' | 'after_close' | 'unseen';

/** Records of one device that wait. Times in ms; `until`: when they come in by themselves, or null. */
export interface Parked {
  id: string; why: ParkedWhy; device: string; label: string | null; service: string; collection: string; count: number; first: number; last: number; until: number | null;
}

/** What waits for a decision, newest first; `more` beyond what is listed. */
export interface Repairs { conflicts: Conflict[]; parked: Parked[]; more: number }

/** What is done about it: a conflict is kept, exchanged or doubled; what is parked is taken in or thrown away. */
export type RepairChoice = 'keep' | 'other' | 'both' | 'accept' | 'drop';
