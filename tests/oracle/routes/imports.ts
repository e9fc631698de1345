import type { Random } from '../random.ts';
import { signedOut, status, type Generator } from './ask.ts';

/* What comes in and what goes out as lists. Nothing is brought along here: a job would be told to other cases; past/*.test.ts bring things along. */

const WORDS = Buffer.from('words');

const refused = (path: (random: Random) => string): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: path(random), raw: WORDS, judge: signedOut(asker) ?? status(400) };
};

const LISTS = ['following', 'blocks', 'mutes', 'lists', 'bookmarks'];

const list: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const name = random.pick([...LISTS.map((one) => `${one}.csv`), 'following', 'x.csv', '__proto__', '%00']);
  const isOne = LISTS.some((one) => `${one}.csv` === name);
  return { asker, path: `/me/export/${name}`, judge: signedOut(asker) ?? status(isOne ? 200 : 404) };
};

const failures: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/me/imports/${random.pick(['AAAAAAAAAAAAAAAAAAAAAA', 'x', '..%2Fx', '__proto__'])}/failures`, judge: signedOut(asker) ?? status(404) };
};

/** Cases for bringing things along. */
export const IMPORTS: Record<string, Generator> = {
  'POST /me/import/past': refused((random) => `/me/import/past?audience=${random.pick(['all', '', 'only-me&x=1'])}`),
  'POST /me/import/list': refused((random) => `/me/import/list${random.pick(['', '?list=', '?list=friends'])}`),
  'POST /me/import/pod': refused((random) => `/me/import/pod?${random.pick(['x=1', 'audience=only-me'])}`),
  'POST /me/import/pseudonym': refused((random) => `/me/import/pseudonym?${random.pick(['x=1', 'service=x'])}`),
  'GET /me/export/{list}': list,
  'GET /me/imports/{id}/failures': failures,
};
