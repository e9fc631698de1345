import type { ContractDocument } from './services.ts';
import type { NewInvite, Person, Ref } from './types.ts';
import { path, withQuery, type CallOptions, type Send } from './request.ts';

/** Why somebody reports: it breaks a rule, hurts, shows what is private, is noise, puts somebody in danger, or else. */
export type ReportReason = 'rules' | 'hurts' | 'private' | 'noise' | 'danger' | 'other';

/** What a report is about: a person, with `key` one post of theirs; or a service, by its id. */
export type ReportAbout = { persona: string; key?: string } | { service: string };

/** What a steward does about a report; `unshelve`: recommends a service no more. */
export type ReportAct = 'none' | 'hide' | 'warn' | 'suspend' | 'unshelve';

/** What a service did, or tried to: with which things, how often on a day (counted from 1970). */
export interface ServiceDeed { day: number; service: string; collection: string; verb: string; refused: boolean; rule: string | null; n: number }

/** What of a post, a person or a service the reporter could read, as it was then; `log`: what the service did with their data, where they sent it along. */
export interface Reported {
  post?: { persona: string; key: string; at: string; audience: string; body: { text: string; createdAt: number; warning?: string; images?: { alt?: string }[] } };
  person?: Person;
  profile?: Person & { bio?: string };
  service?: { id: string; title: string; publisher: string; version: number; purpose: string; hash: string; joined: boolean };
  contract?: ContractDocument;
  log?: ServiceDeed[];
}

/** A report as stewards see it; `person` null: it is about a service. `others`: how many more there are about the same; times in ms. */
export interface Report {
  id: string; about: ReportAbout; person: Person | null; reporter: Person; reason: ReportReason; words: string | null; content: Reported; at: number; others: number; hidden: boolean; shelved: boolean;
  answer: { act: ReportAct; words: string | null; by: Person | null; at: number } | null;
}

/** The house as its members see it. `reads` names what it can do to data in it, and what it cannot. */
export interface HousePage {
  title: string; note: string | null; rules: string[]; people: number; capacity: number; founded: number; postLimit: number; members: Person[]; stewards: Person[];
  reads: { can: string[]; cannot: string[] };
}

/** Somebody's place in the tree of invites. Times in ms; `suspended` and `leaving` until when. */
export interface Place extends Person { role: 'steward' | 'member'; joinedAt: number; invitedBy: string | null; suspended?: number; leaving?: number }

/** What stewards do, as the open log counts it. */
export type ActKind = 'report' | 'none' | 'hide' | 'show' | 'warn' | 'suspend' | 'lift' | 'expel' | 'keep' | 'role' | 'unshelve';

/** A month (YYYY-MM) of the open log. */
export interface ActMonth { month: string; counts: Partial<Record<ActKind, number>> }

/** What the stewards have to tell one. `by` null: whoever sits at the machine; `about`: a post's key, or the act that answered a report. */
export interface Notice {
  id: string; kind: 'hidden' | 'shown' | 'warned' | 'suspended' | 'lifted' | 'expelled' | 'kept' | 'steward' | 'member' | 'answered' | 'answered-service' | 'offered' | 'restored' | 'let-in' | 'came-in' | 'guessed';
  at: number; by: Person | null; about: string | null; words: string | null; until: number | null;
}

/** A post that the house does not show. */
export interface HiddenPost extends Ref { at: number; person: Person; by: Person | null }

/** Somebody who would like to live here; `invite`: the one that was made for them. */
export interface Waiter { id: string; name: string; words: string; contact: string; at: number; invite: string | null }

/** One finding about the house: `code` is what it is, `facts` the numbers and names that a sentence needs (bytes, ms, counts). */
export interface HealthTile {
  kind: 'disk' | 'memory' | 'descriptors' | 'clock' | 'queue' | 'certificate' | 'dns' | 'ports' | 'backup';
  state: 'good' | 'watch' | 'act'; code: string; facts: Readonly<Record<string, string | number>>;
}

/** A way in for somebody; `expires` in ms. */
export interface WayIn { url: string; reach: 'this-machine' | 'network' | 'internet'; expires: number }

/** The care of a house: what everybody may ask of its stewards, and what those do. */
export const care = (send: Send) => ({
  /** The house in full. */
  page: (options?: CallOptions) => send<HousePage>('/house/page', options),
  /** Who invited whom: all of it for stewards, one's own line for members. */
  people: (options?: CallOptions) => send<{ people: Place[] }>('/house/people', options),
  /** What stewards did, by month, without names. */
  actions: (options?: CallOptions) => send<{ months: ActMonth[] }>('/house/actions', options),
  /** What the stewards have to tell one, the newest first. */
  notices: (options?: CallOptions) => send<{ notices: Notice[] }>('/me/notices', options),
  /** Puts one away. */
  dropNotice: (id: string, options?: CallOptions) => send<void>(path('me', 'notices', id), { ...options, method: 'DELETE' }),
  /** Reports a post, a person or a service, with what one can read of it; `withLog`: with what the service did in seven days. 409 `only_steward`, `too_many_reports`. */
  report: (input: { about: ReportAbout; reason: ReportReason; words?: string; alsoHide?: boolean; withLog?: boolean }) => send<{ report: string }>('/house/reports', { method: 'POST', body: input }),
  /** Steward: what waits, or was answered. */
  reports: (state: 'open' | 'done', options?: CallOptions) => send<{ reports: Report[] }>(withQuery('/house/reports', { state }), options),
  /** Steward: answers a report. 409 `report_answered`, `is_steward`. */
  answer: (id: string, how: { act: ReportAct; words?: string; days?: number }) => send<void>(path('house', 'reports', id, 'answer'), { method: 'POST', body: how }),
  /** Steward: how the house is. */
  health: (options?: CallOptions) => send<{ tiles: HealthTile[] }>('/house/health', options),
  /** Steward: what the house does not show. */
  hidden: (options?: CallOptions) => send<{ hidden: HiddenPost[] }>('/house/hidden', options),
  /** Steward: hides a post from all but its author and the stewards. */
  hide: ({ persona, key }: Ref, words?: string) => send<void>(path('house', 'hidden', persona, key), { method: 'PUT', body: words ? { words } : {} }),
  /** Steward: shows it again. */
  show: ({ persona, key }: Ref) => send<void>(path('house', 'hidden', persona, key), { method: 'DELETE' }),
  /** Steward: makes somebody a steward, or a member again. 409 `last_steward`. */
  setRole: (persona: string, role: 'steward' | 'member') => send<void>(path('house', 'people', persona, 'role'), { method: 'PUT', body: { role } }),
  /** Steward: suspends somebody until then (ms), or for a week. */
  suspend: (persona: string, how: { until?: number; words?: string } = {}) => send<{ until: number }>(path('house', 'people', persona, 'suspended'), { method: 'PUT', body: how }),
  endSuspension: (persona: string) => send<void>(path('house', 'people', persona, 'suspended'), { method: 'DELETE' }),
  /** Steward: lets somebody go with their pod after so many days. */
  expel: (persona: string, how: { days: number; words?: string }) => send<{ until: number }>(path('house', 'people', persona, 'expel'), { method: 'POST', body: how }),
  keep: (persona: string) => send<void>(path('house', 'people', persona, 'expel'), { method: 'DELETE' }),
  /** Steward: makes a way in for a member who lost their passphrase, good once and for a day. 409 `is_steward`. */
  letIn: (persona: string) => send<WayIn>(path('house', 'people', persona, 'access'), { method: 'POST', body: {} }),
  /** Steward: which version runs, and what there is to go back to (until then, ms). */
  program: (options?: CallOptions) => send<{ version: string; before: { program: string; until: number } | null }>('/house/program', options),
  /** Steward: goes back to it; the house closes. 404 `nothing_before`. */
  goBack: () => send<void>('/house/program/back', { method: 'POST', body: {} }),
  /** Leaves one's name where the house is full. 409 `not_full`, `waiting_full`. */
  wait: (input: { name: string; words: string; contact: string }) => send<void>('/house/waiting', { method: 'POST', body: input }),
  /** Steward: who waits. */
  waiting: (options?: CallOptions) => send<{ waiting: Waiter[] }>('/house/waiting', options),
  /** Steward: makes an invite for one of them. 409 `house_full`. */
  inviteWaiter: (id: string) => send<NewInvite>(path('house', 'waiting', id, 'invite'), { method: 'POST', body: {} }),
  dropWaiter: (id: string) => send<void>(path('house', 'waiting', id), { method: 'DELETE' }),
});
