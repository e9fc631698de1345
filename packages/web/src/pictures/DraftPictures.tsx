import { signal, type Signal } from '@preact/signals';
import type { Image } from '@commonhold/sdk';
import { myPersona } from '../state/session.ts';
import { PickPictures } from './PickPictures.tsx';
import { allSent, imagesOf, pictureOf, type Picture } from './picked.ts';

const open = new Map<string, Signal<readonly Picture[]>>();
const everywhere = signal(0);

const same = (some: readonly Image[], others: readonly Image[]): boolean => JSON.stringify(some) === JSON.stringify(others);

/** The pictures of something being written: those that it names, and those that are not there yet. */
function picturesOf(name: string, images: readonly Image[]): Signal<readonly Picture[]> {
  let found = open.get(name);
  if (!found) open.set(name, found = signal(images.map(pictureOf)));
  const now = found.peek();
  // Another window, or the house, had it otherwise.
  if (!same(imagesOf(now), images)) found.value = [...images.map(pictureOf), ...now.filter(({ image }) => !image)];
  return found;
}

/** Whether pictures of a draft are still on their way, or did not get there; `draft` is its id. */
export function isSending(draft: string): boolean {
  void everywhere.value;
  return [...open].some(([name, { value }]) => name.startsWith(`${draft}:`) && !allSent(value));
}

/** The pictures of one part of a draft (`part` from 0). What is sent stands in the draft; what is on its way lives as long as the page. */
export function DraftPictures({ draft, part = 0, images = [], onImages }: { draft: string; part?: number; images?: readonly Image[] | undefined; onImages: (images: readonly Image[] | undefined) => void }) {
  const name = `${draft}:${part}`;
  const held = picturesOf(name, images);
  const change = (next: readonly Picture[]) => {
    const named = imagesOf(next);
    held.value = next;
    everywhere.value++;
    if (!same(named, images)) onImages(named.length > 0 ? named : undefined);
  };
  return <PickPictures key={name} pictures={held.value} onChange={change} {...(myPersona.value ? { at: { persona: myPersona.value, collection: 'drafts', key: draft } } : {})} />;
}
