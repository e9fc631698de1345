import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { grainy } from '../../packages/house/src/testing/pictures.ts';
import { row, type BenchRow, type Setting, type Topic } from './row.ts';

/** A photograph of 12 megapixels, made ready for a post: what its process takes, from its start to its end. DESIGN has no figure for it. */
export const PICTURE = {
  cpu: { name: 'a picture of 12 MP taken in, CPU', unit: 's', budget: { of: 'value', limit: 2.5 } },
  memory: { name: 'a picture of 12 MP taken in, memory', unit: 'MB', budget: { of: 'value', limit: 250 } },
} as const satisfies Record<string, Topic>;

const run = promisify(execFile);
const median = (figures: number[]): number => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!;

/** Makes one that is as hard to pack as a photograph, turned on its side, and takes it in a few times. */
export async function measurePicture({ temp, quick }: Setting): Promise<BenchRow[]> {
  const [path, made] = [join(temp, 'picture.jpg'), join(import.meta.dirname, 'picture-made.ts')];
  await writeFile(path, await grainy(4000, 3000));
  const figures: { cpu: number; rss: number }[] = [];
  for (let i = 0; i < (quick ? 1 : 5); i++) figures.push(JSON.parse((await run(process.execPath, [made, path, temp])).stdout) as { cpu: number; rss: number });
  return [
    row(PICTURE.cpu, { value: median(figures.map(({ cpu }) => cpu)), baseline: 0 }),
    row(PICTURE.memory, { value: Math.max(...figures.map(({ rss }) => rss)), baseline: 0 }),
  ];
}
