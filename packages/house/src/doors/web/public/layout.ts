import { houseMark } from './figures.ts';
import { markup, written, type Markup, type Part } from './markup.ts';
import type { Language, Words } from './words.ts';

/** What all pages of a request share: `origin` as the browser asked for it; `files`: addresses of the style and the icon. */
export interface Frame { origin: string; language: Language; words: Words; house: { id: string; title: string; note: string | null }; files: { style: string; icon: string | null } }

/** What a page says about itself to programs. `path`: its one address. */
export interface About {
  title: string; description: string; path: string; kind: 'website' | 'profile' | 'article';
  image?: { url: string; alt: string; width?: number; height?: number } | null;
  feed?: { path: string; title: string };
  published?: number;
  /** Search engines may list it. */
  listed: boolean;
}

/** What search engines are told of a page; as a header, too. Copies outlive what is taken back: none are to be kept. */
export const robotsOf = (listed: boolean): string => (listed ? 'noarchive' : 'noindex, nofollow, noarchive');

function previews({ title, description, path, kind, image, published }: About, { origin, house }: Frame): Markup {
  const og = (name: string, content: string | number | undefined): Part => content !== undefined && markup`<meta property="${name}" content="${content}">`;
  return markup`<link rel="canonical" href="${origin}${path}">
${og('og:site_name', house.title)}${og('og:type', kind)}${og('og:title', title)}${og('og:description', description)}${og('og:url', origin + path)}${published !== undefined && og('article:published_time', new Date(published).toISOString())}
${image && markup`${og('og:image', origin + image.url)}${og('og:image:alt', image.alt)}${og('og:image:width', image.width)}${og('og:image:height', image.height)}`}<meta name="twitter:card" content="${image?.width === undefined ? 'summary' : 'summary_large_image'}">`;
}

/** A whole page; `about` null: one that says nothing of itself. `own`: links of its own in the head. */
export function page(frame: Frame, about: About | null, body: Part, own: Part = null): string {
  const { house, words, language, files, origin } = frame;
  const title = about ? `${about.title} · ${house.title}` : house.title;
  return written(markup`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#F7F4EE" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#171512" media="(prefers-color-scheme: dark)">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="${robotsOf(about?.listed ?? false)}">
<title>${title}</title>
${about && markup`<meta name="description" content="${about.description}">
${previews(about, frame)}`}${about?.feed && markup`
<link rel="alternate" type="application/atom+xml" title="${about.feed.title} (Atom)" href="${origin}${about.feed.path}.atom">
<link rel="alternate" type="application/rss+xml" title="${about.feed.title} (RSS)" href="${origin}${about.feed.path}.rss">`}
${own}<link rel="stylesheet" href="${files.style}">
${files.icon !== null && markup`<link rel="icon" type="image/svg+xml" href="${files.icon}">`}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top"><a class="home" href="/">${houseMark(house.id)}<span dir="auto">${house.title}</span></a><a class="btn" href="?login" rel="nofollow">${words.login}</a></header>
<main id="main" tabindex="-1">
${body}
</main>
<footer class="foot"><p>${words.foot}</p></footer>
</body>
</html>
`);
}
