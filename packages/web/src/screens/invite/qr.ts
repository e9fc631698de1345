import { encode } from 'uqr';

/** A QR code as one SVG path over a square of `size` units, without its quiet border. */
export interface QrPath { size: number; path: string }

/** Draws a text as a QR code (15 % of it may be covered); runs of dark modules become one rectangle each. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  return { size, path: data.map(rowPath).join('') };
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x++;
    const run = x + 1 - from;
    path += `M${from} ${y}h${run}v1h-${run}z`;
  }
  return path;
}
