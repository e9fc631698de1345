import { ApiError, type Image } from '@commonhold/sdk';
import { toast } from '../state/toast.ts';
import { sendPicture } from './upload.ts';
import { faultWords, t } from './words.ts';

/**
 * A picture that somebody chose for a post. `id` is its name on this page; `progress` 0 to 1; `fault`: why it was not sent, in words;
 * `final`: it would not be taken another time, either.
 */
export interface Picture { id: number; state: 'sending' | 'sent' | 'failed'; alt: string; progress: number; image?: Image; file?: File; fault?: string; final?: boolean }

/** Where the pictures of a post being written are held. */
export interface Held { get(): readonly Picture[]; set(next: readonly Picture[]): void }

/** How many a post has at most. */
export const MOST = 4;
/** What a browser is asked for: a phone then turns what only it can read into JPEG. */
export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/gif';

/** What a form hears when pictures were chosen for it. */
export const CHOSEN = 'picturechosen';

/** What takes pictures: the form of a post, or a part of it that has pictures of its own. */
export const TAKING = '[data-pictures], form';

let last = 0;
const ends = new Map<number, AbortController>(), previews = new Map<number, string>();

/** Pictures that were sent before, as a draft names them. */
export const pictureOf = ({ alt = '', ...image }: Image): Picture => ({ id: ++last, state: 'sent', alt, progress: 1, image });

/** What a post names of them: those that are there, each with its words. */
export const imagesOf = (pictures: readonly Picture[]): Image[] => pictures.flatMap(({ image, alt }) => {
  if (!image) return [];
  const { alt: _alt, ...bare } = image;
  return [{ ...bare, ...(alt.trim() === '' ? {} : { alt: alt.trim() }) }];
});

/** Whether the post can go: nothing is on its way, and nothing has failed. */
export const allSent = (pictures: readonly Picture[]): boolean => pictures.every(({ state }) => state === 'sent');

/** A picture from this machine as it is shown meanwhile; null for one that came with a draft. */
export function previewOf({ id, file }: Picture): string | null {
  let url = previews.get(id);
  if (!url && file) previews.set(id, url = URL.createObjectURL(file));
  return url ?? null;
}

const change = (held: Held, id: number, next: Partial<Picture>): void => held.set(held.get().map((one) => (one.id === id ? { ...one, ...next } : one)));

function faultOf(error: unknown): Pick<Picture, 'fault' | 'final'> {
  if (!(error instanceof ApiError)) return { fault: t('fault.unreachable') };
  return { fault: faultWords(error.code) ?? (error.detail || t('fault.unreachable')), final: error.code.startsWith('image_') };
}

/** Sends one, or sends it again; what becomes of it is seen in `held`. */
export async function send(held: Held, id: number): Promise<void> {
  const file = held.get().find((one) => one.id === id)?.file;
  if (!file) return;
  const end = new AbortController();
  ends.set(id, end);
  change(held, id, { state: 'sending', progress: 0, fault: '' });
  try {
    const image = await sendPicture(file, 'microblog', { signal: end.signal, onProgress: (progress) => change(held, id, { progress }) });
    change(held, id, { state: 'sent', progress: 1, image });
  } catch (error) {
    change(held, id, { state: 'failed', ...faultOf(error) });
  } finally { ends.delete(id); }
}

/** Takes files in, as far as there is room, and sends them. Says so where there is none, and where a file is no picture. */
export function add(held: Held, files: Iterable<File>): void {
  for (const file of files) {
    if (!file.type.startsWith('image/')) { toast(t('kind', { name: file.name })); continue; }
    // What was turned down for good takes nobody's place.
    if (held.get().filter(({ final }) => !final).length >= MOST) { toast(t('full', { n: MOST })); return; }
    const picture: Picture = { id: ++last, state: 'sending', alt: '', progress: 0, file };
    held.set([...held.get(), picture]);
    void send(held, picture.id);
  }
}

/** Takes one away, on its way or not. */
export function remove(held: Held, id: number): void {
  held.set(held.get().filter((one) => one.id !== id));
  ends.get(id)?.abort();
  const url = previews.get(id);
  if (url) URL.revokeObjectURL(url);
  previews.delete(id);
}

/** Writes what is in one. */
export const describe = (held: Held, id: number, alt: string): void => change(held, id, { alt });

/** Puts one where another is; what lies between moves up. */
export function move(held: Held, id: number, to: number): void {
  const pictures = [...held.get()];
  const from = pictures.findIndex((one) => one.id === id);
  if (from < 0 || to < 0 || to >= pictures.length || to === from) return;
  pictures.splice(to, 0, ...pictures.splice(from, 1));
  held.set(pictures);
}
