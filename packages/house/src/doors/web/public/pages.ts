import { face, pictureOf } from './figures.ts';
import { page, type Frame } from './layout.ts';
import { markup, type Markup, type Part } from './markup.ts';
import { addressOf, article, beginning, gist, homeOf, imageOf, linked, type Showing } from './post.ts';
import type { PublicPage, PublicPost, Resident } from './read.ts';

/** A page and whether search engines may list it. */
export interface Made { html: string; listed: boolean }

const everyoneListed = (people: readonly Resident[]): boolean => people.every(({ listed }) => listed);
/** Everybody whose words stand in these posts: a page may be listed when each of them wants to be. */
const speakers = (posts: readonly PublicPost[]): Resident[] => posts.flatMap((post) => [post.by, ...(post.quoted ? [post.quoted.by] : [])]);

const older = (path: string, next: string | null, { words }: Showing, isFirst: boolean): Part => (next !== null || !isFirst) && markup`<nav class="pages">${
  !isFirst && markup`<a class="btn" href="${path}">${words.newest}</a>`}${next !== null && markup`<a class="btn" rel="next nofollow" href="${path}?before=${next}">${words.more}</a>`}</nav>`;

const list = (posts: readonly PublicPost[], showing: Showing): Part =>
  (posts.length === 0 ? markup`<p class="empty">${showing.words.empty}</p>` : markup`<ol class="feed">${posts.map((post) => markup`<li>${article(post, showing)}</li>`)}</ol>`);

const SAFE = /^https:\/\/[^\s<>"]+$/i;

function fieldLines({ fields = [] }: Resident, { words, residentOf }: Showing): Part {
  if (fields.length === 0) return null;
  return markup`<dl class="lines">${fields.map(({ name, value, verifiedAt }) => markup`<div><dt dir="auto">${name}</dt><dd dir="auto">${
    SAFE.test(value) && URL.canParse(value) ? markup`<a href="${value}" rel="me nofollow noopener">${value.replace(/^https:\/\//i, '')}</a>` : linked(value, residentOf)}${
    verifiedAt !== undefined && markup` <span class="proved">✓ ${words.proved}</span>`}</dd></div>`)}</dl>`;
}

const bannerOf = ({ persona, banner }: Resident): Part => banner && markup`<img class="banner" src="/pods/${persona}/people/profile/self/blobs/${banner.full}" width="${banner.width}" height="${banner.height}" alt="${banner.alt ?? ''}">`;

/** Somebody's page: who they are, and their posts. */
export function profilePage(frame: Frame, showing: Showing, person: Resident, { posts, next }: PublicPage, isFirst: boolean): Made {
  const { words } = frame;
  const path = homeOf(person);
  const picture = pictureOf(person);
  const listed = isFirst && person.listed && everyoneListed(speakers(posts));
  const html = page(frame, {
    title: `${person.name} (@${person.handle})`, description: person.bio === null ? `${words.posts}: ${person.name}` : beginning(person.bio, 200), path, kind: 'profile', listed,
    image: picture === null ? null : { url: picture, alt: person.name }, feed: { path: `${path}/feed`, title: person.name },
  }, markup`<section class="card">${bannerOf(person)}<div class="prof${person.banner && ' over'}">${face(person, 96, true)}
<h1 dir="auto">${person.name}</h1><p class="dim">@${person.handle}</p>
${person.bio !== null && markup`<p class="bio text" dir="auto">${linked(person.bio, showing.residentOf)}</p>`}${fieldLines(person, showing)}
<p class="feeds"><span class="dim">${words.feeds}:</span> <a href="${path}/feed.atom">Atom</a> <a href="${path}/feed.rss">RSS</a></p></div></section>
<section class="card" aria-labelledby="posts"><h2 id="posts">${words.posts}</h2>${list(posts, showing)}</section>${older(path, next, showing, isFirst)}`);
  return { html, listed };
}

interface Branch { post: PublicPost; answers: Branch[] }

function branchesOf(posts: readonly PublicPost[]): Branch[] {
  const all = new Map(posts.map((post): [string, Branch] => [`${post.persona}/${post.key}`, { post, answers: [] }]));
  const tops: Branch[] = [];
  for (const branch of all.values()) {
    const { replyTo } = branch.post.body;
    const parent = replyTo && all.get(`${replyTo.persona}/${replyTo.key}`);
    (parent && parent !== branch ? parent.answers : tops).push(branch);
  }
  return tops;
}

/** Steps in that a conversation makes; deeper answers stand below one another. */
const STEPS = 4;

function branch({ post, answers }: Branch, focus: string, showing: Showing, depth: number): Markup {
  const orphan = post.body.replyTo && depth === 0 && markup`<p class="missing">${showing.words.missing}</p>`;
  const below = answers.map((one) => branch(one, focus, showing, depth + 1));
  return markup`<li>${orphan}${article(post, showing, post.key === focus)}${answers.length > 0 && markup`<ol class="branch${depth >= STEPS && ' flat'}">${below}</ol>`}</li>`;
}

/** A conversation, around one post of it. */
export function threadPage(frame: Frame, showing: Showing, focus: PublicPost, posts: readonly PublicPost[]): Made {
  const { words } = frame;
  const listed = everyoneListed(speakers(posts));
  const image = focus.body.warning === undefined ? focus.body.images?.[0] : undefined;
  const html = page(frame, {
    title: `${focus.by.name}: ${beginning(gist(focus, words), 60)}`, description: beginning(gist(focus, words), 300), path: addressOf(focus), kind: 'article', listed, published: focus.body.createdAt,
    image: image ? { url: imageOf(focus, image.full), alt: image.alt ?? words.picture, width: image.width, height: image.height } : null,
    feed: { path: `${homeOf(focus.by)}/feed`, title: focus.by.name },
  }, markup`<h1 class="vh">${words.by(focus.by.name)}</h1><section class="card"><ol class="feed thread">${branchesOf(posts).map((one) => branch(one, focus.key, showing, 0))}</ol></section>`);
  return { html, listed };
}

/** The page of the house itself: its name, who wants to be named, and what they said last. */
export function frontPage(frame: Frame, showing: Showing, people: readonly Resident[], { posts, next }: PublicPage, isFirst: boolean): Made {
  const { house, words } = frame;
  const listed = isFirst && people.length > 0 && everyoneListed([...people, ...speakers(posts)]);
  const html = page(frame, { title: words.posts, description: house.note ?? house.title, path: '/', kind: 'website', listed }, markup`<section class="card prof">
<h1 dir="auto">${house.title}</h1>${house.note !== null && markup`<p class="text" dir="auto">${linked(house.note, showing.residentOf)}</p>`}
${people.length > 0 && markup`<h2 class="vh">${words.people}</h2><ul class="folk">${people.map((one) => markup`<li><a href="${homeOf(one)}">${face(one, 44)}<span><bdi>${one.name}</bdi></span></a></li>`)}</ul>`}</section>
<section class="card" aria-labelledby="posts"><h2 id="posts">${words.posts}</h2>${list(posts, showing)}</section>${older('/', next, showing, isFirst)}`);
  return { html, listed };
}

/** What is not there, and what is not for everyone: the same page. */
export const gonePage = (frame: Frame): string =>
  page(frame, null, markup`<section class="card prof"><h1>${frame.words.gone}</h1><p>${frame.words.goneText}</p><p><a class="btn fill" href="?login" rel="nofollow">${frame.words.login}</a></p></section>`);

