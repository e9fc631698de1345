import { linkify } from '@commonhold/core';
import type { Ref } from '../ports.ts';
import { face } from './figures.ts';
import { markup, type Markup, type Part } from './markup.ts';
import type { PostBody, PublicPost, Resident } from './read.ts';
import type { Language, Words } from './words.ts';

/** What showing posts needs: the words, who else has an open page, and the time. */
export interface Showing { language: Language; words: Words; residentOf(who: string): Resident | null; now: number }

/** Address of somebody's page. */
export const homeOf = ({ handle }: Pick<Resident, 'handle'>): string => `/@${handle}`;
/** Address of a post. */
export const addressOf = ({ by, key }: Pick<PublicPost, 'by' | 'key'>): string => `${homeOf(by)}/${key}`;
/** Address of a picture of a post. */
export const imageOf = ({ persona, key }: Ref, blob: string): string => `/pods/${persona}/microblog/posts/${key}/blobs/${blob}`;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A time as text, in UTC: whoever reads it may be anywhere. */
export function timeText(ms: number, language: Language): string {
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  formats.set(language, format);
  return `${format.format(ms)} UTC`;
}

const stamps = new Map<string, Markup>();
const STAMPS = 4000;

/** A time for programs. */
export const timeTag = (ms: number): string => new Date(ms).toISOString();

// The same posts are shown again and again.
function time(ms: number, { language }: Pick<Showing, 'language'>): Markup {
  const name = `${language} ${ms}`;
  const had = stamps.get(name);
  if (had) return had;
  const made = markup`<time datetime="${timeTag(ms)}">${timeText(ms, language)}</time>`;
  if (stamps.size >= STAMPS) stamps.clear();
  stamps.set(name, made);
  return made;
}

/** The attribute of a language, where it is said. */
const langOf = (lang: string | undefined): Part => lang !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(lang) && markup` lang="${lang}"`;

/** Words with their addresses, and with the names of whose page is open, as links. */
export const linked = (text: string, residentOf: Showing['residentOf']): Part => linkify(text).map(({ text: words, href, handle }): Part => {
  if (href !== undefined) return markup`<a href="${href}" rel="nofollow noopener ugc">${words}</a>`;
  const named = handle === undefined ? null : residentOf(handle);
  return named ? markup`<a href="${homeOf(named)}">${words}</a>` : words;
});

function pictures(post: PublicPost, { words }: Showing): Part {
  const { images = [] } = post.body;
  if (images.length === 0) return null;
  return markup`<div class="pics n${images.length}">${images.map(({ full, small, width, height, alt }) =>
    markup`<a class="pic" href="${imageOf(post, full)}"><img src="${imageOf(post, images.length === 1 ? full : small ?? full)}" width="${width}" height="${height}" alt="${alt ?? words.picture}" loading="lazy" decoding="async"></a>`)}</div>`;
}

function poll({ poll: asked }: PostBody, { words, language, now }: Showing): Part {
  if (!asked) return null;
  const { options, counts = [], voters = 0, until } = asked;
  const rows = options.map((option, i) => {
    const votes = counts[i] ?? 0;
    const share = voters === 0 ? 0 : Math.round(votes / voters * 100);
    return markup`<li><span class="opt" dir="auto">${option}</span><span class="num">${words.votes(share, votes)}</span><progress max="100" value="${share}" aria-label="${option}"></progress></li>`;
  });
  const when = timeText(until, language);
  return markup`<ul class="poll" aria-label="${words.poll}">${rows}</ul><p class="dim">${words.voters(voters)} · ${until <= now ? words.ended(when) : words.until(when)}</p>`;
}

function quoted({ quoted: one }: PublicPost, showing: Showing): Part {
  if (one === undefined) return null;
  if (one === null) return markup`<p class="missing">${showing.words.missing}</p>`;
  return markup`<blockquote class="quoted" aria-label="${showing.words.quoted}"><p class="by small">${face(one.by, 24)}<a class="who" href="${homeOf(one.by)}"><bdi>${one.by.name}</bdi></a> <a class="when" href="${addressOf(one)}">${time(one.body.createdAt, showing)}</a></p>${said(one, showing, false)}</blockquote>`;
}

/** All that a post says, behind its warning where it has one. `whole`: with what it quotes. */
export function said(post: PublicPost, showing: Showing, whole = true): Markup {
  const { body } = post;
  const inside = markup`${body.text !== '' && markup`<p class="text" dir="auto"${langOf(body.lang)}>${linked(body.text, showing.residentOf)}</p>`}${pictures(post, showing)}${poll(body, showing)}${whole && quoted(post, showing)}`;
  if (body.warning === undefined) return inside;
  return markup`<details class="warn"><summary><b dir="auto"${langOf(body.lang)}>${body.warning}</b> <span class="dim">${showing.words.warned}</span></summary><div class="in">${inside}</div></details>`;
}

/** A post of a list; `focus`: the one that a conversation is shown for. */
export function article(post: PublicPost, showing: Showing, focus = false): Markup {
  const { by, body, pinned } = post;
  const { words } = showing;
  const stamp = markup`${time(body.createdAt, showing)}${body.editedAt !== undefined && markup` <span>(${words.edited})</span>`}`;
  return markup`<article class="post${focus && ' focus'}" id="p-${post.key}" aria-label="${words.by(by.name)}">${pinned && markup`<p class="pinned">${words.pinned}</p>`}
<p class="by">${face(by, 44)}<span class="names"><a class="who" href="${homeOf(by)}"><bdi>${by.name}</bdi></a><span class="dim"><bdi>@${by.handle}</bdi>${body.part && markup` · ${words.part(body.part.at, body.part.of)}`}</span></span><a class="when" href="${addressOf(post)}">${stamp}</a></p>
${said(post, showing)}</article>`;
}

/** The first words of a text, for titles and previews; cut at a space. */
export function beginning(text: string, most: number): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  const letters = [...plain];
  if (letters.length <= most) return plain;
  const cut = letters.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}

/** What a preview may say of a post: behind a warning, the warning alone. */
export const gist = ({ body }: Pick<PublicPost, 'body'>, words: Words): string =>
  (body.warning !== undefined ? words.warningOf(body.warning) : body.text !== '' ? body.text : body.images?.map(({ alt }) => alt ?? words.picture).join(', ') || words.poll);
