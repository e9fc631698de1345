import { isObject, type JsonObject } from '@commonhold/core';
import { itemsIn, type Archive, type ArchiveEntry } from '../archive/index.ts';
import { unescaped } from './html.ts';
import { dateOf, given, listAt, objectAt, objectOf, textAt } from './json.ts';
import { counted, readWhole } from './reading.ts';
import type { Found, Past, PastPicture, PastPost, PastProfile } from './types.ts';
import { readNotes, type Note, type Notes } from './x-notes.ts';

const POSTS = /(?:^|\/)data\/tweets?(?:-part(\d+))?\.js$/;
const MEDIA = /(?:^|\/)data\/tweets?_media\/([^/]+)$/;

/**
 * The archive that X gives its people: `data/tweets.js` and its parts (or `tweet.js`, as it was called before), pictures in
 * `data/tweets_media`, `data/profile.js`. Null where it is none.
 */
export function xPast(archive: Archive, now: () => number): Past | null {
  const files = archive.entries.filter(({ name }) => POSTS.test(name)).sort((one, other) => partOf(one) - partOf(other));
  if (files.length === 0) return null;
  const pictures = new Map(archive.entries.flatMap(({ name }) => { const file = MEDIA.exec(name)?.[1]; return file === undefined ? [] : [[file, name] as const]; }));
  const find = (name: string): ArchiveEntry | undefined => archive.entries.find((entry) => entry.name === `data/${name}` || entry.name.endsWith(`/data/${name}`));
  return {
    kind: 'x',
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    posts: async function* posts(onBytes) {
      const notes = await readNotes(archive.entries, now());
      const was = await isProtected(find('protected-history.js')) ? 'followers' : 'everyone';
      let before = 0;
      for (const file of files) {
        for await (const item of itemsIn(counted(file, onBytes, before))) {
          const value = objectOf(item);
          const name = `${file.name} #${item.n + 1}`;
          yield isObject(value) ? foundIn(objectAt(value, 'tweet') ?? value, { name, pictures, was, notes, now: now() }) : { failed: { item: name, why: value } };
        }
        before += file.bytes;
      }
    },
    profile: () => profileOf(find('profile.js'), archive),
  };
}

const partOf = ({ name }: ArchiveEntry): number => Number(POSTS.exec(name)?.[1] ?? 0);

interface About { name: string; pictures: ReadonlyMap<string, string>; was: 'followers' | 'everyone'; notes: Notes; now: number }

function foundIn(tweet: JsonObject, { name, pictures, was, notes, now }: About): Found {
  const id = textAt(tweet, 'id_str') ?? textAt(tweet, 'id');
  const words = textAt(tweet, 'full_text') ?? textAt(tweet, 'text');
  if (id === undefined || !/^\d{1,20}$/.test(id) || words === undefined) return { failed: { item: name, why: 'not_a_post' } };
  if (isOthers(tweet, words)) return { other: true };
  const createdAt = dateOf(textAt(tweet, 'created_at'), now);
  if (createdAt === null) return { failed: { item: `https://x.com/i/status/${id}`, why: 'bad_date' } };
  return { post: { id, createdAt, was, ...shownOf(tweet, { id, words, pictures, long: notes.of(createdAt, unescaped(words)) }), ...given({
    lang: langOf(tweet), answers: textAt(tweet, 'in_reply_to_status_id_str') ?? textAt(tweet, 'in_reply_to_status_id'),
  }) } };
}

/** What there was to be seen of a tweet: its words, whole where X cut them off, and its pictures. */
function shownOf(tweet: JsonObject, { id, words, pictures, long }: { id: string; words: string; pictures: About['pictures']; long: Note | null }): Pick<PastPost, 'text' | 'pictures' | 'warning'> {
  const media = mediaOf(tweet);
  const urls = [...listAt(objectAt(tweet, 'entities') ?? {}, 'urls'), ...long?.urls ?? []];
  return {
    text: wordsOf(long?.text ?? words, urls, media), pictures: media.map((one) => pictureOf(one, id, pictures)),
    ...(tweet['possibly_sensitive'] === true && media.length > 0 ? { warning: 'Marked as sensitive' } : {}),
  };
}

// `und`, `zxx`, `qme` …: none that was found out.
function langOf(tweet: JsonObject): string | undefined {
  const lang = textAt(tweet, 'lang') ?? '';
  return /^[a-z]{2}(-[A-Za-z]{2,4})?$/.test(lang) ? lang : undefined;
}

// What others said, in one of the ways in which that was told.
const isOthers = (tweet: JsonObject, words: string): boolean => tweet['retweeted'] === true || objectAt(tweet, 'retweeted_status') !== undefined || /^RT @\w+:/.test(words);

function mediaOf(tweet: JsonObject): JsonObject[] {
  const extended = objectAt(tweet, 'extended_entities');
  const media = extended ? listAt(extended, 'media') : [];
  return media.length > 0 ? media : listAt(objectAt(tweet, 'entities') ?? {}, 'media');
}

// Short addresses are of that network alone: each becomes what it stood for, and those that stood for pictures go.
function wordsOf(words: string, urls: readonly JsonObject[], media: readonly JsonObject[]): string {
  let text = words;
  for (const url of urls) {
    const [short, long] = [textAt(url, 'url') ?? textAt(url, 'shortUrl'), textAt(url, 'expanded_url') ?? textAt(url, 'expandedUrl')];
    if (short !== undefined && long !== undefined && /^https?:\/\/\S+$/.test(long)) text = text.replaceAll(short, () => long);
  }
  for (const one of media) {
    const short = textAt(one, 'url');
    if (short !== undefined) text = text.replaceAll(short, '');
  }
  return unescaped(text).trim();
}

function pictureOf(media: JsonObject, id: string, pictures: ReadonlyMap<string, string>): PastPicture {
  const file = `${id}-${(textAt(media, 'media_url_https') ?? textAt(media, 'media_url') ?? '').split('/').at(-1) ?? ''}`;
  const alt = textAt(media, 'ext_alt_text') ?? textAt(media, 'alt_text');
  const type = textAt(media, 'type') ?? 'photo';
  const entry = type === 'photo' ? pictures.get(file) ?? file : `${file} (${type})`;
  return { entry, ...(alt === undefined ? {} : { alt }) };
}

async function isProtected(entry: ArchiveEntry | undefined): Promise<boolean> {
  const last = entry && await readWhole(entry);
  return last ? textAt(objectAt(last, 'protectedHistory') ?? {}, 'action') === 'Protect' : false;
}

const SHOWN = /(?:^|\/)data\/profile_media\/\d+-([^/]+?)(?:\.\w+)?$/;

async function profileOf(entry: ArchiveEntry | undefined, { entries }: Archive): Promise<PastProfile | null> {
  const about = objectAt((entry && await readWhole(entry)) ?? {}, 'profile');
  if (!about) return null;
  const bio = unescaped(textAt(objectAt(about, 'description') ?? {}, 'bio') ?? '');
  // `https://…/profile_images/123/face.jpg` lies in the archive as `<account>-face.jpg`; a banner has no ending in its address.
  const file = (part: string): string | undefined => {
    const last = (textAt(about, part) ?? '').split('/').at(-1)!.replace(/\.\w+$/, '');
    return last === '' ? undefined : entries.find(({ name }) => SHOWN.exec(name)?.[1] === last)?.name;
  };
  return given({ bio: bio === '' ? undefined : bio, picture: file('avatarMediaUrl'), banner: file('headerMediaUrl') });
}
