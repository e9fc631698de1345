import { quoted } from './names.ts';
import type { Access, AccessGlossary } from './glossary.ts';
import { late } from './late.ts';

/** Names of the records of a collection: one, many, and whether there is only one of it. */
interface Things { one: string; many: string; single?: boolean }

const THINGS: { readonly [place: string]: Things } = {
  'microblog.posts': { one: 'post', many: 'posts' },
  'microblog.post_versions': { one: 'earlier wording of a post', many: 'earlier wordings of posts' },
  'microblog.replies': { one: 'answer that you keep', many: 'answers that you keep' },
  'microblog.moves': { one: 'note about a changed audience', many: 'notes about changed audiences' },
  'microblog.likes': { one: 'like', many: 'likes' },
  'microblog.reactions': { one: 'like, boost or quote that you got', many: 'likes, boosts and quotes that you got' },
  'microblog.boosts': { one: 'boost', many: 'boosts' },
  'microblog.unquoted': { one: 'quote that you withdrew from', many: 'quotes that you withdrew from' },
  'microblog.votes': { one: 'vote', many: 'votes' },
  'microblog.ballots': { one: 'vote that you got', many: 'votes that you got' },
  'microblog.pins': { one: 'choice of pinned posts', many: 'choice of pinned posts', single: true },
  'microblog.bookmarks': { one: 'bookmark', many: 'bookmarks' },
  'microblog.lists': { one: 'list of people', many: 'lists of people' },
  'microblog.filters': { one: 'word filter', many: 'word filters' },
  'microblog.mutes': { one: 'muted conversation', many: 'muted conversations' },
  'microblog.choices': { one: 'choices about posts', many: 'choices about posts', single: true },
  'microblog.drafts': { one: 'draft', many: 'drafts' },
  'microblog.scheduled': { one: 'post that waits for its time', many: 'posts that wait for their time' },
  'microblog.marks': { one: 'reading mark', many: 'reading mark', single: true },
  'people.profile': { one: 'profile', many: 'profile', single: true },
  'people.links': { one: 'link to people', many: 'links to people' },
  'people.followers': { one: 'follower', many: 'followers' },
  'people.asked': { one: 'request to follow', many: 'requests to follow' },
  'people.requests': { one: 'request from others', many: 'requests from others' },
  'people.accepted': { one: 'answer to a request', many: 'answers to requests' },
  'news.state': { one: 'reading mark', many: 'reading mark', single: true },
};

/** What others do in a pod that has a verb of its own: done once, done often, tried. */
const ACTS: { readonly [act: string]: readonly [once: string, often: string, tried: string] } = {
  'microblog.replies.add': ['answered a post of yours', 'answered posts of yours, {n} times', 'answer a post of yours'],
  'microblog.replies.remove': ['took back an answer', 'took back {n} answers', 'take back an answer'],
  'microblog.moves.add': ['told you that a post has other readers now', 'told you of {n} posts that have other readers now', 'tell you about a post'],
  'microblog.moves.remove': ['took back a note about a post', 'took back {n} notes about posts', 'take back a note about a post'],
  'microblog.reactions.add': ['liked, boosted or quoted a post of yours', 'liked, boosted or quoted posts of yours, {n} times', 'like, boost or quote a post of yours'],
  'microblog.reactions.remove': ['took back a like, boost or quote', 'took back {n} likes, boosts or quotes', 'take back a like, boost or quote'],
  'microblog.ballots.add': ['voted in a poll of yours', 'voted in polls of yours, {n} times', 'vote in a poll of yours'],
  'microblog.ballots.remove': ['took back a vote', 'took back {n} votes', 'take back a vote'],
  'people.followers.add': ['began to follow you', 'began to follow you, {n} times', 'follow you'],
  'people.followers.remove': ['stopped following you', 'stopped following you, {n} times', 'stop following you'],
  'people.requests.add': ['asked to follow you', 'asked to follow you, {n} times', 'ask to follow you'],
  'people.requests.remove': ['took back the request to follow you', 'took back {n} requests to follow you', 'take back a request to follow you'],
  'people.accepted.add': ['let you follow', 'let you follow, {n} times', 'let you follow'],
  'people.accepted.remove': ['lets you follow no more', 'took back a yes, {n} times', 'take back that you may follow'],
  'house.session.add': ['logged in as you', 'logged in as you, {n} times', 'log in as you'],
  'house.invite.add': ['used an invite', 'used invites, {n} times', 'guess an invite of this house'],
  'house.hidden.change': ['hid a post of yours in this house', 'hid {n} posts of yours in this house', 'hide a post of yours'],
  'house.shown.change': ['showed a hidden post of yours again', 'showed {n} hidden posts of yours again', 'show a post of yours again'],
  'house.suspended.change': ['suspended you', 'suspended you, {n} times', 'suspend you'],
  'house.lifted.change': ['let you write again', 'let you write again, {n} times', 'let you write again'],
  'house.expelled.change': ['asked you to leave this house', 'asked you to leave this house, {n} times', 'ask you to leave this house'],
  'house.restored.change': ['put your pod back as a backup had it', 'put your pod back as a backup had it, {n} times', 'put your pod back'],
  'house.let-in.change': ['made a way in for you', 'made ways in for you, {n} times', 'make a way in for you'],
  'house.house.add': ['opened this house', 'opened this house, {n} times', 'guess the code that founds this house'],
};

const own = <V>(of: { readonly [name: string]: V }, name: string): V | undefined => Object.hasOwn(of, name) ? of[name] : undefined;
const digits = late<number>(() => new Intl.NumberFormat('en'));
const plain = (name: string): string => name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

function thingsOf({ service, collection, label }: Pick<Access, 'service' | 'collection' | 'label'>): Things {
  const place = `${service}.${collection}`;
  if (Object.hasOwn(THINGS, place)) return THINGS[place]!;
  if (label) return label;
  const many = plain(collection) || 'data';
  return { one: many, many };
}

/** "3 of your posts", "one of your posts", "your profile". */
function some(things: Things, n: number): string {
  if (things.single) return `your ${things.one}`;
  return n === 1 ? `one of your ${things.many}` : `${digits.format(n)} of your ${things.many}`;
}

const times = (things: Things, n: number): string => things.single && n > 1 ? `, ${digits.format(n)} times` : '';

/** ", 3 times" where it was more than once. */
const again = (n: number): string => n === 1 ? '' : `, ${digits.format(n)} times`;

/** What was done, by verb. */
const DONE: { readonly [verb: string]: (things: Things, n: number) => string } = {
  read: (things, n) => `read ${some(things, n)}${times(things, n)}`,
  watch: (things, n) => `got ${some(things, n)} as ${n === 1 || things.single ? 'it' : 'they'} came${times(things, n)}`,
  count: ({ many }, n) => `counted your ${many}${again(n)}`,
  search: ({ many }, n) => `searched your ${many}${again(n)}`,
  add: (things, n) => things.single ? `wrote your ${things.one}` : `added ${n === 1 ? '' : `${digits.format(n)} `}to your ${things.many}`,
  change: (things, n) => `changed ${some(things, n)}${times(things, n)}`,
  remove: (things, n) => `removed ${some(things, n)}${times(things, n)}`,
};
const used = ({ many }: Things, n: number): string => `used your ${many}${again(n)}`;

const TRIED: { readonly [verb: string]: string } = { read: 'read', watch: 'follow', count: 'count', search: 'search', add: 'add to', change: 'change', remove: 'remove from' };

function what(access: Access): string {
  const { service, collection, verb, n, refused } = access;
  if (access.rule === 'more') return `did more, of many kinds: ${digits.format(n)} ${n === 1 ? 'thing' : 'things'}`;
  const act = own(ACTS, `${service}.${collection}.${verb}`);
  // One's own scripts do nothing to oneself: what they write is written as their person.
  if (act && access.who !== 'app') return refused ? act[2] : n === 1 ? act[0] : act[1].replace('{n}', digits.format(n));
  const things = thingsOf(access);
  return refused ? `${own(TRIED, verb) ?? 'use'} your ${things.many}` : (own(DONE, verb) ?? used)(things, n);
}

const MAY: { readonly [audience: string]: string } = {
  'only-me': 'Only you may read this.', close: 'People you call close may read this.', linked: 'People you have a link to may read this.',
  followers: 'Your followers may read this.', house: 'Your house may read this.', members: 'Everyone who joined may read this.', everyone: 'Everyone may read this.',
};

/** Why not, and that nothing came of it. */
const NOT: { readonly [rule: string]: string } = {
  blocked: 'You have blocked them. Nothing was given.',
  paused: 'You have paused this. Nothing was given.',
  unknown_collection: 'There is nothing of that kind here. Nothing was given.',
  no_rule: 'No rule lets them. Nothing was given.',
  narrowed: 'You have narrowed this. Nothing was given.',
  no_audience: 'It was not meant for them. Nothing was given.',
  no_field: 'They asked for a part that is not for them. Nothing was given.',
  no_offer: 'Nobody may write this but you. Nothing was changed.',
  wrong_offer: 'It was not signed as it must be. Nothing was changed.',
  wrong_key: 'They asked in the name of a service without its key. Nothing was given.',
  not_granted: 'You did not let this app have that. Nothing was given.',
  app_origin_gone: 'The service does not name this app any more. Nothing was given.',
  service_paused: 'You have paused this service. Nothing was given.',
  token_services: 'Its token is not for this. Nothing was given.',
  token_read_only: 'Its token may only read. Nothing was changed.',
  token_not_here: 'No token opens this door. Nothing was given.',
  wrong_passphrase: 'The passphrase was wrong. Nobody got in.',
  wrong_passkey: 'The passkey was wrong. Nobody got in.',
  wrong_recovery: 'The recovery words were wrong. Nobody got in.',
  recovery_unknown: 'The recovery words were wrong. Nobody got in.',
  way_unknown: 'There is no such way in. Nobody got in.',
  wrong_invite: 'There is no such invite. Nobody got in.',
  wrong_code: 'The code was wrong. Nobody got in.',
};

/** Why others may write into a pod at all. */
const WRITES: { readonly [place: string]: string } = {
  'microblog.replies': 'Whoever may read a post may answer it; you keep the answer beside it.',
  'microblog.moves': 'So that answers follow their post.',
  'microblog.reactions': 'Whoever may read a post may like it.',
  'people.followers': 'Following you needed no yes at that time.',
  'people.requests': 'Following you needs your yes.',
  'people.accepted': 'You had asked.',
  'house.hidden': 'Stewards may hide a post from the house. Your pod keeps it as it was.',
  'house.shown': 'Stewards decide what the house shows. Your pod was not changed.',
  'house.suspended': 'Stewards may do this. Your pod was not changed.',
  'house.lifted': 'Stewards may do this. Your pod was not changed.',
  'house.restored': 'You said yes, or it could not be read any more.',
  'house.let-in': 'Stewards may do this. Whoever has the way in can sign in as you, once.',
  'house.expelled': 'Stewards may do this. All that is yours goes with you.',
};

/** On what ground a service, or somebody in one that is not built in, was given something. */
function contracted({ who, service, because }: Access): string | null {
  if (who === 'service') return because ? `Its contract lets it: ${quoted(because, ['“', '”'])}` : 'Its contract lets it.';
  return service.length === 43 ? 'The contract of this service lets them.' : null;
}

function why(access: Access): string {
  const { service, collection, refused, rule, audience, who } = access;
  if (rule === 'more') return 'More than a day has lines for.';
  if (refused) return own(NOT, rule ?? '') ?? 'The rules do not allow it. Nothing was given.';
  if (audience !== null) return own(MAY, audience) ?? 'It was meant for them.';
  return who === 'app' ? service.length === 43 ? 'You let this app in.' : 'With a token that you made.' : own(WRITES, `${service}.${collection}`) ?? contracted(access) ?? 'Anybody with a name may do this.';
}

/** English. */
export const accessEn: AccessGlossary = { things: thingsOf, what, why };
