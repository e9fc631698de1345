import { isObject, type Json, type JsonObject } from '@commonhold/core';
import { itemsIn, type Archive, type ArchiveEntry } from '../archive/index.ts';
import { textOfHtml } from './html.ts';
import { dateOf, given, listAt, objectAt, objectOf, textAt } from './json.ts';
import { counted, readWhole } from './reading.ts';
import type { Found, Past, PastAudience, PastPicture, PastProfile } from './types.ts';

const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public']);

/**
 * The archive that Mastodon gives its people (also what works like it): `outbox.json` with activities, `actor.json`, pictures beside
 * them. Null where it is none.
 */
export function mastodonPast(archive: Archive, now: () => number): Past | null {
  const find = (name: string): ArchiveEntry | undefined => archive.entries.find((entry) => entry.name === name || entry.name.endsWith(`/${name}`));
  const outbox = find('outbox.json');
  if (!outbox) return null;
  const pictures = new Map(archive.entries.map(({ name }) => [mediaName(name), name]));
  return {
    kind: 'mastodon',
    bytes: outbox.bytes,
    posts: async function* posts(onBytes) {
      for await (const item of itemsIn(counted(outbox, onBytes), 'orderedItems')) {
        const activity = objectOf(item);
        yield isObject(activity) ? foundIn(activity, { n: item.n, pictures, now: now() }) : { failed: { item: nth(item.n), why: activity } };
      }
    },
    profile: () => profileOf(find('actor.json'), archive),
  };
}

const nth = (n: number): string => `outbox.json #${n + 1}`;

interface About { n: number; pictures: ReadonlyMap<string, string>; now: number }

function foundIn(activity: JsonObject, { n, pictures, now }: About): Found {
  if (activity['type'] === 'Announce') return { other: true };
  const note = objectAt(activity, 'object');
  const id = note && textAt(note, 'id');
  if (activity['type'] !== 'Create' || !note || id === undefined) return { failed: { item: nth(n), why: 'not_a_post' } };
  const item = textAt(note, 'url') ?? id;
  const createdAt = dateOf(textAt(note, 'published') ?? textAt(activity, 'published'), now);
  if (createdAt === null) return { failed: { item, why: 'bad_date' } };
  const text = [textOfHtml(textAt(note, 'content') ?? ''), ...choicesOf(note)].filter((part) => part !== '').join('\n');
  return { post: {
    id, createdAt, text, was: audienceOf(note, activity), pictures: listAt(note, 'attachment').map((one) => pictureOf(one, pictures)),
    ...given({ warning: textAt(note, 'summary'), lang: langOf(note), answers: textAt(note, 'inReplyTo') }),
  } };
}

function langOf(note: JsonObject): string | undefined {
  const lang = Object.keys(objectAt(note, 'contentMap') ?? {})[0] ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(lang) ? lang : undefined;
}

// A poll has ended long since: what could be chosen is kept as words, and how many did.
function choicesOf(note: JsonObject): string[] {
  return [...listAt(note, 'oneOf'), ...listAt(note, 'anyOf')].map((choice) => {
    const votes = objectAt(choice, 'replies')?.['totalItems'];
    return `• ${textAt(choice, 'name') ?? ''}${typeof votes === 'number' ? ` (${votes})` : ''}`;
  });
}

function audienceOf(note: JsonObject, activity: JsonObject): PastAudience {
  const named = (of: JsonObject, field: string): string[] => { const value: Json | undefined = of[field]; return typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []; };
  // What wraps it says the same, or less truly.
  const own = [...named(note, 'to'), ...named(note, 'cc')];
  const to = own.length > 0 ? own : [...named(activity, 'to'), ...named(activity, 'cc')];
  if (to.some((one) => PUBLIC.has(one))) return 'everyone';
  return to.some((one) => one.endsWith('/followers')) ? 'followers' : 'only-me';
}

/** The end of a name by which the outbox and the archive mean the same file, whatever folder or address stands before it. */
function mediaName(name: string): string {
  const at = name.indexOf('media_attachments/');
  return at < 0 ? name.replace(/^\/+/, '') : name.slice(at);
}

function pictureOf(attachment: JsonObject, pictures: ReadonlyMap<string, string>): PastPicture {
  const url = textAt(attachment, 'url') ?? '';
  const alt = textAt(attachment, 'name') ?? textAt(attachment, 'summary');
  return { entry: pictures.get(mediaName(url)) ?? url, ...(alt === undefined ? {} : { alt }) };
}

async function profileOf(entry: ArchiveEntry | undefined, { entries }: Archive): Promise<PastProfile | null> {
  const actor = entry && await readWhole(entry);
  if (!actor) return null;
  // They lie beside it, under the name that it says.
  const beside = entry.name.slice(0, -'actor.json'.length);
  const file = (part: string): string | undefined => entries.find(({ name }) => name === beside + (textAt(objectAt(actor, part) ?? {}, 'url') ?? ' '))?.name;
  return given({ bio: textOfHtml(textAt(actor, 'summary') ?? '') || undefined, picture: file('icon'), banner: file('image') });
}
