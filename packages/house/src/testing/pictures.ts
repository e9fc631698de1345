import { crc32 } from 'node:zlib';
import sharp from 'sharp';

const PLACE = { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 4366/100' };

/** A picture of two colours, left and right, that says where and by what it was taken; `turned`: it is to be shown a quarter turn to the right. */
export async function photo({ width = 900, height = 600, turned = false, kind = 'jpeg' as 'jpeg' | 'png' | 'webp' | 'avif' } = {}): Promise<Buffer> {
  const right = { create: { width: Math.floor(width / 2), height, channels: 3, background: '#2a5b8c' } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#f6c667' } })
    .composite([{ input: right, left: Math.ceil(width / 2), top: 0 }])
    .withMetadata({ orientation: turned ? 6 : 1 })
    .withExifMerge({ IFD0: { Make: 'SecretCam', Artist: 'Ada in Mill Street' }, IFD3: PLACE })
    .withXmp('<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Ada in Mill Street"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>')
    .withIccProfile('p3')
    .toFormat(kind, { quality: 60, effort: 1 }).toBuffer();
}

/** A JPEG as hard to pack as a photograph, to be shown a quarter turn to the right. */
export async function grainy(width: number, height: number): Promise<Buffer> {
  const grain = await sharp({ create: { width: 1000, height: 750, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 30 } } }).png().toBuffer();
  const shapes = await sharp(await photo({ width: 1000, height: 750 })).composite([{ input: grain, blend: 'soft-light' }]).png().toBuffer();
  return sharp(shapes).resize(width, height).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
}

/** A moving picture of so many moments. */
export async function moving({ side = 120, moments = 4, kind = 'gif' as 'gif' | 'webp' } = {}): Promise<Buffer> {
  const frames = await Promise.all(Array.from({ length: moments }, (_, i) =>
    sharp({ create: { width: side, height: side, channels: 3, background: { r: (i * 60) % 256, g: 90, b: 200 - (i * 40) % 200 } } }).png().toBuffer()));
  return sharp(frames, { join: { animated: true } }).toFormat(kind, { loop: 0, delay: frames.map(() => 120) }).toBuffer();
}

/** The colour of a picture half way down, so far (0 to 1) from its left: `"255 255 255"`. */
export async function colourAt(picture: Buffer, across: number): Promise<string> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * across)) * info.channels;
  return [...data.subarray(at, at + 3)].join(' ');
}

/** The sections of a WebP file, by name: a picture that says nothing of its maker has neither EXIF nor XMP nor ICCP. */
export function sectionsOf(webp: Buffer): string[] {
  const names: string[] = [];
  for (let at = 12; at + 8 <= webp.length; at += 8 + webp.readUInt32LE(at + 4) + (webp.readUInt32LE(at + 4) & 1)) names.push(webp.toString('latin1', at, at + 4));
  return names;
}

const chunk = (name: string, bytes: Buffer): Buffer => {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length & 1)]);
};

/** A WebP that shows the same blank square so many times: little to send, much to hold. */
export async function repeated(side: number, moments: number): Promise<Buffer> {
  const still = await sharp({ create: { width: side, height: side, channels: 3, background: '#fff' } }).webp({ lossless: true }).toBuffer();
  const size = Buffer.alloc(6);
  size.writeUIntLE(side - 1, 0, 3);
  size.writeUIntLE(side - 1, 3, 3);
  const moment = chunk('ANMF', Buffer.concat([Buffer.alloc(6), size, Buffer.from([100, 0, 0, 0]), still.subarray(12)]));
  return chunk('RIFF', Buffer.concat([
    Buffer.from('WEBP'), chunk('VP8X', Buffer.concat([Buffer.from([2, 0, 0, 0]), size])), chunk('ANIM', Buffer.alloc(6)), ...Array.from({ length: moments }, () => moment),
  ]));
}

/** A PNG of so many pixels of which the header is there, and the beginning of nothing. */
export function claimed(width: number, height: number): Buffer {
  const png = Buffer.alloc(49);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(png);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  Buffer.from('0802000000', 'hex').copy(png, 24);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  Buffer.from('0000ffff49444154', 'hex').copy(png, 33);
  return png;
}
