import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import { makeAtOnce } from '../firewall/at-once.ts';
import type { Blobs } from '../firewall/blobs.ts';
import type { Caller } from '../firewall/caller.ts';
import { checkDisk } from '../folder/disk.ts';
import { storageRefusal } from '../sqlite/storage-refusal.ts';
import { HEAD_BYTES, kindOf, type Kind } from './kind.ts';
import { makeStudio } from './studio.ts';

/** A picture as records name it; sizes are of the full one, in pixels. */
export interface Image { full: string; small?: string; width: number; height: number; thumb: string }

/** Takes pictures in: made anew without what they say of their maker, and kept in the maker's own pod until a record names them. */
export interface Pictures {
  /**
   * `length`: how many bytes were announced. Refuses `image_kind`, `image_unreadable`, `image_too_big`, `images_not_here`,
   * `too_many_uploads`, what keeping blobs is refused, and what the source throws.
   */
  take(caller: Caller & { persona: string }, service: string, source: AsyncIterable<Uint8Array>, length?: number): Promise<Image>;
  close(): void;
}

/** Most bytes of a picture as it is sent. */
export const IMAGE_BYTES = 20_000_000;
/** How many a person may send at once. */
const AT_ONCE = 3;

/** `folder`: a place of its own for what is under way; what a crash left there is removed. */
export function makePictures({ blobs, folder }: { blobs: Pick<Blobs, 'receive'>; folder: string }): Pictures {
  rmSync(folder, { recursive: true, force: true });
  const studio = makeStudio(), inTurn = makeAtOnce(AT_ONCE, 'pictures');
  const keep = async (caller: Caller & { persona: string }, service: string, path: string): Promise<string> =>
    (await blobs.receive(caller, { persona: caller.persona, service }, createReadStream(path))).blob;
  return {
    take: (caller, service, source, length) => inTurn(caller.persona, async () => {
      checkSize(length ?? 1);
      const from = join(folder, randomUUID());
      const order = { from, full: `${from}.full`, small: `${from}.small` };
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        await checkDisk(folder, 0);
        const kind = await put(from, source);
        const { small, ...made } = await studio.make(caller.persona, { kind, ...order });
        return { full: await keep(caller, service, order.full), ...(small && { small: await keep(caller, service, order.small) }), ...made };
      } catch (error) { throw storageRefusal(error); } finally { await Promise.all(Object.values(order).map((path) => rm(path, { force: true }))); }
    }),
    close: () => { studio.close(); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** Writes what comes into a file, never holding more than one piece, and says what it begins as. Refuses `image_kind` as soon as that is plain. */
async function put(path: string, source: AsyncIterable<Uint8Array>): Promise<Kind> {
  const file = await open(path, 'wx', 0o600);
  try {
    let head = Buffer.alloc(0), bytes = 0, kind: Kind | null = null;
    for await (const piece of source) {
      checkSize(bytes += piece.length);
      if (!kind) {
        head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES)]);
        if (head.length >= HEAD_BYTES) kind = checkKind(head);
      }
      for (let at = 0; at < piece.length;) at += (await file.write(piece, at, piece.length - at)).bytesWritten;
    }
    if (bytes === 0) throw new Refusal('invalid', 'image_unreadable', 'There are no bytes in it.', { expected: 'a picture' });
    return kind ?? checkKind(head);
  } finally { await file.close(); }
}

function checkKind(head: Uint8Array): Kind {
  const kind = kindOf(head);
  if (kind) return kind;
  throw new Refusal('invalid', 'image_kind', 'This is not a picture of a kind that is taken here.', { expected: 'JPEG, PNG, WebP, AVIF or GIF' });
}

function checkSize(bytes: number): void {
  if (bytes <= IMAGE_BYTES) return;
  throw new Refusal('too_big', 'image_too_big', 'This picture has too many bytes.', { expected: `at most ${IMAGE_BYTES / 1e6} MB` });
}
