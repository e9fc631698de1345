/** Colours in reading order, three bytes each. */
export interface Colours { width: number; height: number; rgb: Uint8Array }

const SIDE = 16;

/** The waves of one channel: how strong each is, in the order in which they are kept. */
interface Waves { wide: number; high: number; strength: number[] }

/** Reads half bytes of a thumbhash, from a place on. */
function wavesFrom(hash: Uint8Array, start: number) {
  let at = 0;
  const next = (): number => ((hash[start + (at >> 1)] ?? 0) >> ((at++ & 1) << 2)) & 15;
  return (wide: number, high: number, scale: number): Waves => {
    const strength: number[] = [];
    for (let y = 0; y < high; y++) for (let x = y ? 0 : 1; x * high < wide * (high - y); x++) strength.push((next() / 7.5 - 1) * scale);
    return { wide, high, strength };
  };
}

/** A channel at a point, both from 0 to 1. */
function valueAt(base: number, { wide, high, strength }: Waves, across: number, down: number): number {
  let value = base, i = 0;
  for (let y = 0; y < high; y++) {
    const fall = Math.cos(Math.PI * down * y) * 2;
    for (let x = y ? 0 : 1; x * high < wide * (high - y); x++) value += strength[i++]! * Math.cos(Math.PI * across * x) * fall;
  }
  return value;
}

const byte = (part: number): number => Math.round(255 * Math.min(1, Math.max(0, part)));

/** The few blurred colours that a thumbhash stands for (its format is Evan Wallace's); how much shines through is left out. */
export function coloursOf(hash: Uint8Array): Colours {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = hash;
  const [head, more] = [one | (two << 8) | (three << 16), four | (five << 8)];
  const shines = head >> 23 === 1, isWide = more >> 15 === 1, longer = shines ? 5 : 7, shorter = Math.max(3, more & 7);
  const waves = wavesFrom(hash, shines ? 6 : 5);
  const [wide, high] = isWide ? [longer, shorter] : [shorter, longer];
  const light = waves(wide, high, ((head >> 18) & 31) / 31), warm = waves(3, 3, ((more >> 3) & 63) / 63 * 1.25), red = waves(3, 3, ((more >> 9) & 63) / 63 * 1.25);
  const [width, height] = wide > high ? [SIDE, Math.round(SIDE * high / wide)] : [Math.round(SIDE * wide / high), SIDE];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [(x + 0.5) / width, (y + 0.5) / height];
      const l = valueAt((head & 63) / 63, light, across, down), p = valueAt(((head >> 6) & 63) / 31.5 - 1, warm, across, down), q = valueAt(((head >> 12) & 63) / 31.5 - 1, red, across, down);
      const b = l - 2 / 3 * p, r = (3 * l - b + q) / 2;
      rgb[i++] = byte(r);
      rgb[i++] = byte(r - q);
      rgb[i++] = byte(b);
    }
  }
  return { width, height, rgb };
}

/** The same as a bitmap's address (BMP, 24 bits): small, and every browser draws it. */
export function addressOfColours({ width, height, rgb }: Colours): string {
  const row = Math.ceil(width * 3 / 4) * 4, file = new DataView(new ArrayBuffer(54 + row * height));
  file.setUint16(0, 0x424d);
  for (const [at, value] of [[2, file.byteLength], [10, 54], [14, 40], [18, width], [22, -height], [34, row * height]] as const) file.setInt32(at, value, true);
  file.setUint16(26, 1, true);
  file.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) for (let x = 0; x < width * 3; x++) file.setUint8(54 + y * row + x, rgb[(y * width + Math.floor(x / 3)) * 3 + 2 - x % 3]!);
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...new Uint8Array(file.buffer)))}`;
}
