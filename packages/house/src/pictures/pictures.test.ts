import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { thumbHashToRGBA } from 'thumbhash';
import type { Caller } from '../firewall/caller.ts';
import { claimed, moving, photo, repeated, sectionsOf } from '../testing/pictures.ts';
import { makePictures } from './index.ts';

const ADA: Caller & { persona: string } = { kind: 'person', persona: 'ada', session: 'a' };

/** Where pictures are taken in; what a pod would be given is kept by name. */
function openPictures(t: TestContext) {
  const folder = join(mkdtempSync(join(tmpdir(), 'ch-pictures-')), 'incoming');
  const kept = new Map<string, Buffer>();
  const blobs = {
    receive: async (_caller: Caller, _space: object, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => {
      const parts: Uint8Array[] = [];
      for await (const part of source) parts.push(part);
      const bytes = Buffer.concat(parts);
      const blob = `blob ${kept.size}`;
      kept.set(blob, bytes);
      return { blob, bytes: bytes.length };
    },
  };
  const pictures = makePictures({ blobs, folder });
  t.after(() => { pictures.close(); rmSync(join(folder, '..'), { recursive: true, force: true }); });
  return {
    folder, pictures, kept,
    take: async (bytes: Buffer) => {
      const image = await pictures.take(ADA, 'microblog', pieces(bytes));
      return { image, full: kept.get(image.full)!, small: image.small === undefined ? null : kept.get(image.small)! };
    },
  };
}

async function* pieces(bytes: Buffer, size = 7000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const SECRETS = /Exif|GPS|SecretCam|Mill Street|xmpmeta|ICCP|EXIF|XMP /;

test('what says where, by whom and by what a picture was taken is gone, and it stands upright in sRGB', async (t) => {
  const { take, folder } = openPictures(t);
  for (const kind of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const sent = await photo({ kind, turned: kind !== 'avif' });
    assert.match(sent.toString('latin1'), /Mill Street/, kind);
    const { image, full, small } = await take(sent);
    assert.deepEqual([image.width, image.height], kind === 'avif' ? [900, 600] : [600, 900], kind);
    for (const made of [full, small!]) {
      assert.doesNotMatch(made.toString('latin1'), SECRETS, kind);
      assert.deepEqual(sectionsOf(made).filter((name) => !['VP8 ', 'VP8X', 'VP8L', 'ALPH'].includes(name)), [], kind);
      const { format, orientation, space, exif, icc, xmp } = await sharp(made).metadata();
      assert.deepEqual({ format, orientation, space, exif, icc, xmp }, { format: 'webp', orientation: undefined, space: 'srgb', exif: undefined, icc: undefined, xmp: undefined });
    }
    // The yellow half, left before, is on top of what was turned.
    const { data: [r = 0, , b = 0] } = await sharp(full).extract({ left: image.width - 20, top: 10, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true });
    assert.equal(r > b, kind !== 'avif', kind);
    const { w, h } = thumbHashToRGBA(Buffer.from(image.thumb, 'base64url'));
    assert.equal(w < h, kind !== 'avif', kind);
    assert.ok(image.thumb.length <= 64);
  }
  assert.deepEqual(readdirSync(folder), [], 'nothing is left of what was on its way');
});

test('sizes: 2048 and 640 pixels at most, and a small one only where it is smaller', async (t) => {
  const { take } = openPictures(t);
  const large = await take(await photo({ width: 2400, height: 1800 }));
  assert.deepEqual([large.image.width, large.image.height], [2048, 1536]);
  assert.deepEqual(await sharp(large.small!).metadata().then(({ width, height }) => [width, height]), [640, 480]);
  const little = await take(await photo({ width: 320, height: 200 }));
  assert.deepEqual([little.image.width, little.image.height, little.small], [320, 200, null]);
  const thin = await take(await photo({ width: 3, height: 4000 }));
  assert.deepEqual([thin.image.width, thin.image.height], [2, 2048]);
});

test('what moves goes on moving, with its first moment beside it; what would be too much stands still', async (t) => {
  const { take } = openPictures(t);
  for (const kind of ['gif', 'webp'] as const) {
    const { image, full, small } = await take(await moving({ kind, side: 700 }));
    assert.deepEqual([image.width, image.height], [640, 640]);
    const head = await sharp(full).metadata();
    assert.deepEqual([head.format, head.pages, head.loop], ['webp', 4, 0], kind);
    assert.equal((await sharp(small!).metadata()).pages, undefined);
  }
  const long = await take(await repeated(3000, 7));
  assert.deepEqual([(await sharp(long.full).metadata()).pages, long.image.width, long.small !== null], [undefined, 2048, true]);
});

test('what is no picture, is not whole, or claims too much is refused, and nothing of it is left', async (t) => {
  const { take, folder, kept } = openPictures(t);
  const whole = await photo(), cut = whole.subarray(0, whole.length / 2);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>');
  const behind = (magic: string): Buffer => Buffer.concat([Buffer.from(magic, 'latin1'), svg]);
  const cases: [string, Buffer, string][] = [
    ['nothing', Buffer.alloc(0), 'image_unreadable'], ['one byte', Buffer.of(0xff), 'image_kind'], ['words', Buffer.from('a letter, not a picture'), 'image_kind'],
    ['SVG', svg, 'image_kind'], ['PDF', Buffer.from('%PDF-1.7 and so on and on'), 'image_kind'], ['TIFF', await sharp(whole).tiff().toBuffer(), 'image_kind'],
    ['HEIC', Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypheic\0\0\0\0mif1heic')]), 'image_kind'],
    ['half a JPEG', cut, 'image_unreadable'], ['a head alone', whole.subarray(0, 20), 'image_unreadable'], ['half a PNG', (await sharp(whole).png().toBuffer()).subarray(0, 1500), 'image_unreadable'],
    ['an SVG that begins like a GIF', behind('GIF89a'), 'image_unreadable'], ['an SVG that begins like a JPEG', behind('\xff\xd8\xff\xe0'), 'image_unreadable'],
    ['a page that begins like a PNG', behind('\x89PNG\r\n\x1a\n'), 'image_unreadable'], ['a WebP of nothing', Buffer.from('RIFF\x24\0\0\0WEBPVP8 '.padEnd(40, '\0'), 'latin1'), 'image_unreadable'],
    ['30,000 pixels', claimed(30_000, 10), 'image_too_big'], ['30,000 pixels high', claimed(10, 30_000), 'image_too_big'], ['61 million', claimed(10_000, 6_100), 'image_too_big'],
    ['4 thousand million', claimed(0x7fffffff, 2), 'image_unreadable'], ['a head of allowed size', claimed(4000, 4000), 'image_unreadable'],
  ];
  for (const [name, bytes, code] of cases) await assert.rejects(take(bytes), { code }, name);
  assert.deepEqual([readdirSync(folder), kept.size], [[], 0]);
  const { image } = await take(Buffer.concat([whole, Buffer.from('PK\x03\x04 a zip, glued to its end <script>alert(1)</script>')]));
  assert.doesNotMatch(kept.get(image.full)!.toString('latin1'), /script|PK\x03/, 'what was glued to it is not kept');
});

test('a small file that unpacks to hundreds of megabytes takes little, and the next picture is made as ever', async (t) => {
  const { take } = openPictures(t);
  const bomb = await sharp({ create: { width: 9_000, height: 4_500, channels: 3, background: '#fff' } }).png({ compressionLevel: 6 }).toBuffer();
  assert.ok(bomb.length < 600_000);
  const { image } = await take(bomb);
  assert.deepEqual([image.width, image.height], [2048, 1024]);
  // Words that unpack to 100 MB beside a picture of nine pixels.
  const tiny = await sharp({ create: { width: 3, height: 3, channels: 3, background: '#fff' } }).png().toBuffer();
  const packed = deflateSync(Buffer.alloc(100_000_000, 32)), chunk = Buffer.concat([Buffer.from('zTXtnote\0\0'), packed]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const noted = Buffer.concat([tiny.subarray(0, 33), length, chunk, Buffer.alloc(4), tiny.subarray(33)]);
  await take(noted).catch(({ code }: { code: string }) => assert.equal(code, 'image_unreadable'));
  assert.equal((await take(await photo())).image.width, 900);
});

test('each person has their turn, three may wait, and what stalls is in nobody\'s way', async (t) => {
  const { pictures, folder } = openPictures(t);
  const bytes = await photo({ width: 1200, height: 900 });
  const order: string[] = [];
  const take = (persona: string, of = bytes) => pictures.take({ kind: 'person', persona, session: persona }, 'microblog', pieces(of)).then(() => order.push(persona));
  // So small that it is done before one that began beside it.
  const little = await photo({ width: 60, height: 40 });
  const stalled = Promise.withResolvers<void>();
  const stall = async function* () { yield bytes.subarray(0, 100); await stalled.promise; throw new TypeError('the line went dead'); };
  const dead = assert.rejects(pictures.take({ kind: 'person', persona: 'eve', session: 'e' }, 'microblog', stall()), /the line went dead/);
  const all = [take('ada'), take('ada'), take('ada'), take('bob', little)];
  await assert.rejects(take('ada'), { code: 'too_many_uploads' });
  await Promise.all(all);
  assert.ok(order.indexOf('bob') < 3, `Bob had to wait for all of Ada's: ${order.join(' ')}`);
  stalled.resolve();
  await dead;
  assert.deepEqual(readdirSync(folder), []);
});

test('a closing house waits for nobody, and what a crash left of pictures is removed', async (t) => {
  const { pictures, folder } = openPictures(t);
  const taking = pictures.take(ADA, 'microblog', pieces(await photo({ width: 4000, height: 3000 })));
  const refused = assert.rejects(taking, { code: 'closed' });
  while (!existsSync(folder) || readdirSync(folder).length === 0) await new Promise(setImmediate);
  pictures.close();
  await refused;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'left by a crash'), 'where I live');
  makePictures({ blobs: { receive: () => Promise.reject(new TypeError('unused')) }, folder }).close();
  assert.equal(existsSync(folder), false);
});
