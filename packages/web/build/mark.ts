import { png } from './png.ts';

type Point = readonly [x: number, y: number];
type Colour = readonly [r: number, g: number, b: number];

/* The same house as in src/assets/icon.svg, in its box of 40: a roof with round feet, and five lit windows. */
const turn = (x: number, y: number, from: number): Point[] => Array.from({ length: 9 }, (_, step): Point => {
  const angle = from + (step / 8) * (Math.PI / 2);
  return [x + 3.5 * Math.cos(angle), y + 3.5 * Math.sin(angle)];
});
const ROOF: readonly Point[] = [[20, 3.2], [35.6, 15.7], [36.5, 17.6], ...turn(33, 33.5, 0), ...turn(7, 33.5, Math.PI / 2), [3.5, 17.6], [4.4, 15.7]];
const WINDOWS: readonly Point[] = [[12.6, 17], [24.2, 17], [18.4, 22.6], [12.6, 28.2], [24.2, 28.2]];
const PANE = 3.6;
const GREEN: Colour = [0x1f, 0x6b, 0x4f];
const LIGHT: Colour = [0xf6, 0xc6, 0x67];
const PAPER: Colour = [0xf7, 0xf4, 0xee];
const FINE = 4;

const inRoof = (x: number, y: number): boolean => ROOF.reduce((inside, [ax, ay], at) => {
  const [bx, by] = ROOF[(at + 1) % ROOF.length]!;
  return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
}, false);
const inWindow = (x: number, y: number): boolean => WINDOWS.some(([left, top]) => x >= left && x < left + PANE && y >= top && y < top + PANE);
const colourAt = (x: number, y: number, ground: Colour | null): Colour | null => inWindow(x, y) ? LIGHT : inRoof(x, y) ? GREEN : ground;

/** The house mark as a PNG. `ground`: on paper up to the edges, with the room around it that systems cut shapes from; else on nothing. */
export function markPng(size: number, ground: boolean): Buffer {
  const pixels = new Uint8Array(size * size * 4);
  const box = ground ? 60 : 40;
  const step = box / (size * FINE);
  const from = (40 - box) / 2;
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    const sum = [0, 0, 0, 0];
    for (let part = 0; part < FINE * FINE; part++) {
      const found = colourAt(from + (x * FINE + (part % FINE) + 0.5) * step, from + (y * FINE + Math.floor(part / FINE) + 0.5) * step, ground ? PAPER : null);
      if (!found) continue;
      found.forEach((value, at) => { sum[at]! += value; });
      sum[3]!++;
    }
    const seen = sum[3]!;
    if (seen > 0) pixels.set([sum[0]! / seen, sum[1]! / seen, sum[2]! / seen, (seen / (FINE * FINE)) * 255].map(Math.round), (y * size + x) * 4);
  }
  return png(size, pixels);
}
