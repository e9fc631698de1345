import type { Group } from '../command.ts';

/** `commonhold contract …`: what builders of services need. */
export const command: Group = {
  summary: 'makes, reads, compares and signs contracts of services',
  commands: {
    init: () => import('./init.ts'),
    check: () => import('./check.ts'),
    words: () => import('./words.ts'),
    diff: () => import('./diff.ts'),
    pod: () => import('./pod.ts'),
    rotate: () => import('./rotate.ts'),
    run: () => import('./run.ts'),
    sign: () => import('./sign.ts'),
    types: () => import('./types.ts'),
  },
};
