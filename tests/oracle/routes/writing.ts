import { signedOut, status, type Generator } from './ask.ts';
import { DISTANCE } from './distance.ts';
import { FACE_CHANGES } from './faces.ts';
import { FINDING_BY } from './finding.ts';
import { LATER_WRITING } from './later.ts';
import { KEEPING, linesNow, someLines, soundLines } from './known.ts';
import { LIKING } from './likes.ts';
import { PASSING } from './passing.ts';
import { CONSENT } from './quoting.ts';
import { NEWS_STATE } from './news.ts';
import { POSTING } from './conversations.ts';
import { PICTURES } from './pictures.ts';
import { RING_CHANGES } from './rings.ts';

const setProfile: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const name = random.pick(['Ada L.', '  ', '', 'x'.repeat(61), `name ${random.below(1000)}`]);
  const locked = random.pick([undefined, undefined, true, false, 'yes']);
  const extra = random.once(4) ? { handle: 'root' } : {};
  const fields = someLines(random);
  const sound = soundLines(fields) && name.trim() !== '' && name.length <= 60 && !('handle' in extra) && locked !== 'yes';
  return {
    asker, path: '/people/profile', body: { name, ...extra, ...(locked !== undefined && { locked }), ...(fields !== undefined && { fields }) },
    judge: signedOut(asker) ?? ((answer) => {
      if (sound && answer.status === 200) linesNow(world, asker.persona!, fields);
      if (sound && answer.status === 200) Object.assign(world.people.get(asker.persona!)!, { name }, typeof locked === 'boolean' && { locked });
      return status(sound ? 200 : 400)(answer);
    }),
  };
};

/** Cases for every route that writes records of people. */
export const WRITING: Record<string, Generator> = {
  'PUT /people/profile': setProfile,
  ...RING_CHANGES, ...POSTING, ...LIKING, ...PASSING, ...CONSENT, ...DISTANCE, ...FINDING_BY, ...NEWS_STATE, ...PICTURES, ...LATER_WRITING, ...KEEPING, ...FACE_CHANGES,
};
