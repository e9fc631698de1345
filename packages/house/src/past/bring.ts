import { Refusal } from '@commonhold/core';
import type { Archive, ArchiveEntry } from '../archive/index.ts';
import type { Somebody } from '../firewall/caller.ts';
import type { Pictures } from '../pictures/index.ts';
import type { Brought, BroughtPost, Image, Microblog } from '../services/microblog/index.ts';
import type { Choice } from './audience.ts';
import { readThreads, type Standing, type Threads } from './threads.ts';
import type { Failed, Past, PastPicture, PastPost, Why } from './types.ts';
import { altOf, partsOf, warned } from './words.ts';

/** What bringing a past along is built from. `keyOf`: the key of a record here by what it was called there, always the same. */
export interface BringDeps { microblog: Pick<Microblog, 'bring' | 'illustrate' | 'pictured'>; pictures: Pick<Pictures, 'take'>; keyOf(persona: string, kind: string, id: string): string }

/** One past to be brought along; `fail` hears of each thing that could not be, `progress` how far it has come. */
export interface BringOrder { caller: Somebody; past: Past; archive: Archive; choice: Choice; signal: AbortSignal; fail(failed: Failed): Promise<void>; progress(done: number, of: number): void }

/** What came of it. `there`: here already; `removed`: removed here since, and stays so; `other`: boosts and the like, which are others' words. */
export interface BringTally { made: number; there: number; removed: number; other: number; pictures: number; failed: number }

const BATCH = 50;
const MOST_PICTURES = 4;

/**
 * Brings a past along: first all words, then the pictures, which take their time. It may be stopped anywhere and begun again: what is here
 * is not written twice. Throws what stops all of it: the disk, a pod that takes no writes, the signal.
 */
export async function bringPast(deps: BringDeps, order: BringOrder): Promise<BringTally> {
  const { caller, past, choice, signal, archive } = order;
  const keyOf = (id: string): string => deps.keyOf(caller.persona, past.kind, id);
  const threads = await readThreads(past, { choice, keyOf, signal });
  const tally: BringTally = { made: 0, there: 0, removed: 0, other: 0, pictures: 0, failed: 0 };
  const fail = async (failed: Failed): Promise<void> => { tally.failed++; await order.fail(failed); };
  for (const { name, why } of archive.leftOut) await fail({ item: name, why });
  const run: Run = { ...deps, ...order, threads, tally, fail, keyOf, of: threads.posts + threads.pictures };
  await bringWords(run);
  await bringPictures(run);
  return tally;
}

interface Run extends Omit<BringDeps, 'keyOf'>, BringOrder { threads: Threads; tally: BringTally; keyOf(id: string): string; of: number }

interface Waiting { post: PastPost; brought: BroughtPost; isFirst: boolean }

async function bringWords({ microblog, caller, past, threads, tally, fail, signal, progress, of, keyOf }: Run): Promise<void> {
  let waiting: Waiting[] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    signal.throwIfAborted();
    const made = await microblog.bring(caller, waiting.map(({ brought }) => brought));
    for (const [i, { post, isFirst }] of waiting.entries()) await count(made[i]!, { post, isFirst });
    waiting = [];
    progress(done, of);
    await new Promise(setImmediate);
  };
  const count = async (made: Brought, { post: { id: item, createdAt: at }, isFirst }: Pick<Waiting, 'post' | 'isFirst'>): Promise<void> => {
    if (made instanceof Refusal) await fail({ item, at, why: whyOf(made) });
    else if (isFirst) tally[made]++;
  };
  for await (const found of past.posts()) {
    if ('other' in found) tally.other++;
    else if ('failed' in found) await fail(found.failed);
    else {
      done++;
      const parts = postsOf(found.post, threads.of(found.post), { persona: caller.persona, keyOf });
      if (parts.length === 0 && found.post.pictures.length === 0) await fail({ item: found.post.id, at: found.post.createdAt, why: 'empty' });
      waiting.push(...parts.map((brought, i) => ({ post: found.post, brought, isFirst: i === 0 })));
    }
    if (waiting.length >= BATCH) await flush();
  }
  await flush();
}

/** A post here, or several that answer one another where it is too long for one; none where it has no words. */
function postsOf({ id, createdAt, lang, ...post }: PastPost, { key, audience, replyTo, root }: Standing, { persona, keyOf }: { persona: string; keyOf(id: string): string }): BroughtPost[] {
  const { text, warning } = warned(post.text, post.warning);
  const texts = partsOf(text).filter((one) => one !== '');
  const keys = texts.map((_, i) => (i === 0 ? key : keyOf(`${id}#${i + 1}`)));
  return texts.map((one, i) => {
    const before = i === 0 ? replyTo : keys[i - 1]!;
    return { key: keys[i]!, audience, body: {
      text: one, createdAt: createdAt + i, ...(lang === undefined ? {} : { lang }), ...(warning === undefined ? {} : { warning }),
      ...(before === null ? {} : { replyTo: { persona, key: before }, root: { persona, key: root } }),
      ...(texts.length > 1 && texts.length <= 25 ? { part: { at: i + 1, of: texts.length } } : {}),
    } };
  });
}

async function bringPictures(run: Run): Promise<void> {
  const { microblog, caller, past, archive, threads, tally, fail, signal, progress, of, keyOf } = run;
  if (threads.pictures === 0) return;
  const entries = new Map(archive.entries.map((entry) => [entry.name, entry]));
  let done = threads.posts;
  for await (const found of past.posts()) {
    if (!('post' in found) || found.post.pictures.length === 0) continue;
    signal.throwIfAborted();
    const { post } = found;
    done += post.pictures.length;
    const standing = threads.of(post);
    const now = await microblog.pictured(caller, standing.key);
    if (now === 'without') {
      const images = await takeAll(run, post, entries);
      const [first] = postsOf(post, standing, { persona: caller.persona, keyOf });
      const brought = first ?? bare(post, standing, caller.persona);
      if (images.length > 0) {
        const refused = await microblog.illustrate(caller, brought, images).then(() => null, refusal);
        if (refused) await fail({ item: post.id, at: post.createdAt, why: whyOf(refused) });
        else { tally.pictures += images.length; if (!first) tally.made++; }
      }
    } else if (post.text === '') tally[now === 'with' ? 'there' : 'removed']++;
    progress(done, of);
  }
}

const bare = ({ createdAt, warning }: PastPost, { key, audience, replyTo, root }: Standing, persona: string): BroughtPost => ({
  key, audience, body: { ...warned('', warning), createdAt, ...(replyTo === null ? {} : { replyTo: { persona, key: replyTo }, root: { persona, key: root } }) },
});

async function takeAll({ caller, pictures, fail, signal }: Run, { id, createdAt, pictures: wanted }: PastPost, entries: ReadonlyMap<string, ArchiveEntry>): Promise<Image[]> {
  const images: Image[] = [];
  for (const picture of wanted) {
    signal.throwIfAborted();
    const why = images.length === MOST_PICTURES ? 'picture_too_many' : await takeOne(pictures, caller, 'microblog', picture, { entry: entries.get(picture.entry), images });
    if (why) await fail({ item: `${id} ${picture.entry}`, at: createdAt, why });
  }
  return images;
}

/** Takes one picture of an archive in, for a service, and puts it behind the others; or says why not. */
export async function takeOne(pictures: Pick<Pictures, 'take'>, caller: Somebody, service: 'microblog' | 'people', { alt }: PastPicture, { entry, images }: { entry: ArchiveEntry | undefined; images: Image[] }): Promise<Why | null> {
  if (!entry) return 'picture_missing';
  try {
    const image = await pictures.take(caller, service, entry.read(), entry.bytes);
    const words = altOf(alt ?? '');
    images.push({ ...image, ...(words === '' ? {} : { alt: words }) });
    return null;
  } catch (error) { return pictureWhy(refusal(error)); }
}

/** What is no refusal of this one thing stops all of it. */
function refusal(error: unknown): Refusal {
  if (error instanceof Refusal && (error.kind !== 'unavailable' || error.code === 'images_not_here')) return error;
  throw error;
}

function pictureWhy({ code, kind }: Refusal): Why {
  if (code === 'image_kind') return 'not_a_picture';
  return kind === 'too_big' || code === 'image_too_big' ? 'picture_too_big' : 'picture_unreadable';
}

function whyOf({ code }: Refusal): Why {
  if (code === 'limit_reached') return 'limit_reached';
  return code === 'bad_body' || code === 'item_too_big' ? 'bad_text' : 'refused';
}
