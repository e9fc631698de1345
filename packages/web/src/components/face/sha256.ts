/* SHA-256 (FIPS 180-4), small and synchronous: the first screen draws faces from it, and a page on the plain local
   network has no crypto.subtle. It only picks colours; whatever is signed or trusted uses the suite in core. */

const primes = (): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < 64; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
};
const fraction = (x: number): number => ((x - Math.floor(x)) * 2 ** 32) | 0;
const PRIMES = primes();
const K = PRIMES.map((p) => fraction(Math.cbrt(p)));
const START = PRIMES.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function pad(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setUint32(view.byteLength - 4, bytes.length * 8);
  return view;
}

function schedule(view: DataView, offset: number): Int32Array {
  const w = new Int32Array(64);
  for (let i = 0; i < 64; i++) {
    if (i < 16) { w[i] = view.getInt32(offset + i * 4); continue; }
    const a = w[i - 15]!, b = w[i - 2]!;
    w[i] = w[i - 16]! + w[i - 7]! + (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) + (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10));
  }
  return w;
}

function round(state: number[], k: number, w: number): number[] {
  const [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  const t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k + w;
  const t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
  return [(t1 + t2) | 0, a, b, c, (d + t1) | 0, e, f, g];
}

/** The 32 bytes of SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const view = pad(bytes);
  let hash = START;
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    const w = schedule(view, offset);
    let state = hash;
    for (let i = 0; i < 64; i++) state = round(state, K[i]!, w[i]!);
    hash = hash.map((x, i) => (x + state[i]!) | 0);
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((x, i) => out.setInt32(i * 4, x));
  return new Uint8Array(out.buffer);
}
