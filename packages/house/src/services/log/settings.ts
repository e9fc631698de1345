import type { LogDeps, Owner } from './types.ts';

/** Says for how many days one's log is kept; older lines are gone at once. */
export const makeSetSettings = ({ log }: Pick<LogDeps, 'log'>) => ({ persona }: Owner, { keepDays }: { keepDays: number }): { keepDays: number } => {
  log.setKeepDays(persona, keepDays);
  return { keepDays: log.keepDays(persona) };
};
