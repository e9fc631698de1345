import { blobPath, data, eventsOf, watchPath, type Collection, type DataEvent, type Watched } from './data.ts';
import { care } from './care.ts';
import { backups } from './backups.ts';
import { imports } from './imports.ts';
import { jobs } from './jobs.ts';
import { keys } from './keys.ts';
import { images } from './pictures.ts';
import { later } from './later.ts';
import { posting } from './posting.ts';
import { reading } from './reading.ts';
import { services } from './services.ts';
import { makeOpen, makeSend, path, withQuery, type CallOptions, type ClientOptions, type Send } from './request.ts';
import type {
  AppAsk, AppConsent, AppRequest,
  AccessLog, Account, Audience, Blocked, Devices, Follower, Following, FollowRequest, Health, House, Invite, InvitePreview, Join, Me, Network, NewInvite, News, NewsKind,
  MeetingCode, NewsSettings, Page, PageQuery, Passkey, PostItem, Profile, ProfileWish, PublicFace, Ref, RepairChoice, Repairs, Setup, SignedIn, Thread, Ticket, Token, Version, WholeProfile,
} from './types.ts';

const house = (send: Send) => ({
  /** The house as anyone may see it. */
  get: (options?: CallOptions) => send<House>('/house', options),
  /** Keeps a device key for a pod to come, for a setup code or an invite. */
  prepare: (by: { code: string } | { invite: string }) => send<Ticket>('/house/prepare', { method: 'POST', body: by }),
  /** Founds the house; signs in. 401 `code_wrong`, 409 when it is founded already. */
  setup: (input: Setup) => send<SignedIn>('/house/setup', { method: 'POST', body: input }),
  /** Joins by invite; signs in. 409 `house_full` or `handle_taken`, 404 `invite_unknown`, 410 `invite_ended`. */
  join: (input: Join) => send<SignedIn>('/house/join', { method: 'POST', body: input }),
  /** Steward: changes name, note, rules, how many bytes of files a pod may keep, how many characters a post may have, whether it has a front page. */
  settings: (change: { title?: string; note?: string; rules?: string[]; blobBytes?: number; postLimit?: number; front?: boolean }) => send<House>('/house/settings', { method: 'PUT', body: change }),
  /** Addresses of the house. */
  network: (options?: CallOptions) => send<Network>('/house/network', options),
  /** Steward: opens or closes the local network. */
  setNetwork: (lan: boolean) => send<Network>('/house/network', { method: 'PUT', body: { lan } }),
  /** Steward: the house's own 24 words, until they are confirmed. 404 `kit_gone`. */
  kit: () => send<{ words: string[] }>('/house/kit'),
  /** Steward: the words are written down; the house forgets them. */
  endKit: () => send<void>('/house/kit', { method: 'DELETE' }),
});

const invites = (send: Send) => ({
  /** What an invite page shows. 404 `invite_unknown`, 410 `invite_ended`. */
  preview: (invite: string, options?: CallOptions) => send<InvitePreview>(path('house', 'invites', invite), options),
  /** Makes one; `hours` until it ends. */
  make: (input: { uses?: number; hours?: number; note?: string } = {}) => send<NewInvite>('/house/invites', { method: 'POST', body: input }),
  /** One's own, or all for the steward. */
  list: (options?: CallOptions) => send<{ invites: Invite[] }>('/house/invites', options),
  /** Ends one. */
  end: (invite: string) => send<void>(path('house', 'invites', invite), { method: 'DELETE' }),
});

const sessions = (send: Send) => ({
  /** Signs in. 401 `wrong_passphrase`, 429 when tried too often. */
  start: (input: { handle: string; passphrase: string; label?: string }) => send<SignedIn>('/sessions', { method: 'POST', body: input }),
  /** For whom a way in is that a steward made, and going in by it with a new passphrase. 404 `way_unknown`. */
  way: (way: string, options?: CallOptions) => send<{ handle: string; name: string }>('/sessions/way/look', { ...options, method: 'POST', body: { way } }),
  byWay: (input: { way: string; passphrase: string; label?: string }) => send<SignedIn>('/sessions/way', { method: 'POST', body: input }),
  /** Looks around in a made-up house, reading alone; signs in. 404 `no_guests` in every other. */
  lookAround: () => send<SignedIn>('/sessions/guest', { method: 'POST', body: {} }),
  /** Who is signed in at this browser; `current` acts there now. */
  here: () => send<{ accounts: Account[] }>('/sessions/here'),
  /** Goes on as somebody else who is signed in at this browser. 404 `session_unknown`. */
  goOn: (persona: string) => send<void>('/sessions/here', { method: 'PUT', body: { persona } }),
  /** Ends a session, by default this one. */
  end: (id = 'current') => send<void>(path('sessions', id), { method: 'DELETE' }),
});

const me = (send: Send) => ({
  /** Who is signed in. 401 when nobody is. */
  get: (options?: CallOptions) => send<Me>('/me', options),
  /** Keys and sessions. */
  devices: (options?: CallOptions) => send<Devices>('/me/devices', options),
  /** Tokens made for one's own scripts; what each may do and when it was last used. */
  tokens: (options?: CallOptions) => send<{ tokens: Token[] }>('/me/tokens', options),
  /** Makes one: for some services or all (null), for reading only or writing too, for some days or for good. `token` is shown this once. */
  makeToken: (wish: { label: string; services: string[] | null; write: boolean; days?: number | null }) => send<Token & { token: string }>('/me/tokens', { method: 'POST', body: wish }),
  /** Ends one, and what it has open, at once. */
  endToken: (id: string) => send<void>(path('me', 'tokens', id), { method: 'DELETE' }),
  /** What an app of a service asks for, to be shown before it is let in. */
  appRequest: (ask: AppAsk) => send<AppRequest>('/oauth/request', { method: 'POST', body: ask }),
  /** Lets an app in, or not; where its page goes on. */
  answerApp: (ask: AppAsk, allow: boolean) => send<{ redirect: string }>('/oauth/authorize', { method: 'POST', body: { ...ask, allow } }),
  /** Apps of services that one let in. */
  apps: (options?: CallOptions) => send<{ apps: AppConsent[] }>('/me/apps', options),
  /** Lets one in no more: its very next request is refused. */
  endApp: (id: string) => send<void>(path('me', 'apps', id), { method: 'DELETE' }),
  /** Who had what of one's pod, and who was refused: the newest days, or those `before` one (YYYY-MM-DD). */
  log: (page: { before?: string; days?: number } = {}, options?: CallOptions) => send<AccessLog>(withQuery('/me/log', { ...page }), options),
  /** For how many days the log is kept, 7 to 3650. */
  keepLog: (keepDays: number) => send<{ keepDays: number }>('/me/log/settings', { method: 'PUT', body: { keepDays } }),
  /** Address of the file with all that is one's own here (JSON Lines, spec/export.md). */
  exportUrl: '/me/export',
  /** The same packed, with pictures as files, to look into. */
  zipUrl: '/me/export?form=zip',
  /** What waits for a decision: two versions of one record, records that could not come in. */
  repairs: (options?: CallOptions) => send<Repairs>('/me/repairs', options),
  /** Decides one. 409 `bad_choice`, 404 `repair_unknown`. */
  repair: (id: string, choose: RepairChoice) => send<{ left: number }>(path('me', 'repairs', id), { method: 'POST', body: { choose } }),
  /** What of oneself is shown to whoever has no account here. */
  publicFace: (options?: CallOptions) => send<PublicFace>('/me/public', options),
  setPublicFace: (face: PublicFace) => send<PublicFace>('/me/public', { method: 'PUT', body: face }),
  /** Says that the recovery words are written down. */
  wordsWritten: () => send<void>('/me/words', { method: 'PUT', body: { written: true } }),
});

const passkeys = (send: Send) => ({
  list: (options?: CallOptions) => send<{ passkeys: Passkey[] }>('/me/passkeys', options),
  /** Options for `PublicKeyCredential.parseCreationOptionsFromJSON`. 409 `passkeys_not_here`, `passkeys_full`. */
  options: () => send<Record<string, unknown>>('/me/passkeys/options', { method: 'POST', body: {} }),
  /** Hands in what the browser made (`toJSON`). 400 `bad_passkey`, 409 `passkey_known`, 410 `challenge_ended`. */
  add: (response: unknown, label: string) => send<Omit<Passkey, 'used'>>('/me/passkeys', { method: 'POST', body: { response, label } }),
  remove: (id: string) => send<void>(path('me', 'passkeys', id), { method: 'DELETE' }),
  /** Options for `PublicKeyCredential.parseRequestOptionsFromJSON`, the same for everybody. 409 `passkeys_not_here`. */
  enterOptions: (options?: CallOptions) => send<Record<string, unknown>>('/sessions/passkey/options', { ...options, method: 'POST', body: {} }),
  /** Signs in. 401 `passkey_wrong`, 410 `challenge_ended`. */
  enter: (response: unknown, label?: string) => send<SignedIn>('/sessions/passkey', { method: 'POST', body: { response, ...(label && { label }) } }),
});

const people = (send: Send) => ({
  /** Takes a picture in for one's profile. */
  sendImage: images(send, 'people'),
  /** Everyone in the house. */
  list: (options?: CallOptions) => send<{ people: Profile[] }>('/people', options),
  /** One person, by persona id or handle. */
  get: (who: string, options?: CallOptions) => send<WholeProfile>(path('people', who), options),
  /** Changes one's own profile; what is left out stays, but for `bio`. */
  setProfile: (profile: ProfileWish) => send<WholeProfile>('/people/profile', { method: 'PUT', body: profile }),
  /** Has the house look whether the page that a line names (the first is 0) links back with rel=me. 409 `no_link_back`, 503 `page_unreachable`, 429 `too_many_checks`. */
  verifyField: (n: number) => send<WholeProfile>(path('people', 'profile', 'fields', String(n), 'verify'), { method: 'POST', body: {} }),
  /** What one shows to somebody in the same room. */
  code: (options?: CallOptions) => send<MeetingCode>('/people/profile/code', options),
  /** One met somebody and saw this head of their key log on their own screen. 409 `key_differs`. */
  verify: (persona: string, key: string) => send<{ at: number; key: string }>(path('people', persona, 'verified'), { method: 'PUT', body: { key } }),
  unverify: (persona: string, options?: CallOptions) => send<void>(path('people', persona, 'verified'), { ...options, method: 'DELETE' }),
  /** Calls somebody by a name of one's own, which nobody else sees. */
  setPetname: (persona: string, petname: string) => send<{ petname: string }>(path('people', persona, 'petname'), { method: 'PUT', body: { petname } }),
  dropPetname: (persona: string, options?: CallOptions) => send<void>(path('people', persona, 'petname'), { ...options, method: 'DELETE' }),
  /** Follows, or asks to, if they are locked. */
  follow: (persona: string) => send<Following>(path('people', persona, 'follow'), { method: 'PUT' }),
  /** Follows no more, or takes the request back. */
  unfollow: (persona: string, options?: CallOptions) => send<Following>(path('people', persona, 'follow'), { ...options, method: 'DELETE' }),
  /** Who asks to follow. */
  requests: (options?: CallOptions) => send<{ requests: FollowRequest[] }>('/people/requests', options),
  /** Lets somebody follow. 404 `request_unknown`. */
  accept: (persona: string) => send<{ accepted: true }>(path('people', 'requests', persona), { method: 'PUT' }),
  /** Lets a request go; they are not told. */
  decline: (persona: string, options?: CallOptions) => send<void>(path('people', 'requests', persona), { ...options, method: 'DELETE' }),
  /** Who follows. */
  followers: (options?: CallOptions) => send<{ people: Follower[] }>('/people/followers', options),
  /** Somebody follows no more, and is not close; they are not told. */
  removeFollower: (persona: string, options?: CallOptions) => send<void>(path('people', 'followers', persona), { ...options, method: 'DELETE' }),
  /** Calls somebody close: they read what is for close people and for followers. They are not told. */
  close: (persona: string) => send<{ close: boolean }>(path('people', persona, 'close'), { method: 'PUT' }),
  notClose: (persona: string, options?: CallOptions) => send<{ close: boolean }>(path('people', persona, 'close'), { ...options, method: 'DELETE' }),
  /** Blocks: both are absent to each other from now on, and neither follows the other. They are not told. */
  block: (persona: string, options?: CallOptions) => send<{ blocked: boolean }>(path('people', persona, 'block'), { ...options, method: 'PUT' }),
  unblock: (persona: string, options?: CallOptions) => send<{ blocked: boolean }>(path('people', persona, 'block'), { ...options, method: 'DELETE' }),
  /** Keeps somebody's posts out of one's timelines and news, until a time (ms) or for good. Only oneself knows. */
  mute: (persona: string, until?: number, options?: CallOptions) =>
    send<{ muted: boolean; until: number | null }>(path('people', persona, 'mute'), { ...options, method: 'PUT', body: until === undefined ? {} : { until } }),
  unmute: (persona: string, options?: CallOptions) => send<{ muted: boolean; until: number | null }>(path('people', persona, 'mute'), { ...options, method: 'DELETE' }),
  /** Whom one has blocked and muted. */
  blocked: (options?: CallOptions) => send<Blocked>('/people/blocked', options),
});

const microblog = (send: Send) => ({
  ...reading(send),
  /** Takes a picture in for a post. */
  sendImage: images(send, 'microblog'),
  /** Own posts, those of the people one follows, and what these pass on; `boosts` and `replies` unless false. */
  home: (query: PageQuery & { boosts?: boolean; replies?: boolean } = {}, options?: CallOptions) => {
    const { boosts, replies, ...page } = query;
    return send<Page>(withQuery('/microblog/home', { ...page, boosts: boosts === false ? 0 : undefined, replies: replies === false ? 0 : undefined }), options);
  },
  /** Posts of everyone in the house. */
  house: (query: PageQuery = {}, options?: CallOptions) => send<Page>(withQuery('/microblog/house', { ...query }), options),
  /** One person's posts; `replies` adds their answers to others, `media` asks for those with pictures alone. */
  by: (persona: string, query: PageQuery & { replies?: boolean; media?: boolean } = {}, options?: CallOptions) => {
    const { replies, media, ...page } = query;
    return send<Page>(withQuery(path('microblog', 'by', persona), { ...page, replies: replies ? 1 : undefined, media: media ? 1 : undefined }), options);
  },
  /** A conversation around one post, in the order of reading: `first` posts (50) behind that one, then a page `after` what `next` says. */
  thread: (post: Ref, part: { first?: number; after?: string } = {}, options?: CallOptions) => send<Thread>(withQuery(path('microblog', 'thread', post.persona, post.key), part), options),
  /** Posts by a route and a body as they are, for what was kept and is sent later. */
  postAs: (to: '/microblog/posts' | '/microblog/threads' | '/microblog/scheduled', body: unknown, idempotencyKey: string, options?: CallOptions) =>
    send<unknown>(to, { ...options, method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } }),
  /** Says anew who may read one's own post. */
  setAudience: (key: string, audience: Audience) => send<PostItem>(path('microblog', 'posts', key, 'audience'), { method: 'PUT', body: { audience } }),
  /** Earlier wordings of a post, newest first. */
  versions: (post: Ref, options?: CallOptions) => send<{ versions: Version[] }>(path('microblog', 'posts', post.persona, post.key, 'versions'), options),
  /** Erases the earlier wordings of one's own post. */
  forgetVersions: (key: string) => send<void>(path('microblog', 'posts', key, 'versions'), { method: 'DELETE' }),
  /** Keeps somebody's reply under one's own post no more; they are not told. */
  removeKept: (reply: Ref, options?: CallOptions) => send<void>(path('microblog', 'replies', reply.persona, reply.key), { ...options, method: 'DELETE' }),
  remove: (key: string, options?: CallOptions) => send<void>(path('microblog', 'posts', key), { ...options, method: 'DELETE' }),
});

const news = (send: Send) => ({
  /** What happened to one's posts and who follows one, newest first. */
  list: ({ kinds, ...query }: { before?: string; first?: number; kinds?: NewsKind[] } = {}, options?: CallOptions) =>
    send<News>(withQuery('/news', { ...query, kinds: kinds?.join(',') }), options),
  /** Everything up to this cursor (`News.newest`) is read. It never goes back. */
  read: (upTo: string) => send<{ unread: number }>('/news/read', { method: 'PUT', body: { upTo } }),
  settings: (options?: CallOptions) => send<NewsSettings>('/news/settings', options),
  /** Says what is wanted from now on; quiet hours stay without `quiet`. */
  setSettings: (wanted: Omit<NewsSettings, 'quiet'> & Partial<Pick<NewsSettings, 'quiet'>>) => send<NewsSettings>('/news/settings', { method: 'PUT', body: wanted }),
});

/** Every route of a house, typed. All methods throw `ApiError`. */
export function createClient(options: ClientOptions = {}) {
  const send = makeSend(options);
  const open = makeOpen(options);
  return {
    /** Health of the process. */
    health: () => send<Health>('/healthz'),
    house: house(send), care: care(send), invites: invites(send), sessions: sessions(send), me: me(send), jobs: jobs(send), backups: backups(send), imports: imports(send), services: services(send), keys: keys(send), passkeys: passkeys(send), people: people(send), microblog: { ...microblog(send), ...posting(send) }, later: later(send), news: news(send),
    data: {
      ...data(send),
      /** Address of a file that a record names, for a picture or a film on a page. */
      blobUrl: (where: Collection, key: string, blob: string): string => (options.base ?? '') + blobPath(where, key, blob),
      /** Tells of the records of some collections: what there is, `ready`, what happens. Ends when the house ends it; come back with the last id. */
      async* watch(watched: Watched, options?: CallOptions): AsyncGenerator<DataEvent> { yield* eventsOf(await open(watchPath(watched), options)); },
    },
    /** Address of the event stream (`text/event-stream`): see `LiveEvents`. */
    liveUrl: `${options.base ?? ''}/live`,
  };
}

/** What `createClient` makes. */
export type Client = ReturnType<typeof createClient>;
