import { writeFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Kind } from './kind.ts';

/** What is to be made of a file: `from` is read; `full` and `small` are paths to write. */
export interface Order { kind: Kind; from: string; full: string; small: string }

/**
 * What was made: size of the full one in pixels, whether a small one was written, and the thumbhash (base64url).
 * A small one beside a full one that is no larger itself: the full one moves, and the small one is its first moment.
 */
export interface Made { width: number; height: number; small: boolean; thumb: string }

/** Why nothing was made. */
export type Fault = 'image_unreadable' | 'image_too_big';

/** Sides of the full and of the small picture, in pixels. */
const FULL = 2048, SMALL = 640;
/** The longest side and the most pixels that are decoded, all moments of a moving picture together. */
const MOST_SIDE = 12_000, MOST_PIXELS = 60_000_000;
/** The same of a kind whose reader holds all of it at once, many times over: 20 million take 400 MB. */
const MOST_AVIF = 20_000_000;
/** Most bytes of a moving picture; what is larger is made smaller and rougher, and at last a still one. */
const MOST_MOVING = 5_000_000;
const STEPS = [{ side: SMALL, quality: 70 }, { side: 480, quality: 55 }, { side: 320, quality: 40 }] as const;
const THUMB = 100;
const SECONDS = 25;

const FORMATS: Readonly<Record<Kind, string>> = { jpeg: 'jpeg', png: 'png', webp: 'webp', gif: 'gif', avif: 'heif' };

// One picture, one thread, nothing kept; and nothing but these readers is ever run on what somebody sent.
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((one) => `VipsForeignLoad${one}`) });

/** A fault, as it is thrown in here. */
export class Unfit extends Error {
  readonly code: Fault;
  constructor(code: Fault) { super(code); this.code = code; }
}

/**
 * Makes the pictures that are kept out of one that was sent: upright, in sRGB, without anything that says where, when or by what it
 * was taken, as WebP. Looks at the header before anything is decoded. Throws `Unfit`; what else it throws means `image_unreadable`.
 */
export async function render(order: Order): Promise<Made> {
  const head = await sharp(order.from, { limitInputPixels: false, failOn: 'error' }).metadata();
  check(order.kind, head);
  const moves = (head.pages ?? 1) > 1 && (order.kind === 'gif' || order.kind === 'webp') && await moving(order, head);
  const full = moves || await still(order);
  const small = full.moves || Math.max(full.width, full.height) > SMALL;
  if (small) await within(open(full.moves ? order.from : order.full), SMALL).webp({ quality: 78 }).toFile(order.small);
  return { width: full.width, height: full.height, small, thumb: await thumbOf(small ? order.small : order.full) };
}

function check(kind: Kind, { format, width, height }: Metadata): void {
  if (format !== FORMATS[kind] || !width || !height) throw new Unfit('image_unreadable');
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > (kind === 'avif' ? MOST_AVIF : MOST_PIXELS)) throw new Unfit('image_too_big');
}

const open = (path: string, more: SharpOptions = {}): Sharp =>
  sharp(path, { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true, autoOrient: true, ...more }).timeout({ seconds: SECONDS });

const within = (image: Sharp, side: number): Sharp => image.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

interface Full { width: number; height: number; moves: boolean }

async function still({ from, full, kind }: Order): Promise<Full> {
  // What was drawn rather than taken shows the loss at its edges.
  const how = kind === 'png' || kind === 'gif' ? { quality: 90, smartSubsample: true } : { quality: 82 };
  const { width, height } = await within(open(from), FULL).webp(how).toFile(full);
  return { width, height, moves: false };
}

async function moving({ from, full }: Order, { width, height, pages = 1, loop = 0 }: Metadata): Promise<Full | false> {
  if (width * height * pages > MOST_PIXELS) return false;
  for (const { side, quality } of STEPS) {
    const { data, info } = await within(open(from, { animated: true }), side).webp({ quality, loop, effort: 2 }).toBuffer({ resolveWithObject: true });
    if (data.length > MOST_MOVING) continue;
    await writeFile(full, data);
    return { width: info.width, height: info.pageHeight ?? info.height, moves: true };
  }
  return false;
}

async function thumbOf(path: string): Promise<string> {
  const { data, info } = await within(open(path), THUMB).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64url');
}
