import type { Notices } from './care/notices.ts';
import type { People } from './people.ts';

const DAY = 86_400_000;

/**
 * Tells somebody that so much was guessed at their handle that tries are slowed down now, their own among them: a notice a day, where
 * the lines of the access log say how often. A handle that is nobody's tells nobody.
 */
export const makeTellGuessed = ({ people, notices, clock }: { people: Pick<People, 'byHandle'>; notices: Pick<Notices, 'add' | 'of'>; clock: () => number }) =>
  (handle: string): void => {
    const person = people.byHandle(handle);
    if (!person || notices.of(person.persona).some(({ kind, at }) => kind === 'guessed' && clock() - at < DAY)) return;
    notices.add(person.persona, 'guessed', {});
  };
