import type { Random } from '../random.ts';
import { notSteward, signedOut, status, type Answer, type Generator } from './ask.ts';

/* Nobody has begun anything that takes its time: lists are empty, and there is nothing to cancel. */

const KEYS = ['AAAAAAAAAAAAAAAAAAAAAA', 'x', '__proto__', '%00'];

const nothing = (answer: Answer): string | null => status(200)(answer) ?? ((answer.json as { jobs: unknown[] }).jobs.length === 0 ? null : `lists ${answer.text}`);

const of = (root: string, no: typeof signedOut): { list: Generator; cancel: Generator } => ({
  list: (world, random) => { const asker = random.pick(world.askers); return { asker, path: `${root}/jobs`, judge: no(asker) ?? nothing }; },
  cancel: (world, random: Random) => { const asker = random.pick(world.askers); return { asker, path: `${root}/jobs/${random.pick(KEYS)}`, judge: no(asker) ?? status(404) }; },
});

const mine = of('/me', signedOut), ofHouse = of('/house', notSteward);

/** Cases for work that takes its time. */
export const JOBS: Record<string, Generator> = {
  'GET /me/jobs': mine.list,
  'DELETE /me/jobs/{id}': mine.cancel,
  'GET /house/jobs': ofHouse.list,
  'DELETE /house/jobs/{id}': ofHouse.cancel,
};
