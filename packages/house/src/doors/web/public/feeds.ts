import { createHash } from 'node:crypto';
import { pictureOf } from './figures.ts';
import { markup, written, type Markup, type Part } from './markup.ts';
import { addressOf, beginning, gist, homeOf, imageOf, linked, timeTag, type Showing } from './post.ts';
import type { PublicPost, Resident } from './read.ts';

/** What a feed is made of; `bytes`: the length of a picture of a post, null where it is gone. */
export interface FeedInput { origin: string; house: string; person: Resident; posts: readonly PublicPost[]; showing: Showing; bytes(post: PublicPost, blob: string): number | null }

/** The name of something for ever: of what it is, not of where it stands. A UUID of RFC 9562, version 8, so that it is a URN. */
function nameOf(...parts: string[]): string {
  const hash = createHash('sha256').update(['commonhold/feed/1', ...parts].join('\n')).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}

interface Enclosure { url: string; type: string; length: number }

// Behind a warning there is nothing: not every reader folds.
function enclosures({ origin, bytes }: FeedInput, post: PublicPost): Enclosure[] {
  if (post.body.warning !== undefined) return [];
  return (post.body.images ?? []).flatMap(({ full }) => {
    const length = bytes(post, full);
    return length === null ? [] : [{ url: origin + imageOf(post, full), type: 'image/webp', length }];
  });
}

const nobody = (): null => null;

/** A post as the HTML of a feed; `deep`: with what it quotes. */
function htmlOf(input: FeedInput, post: PublicPost, deep = true): Markup {
  const { origin, showing: { words } } = input;
  const { body: { text, images = [], poll, warning }, quoted } = post;
  if (warning !== undefined) return markup`<p>${words.warningOf(warning)}</p>`;
  const paragraphs = text === '' ? [] : text.split(/\n{2,}/).map((one) => markup`<p>${one.split('\n').map((line, i) => markup`${i > 0 && markup`<br>`}${linked(line, nobody)}`)}</p>`);
  return markup`${paragraphs}${images.map(({ full, width, height, alt }) => markup`<p><img src="${origin}${imageOf(post, full)}" width="${width}" height="${height}" alt="${alt ?? words.picture}"></p>`)}${
    poll && markup`<ul>${poll.options.map((option) => markup`<li>${option}</li>`)}</ul>`}${deep && quotedIn(input, quoted)}`;
}

function quotedIn(input: FeedInput, quoted: PublicPost | null | undefined): Part {
  if (quoted === undefined) return null;
  if (quoted === null) return markup`<p>${input.showing.words.missing}</p>`;
  return markup`<blockquote><p><a href="${input.origin}${addressOf(quoted)}">${quoted.by.name}</a></p>${htmlOf(input, quoted, false)}</blockquote>`;
}

const changed = ({ body: { createdAt, editedAt } }: PublicPost): number => editedAt ?? createdAt;
const newest = ({ person, posts }: FeedInput): number => posts.reduce((most, post) => Math.max(most, changed(post)), person.joinedAt);
const titleOf = (post: PublicPost, { words }: Showing): string => beginning(gist(post, words), 80);
const langOf = ({ body: { lang } }: PublicPost): Part => lang !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(lang) && markup` xml:lang="${lang}"`;

/** The newest posts of somebody as Atom (RFC 4287). */
export function atom(input: FeedInput): string {
  const { origin, house, person, posts, showing } = input;
  const home = origin + homeOf(person);
  const picture = pictureOf(person);
  return written(markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${nameOf(person.persona)}</id>
<title>${person.name}</title>
<subtitle>${person.bio ?? house}</subtitle>
<updated>${timeTag(newest(input))}</updated>
<link rel="self" type="application/atom+xml" href="${home}/feed.atom"/>
<link rel="alternate" type="text/html" href="${home}"/>
${picture !== null && markup`<icon>${origin}${picture}</icon>
`}<author><name>${person.name}</name><uri>${home}</uri></author>
${posts.map((post) => markup`<entry${langOf(post)}>
<id>${nameOf(post.persona, post.key)}</id>
<title>${titleOf(post, showing)}</title>
<published>${timeTag(post.body.createdAt)}</published>
<updated>${timeTag(changed(post))}</updated>
<link rel="alternate" type="text/html" href="${origin}${addressOf(post)}"/>
${enclosures(input, post).map(({ url, type, length }) => markup`<link rel="enclosure" type="${type}" length="${length}" href="${url}"/>
`)}<content type="html">${written(htmlOf(input, post))}</content>
</entry>
`)}</feed>
`);
}

/** The same as RSS 2.0, whose items hold one picture each at most. */
export function rss(input: FeedInput): string {
  const { origin, house, person, posts, showing } = input;
  const home = origin + homeOf(person);
  return written(markup`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${person.name}</title>
<link>${home}</link>
<description>${person.bio ?? house}</description>
<lastBuildDate>${new Date(newest(input)).toUTCString()}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${home}/feed.rss"/>
${posts.map((post) => markup`<item>
<title>${titleOf(post, showing)}</title>
<link>${origin}${addressOf(post)}</link>
<guid isPermaLink="false">${nameOf(post.persona, post.key)}</guid>
<pubDate>${new Date(post.body.createdAt).toUTCString()}</pubDate>
<description>${written(htmlOf(input, post))}</description>
${enclosures(input, post).slice(0, 1).map(({ url, type, length }) => markup`<enclosure url="${url}" length="${length}" type="${type}"/>
`)}</item>
`)}</channel>
</rss>
`);
}
