import { claimed } from '../../../packages/house/src/testing/pictures.ts';
import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';

/** A picture of one pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

// One that is read takes a hundred times as long as one that is refused at sight.
const sentBy = (random: Random): [Buffer, number, string] => {
  if (random.once(150)) return random.pick([[PIXEL, 201, ''], [claimed(30_000, 5), 413, 'image_too_big'], [PIXEL.subarray(0, 50), 400, 'image_unreadable']]);
  return random.pick([[Buffer.from(`words ${random.below(1e6)}`), 400, 'image_kind'], [Buffer.alloc(0), 400, 'image_unreadable'], [Buffer.from('<svg width="1" height="1"/>'), 400, 'image_kind']]);
};

const send = (service: string): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const [raw, due, why] = sentBy(random);
  const judge = ({ json }: Answer): string | null => {
    if (due !== 201) { const { code } = json as { code: string }; return code === why ? null : `says ${code}`; }
    const { image: { full, width, height } } = json as { image: { full: string; width: number; height: number } };
    return /^[\w-]{43}$/.test(full) && width === 1 && height === 1 ? null : `answers ${JSON.stringify(json)}`;
  };
  return { asker, path: `/${service}/images`, raw, judge: signedOut(asker) ?? ((answer) => status(due)(answer) ?? judge(answer)) };
};

/** Cases for pictures that are sent. */
export const PICTURES: Record<string, Generator> = { 'POST /microblog/images': send('microblog'), 'POST /people/images': send('people') };
