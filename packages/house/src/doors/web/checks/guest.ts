import { Refusal } from '@commonhold/core';
import type { Route } from '../route.ts';

/** What somebody who looks around may send: questions that come as a body, and going out, or in as somebody else. */
const ALLOWED = /^\/sessions(\/|$)|\/(query|count)$/;

/** Whoever looks around changes nothing. Refuses `look_only`. */
export function checkGuest({ path }: Pick<Route, 'path'>): void {
  if (ALLOWED.test(path)) return;
  throw new Refusal('denied', 'look_only', 'You are looking around: everything can be read, and nothing is changed. In a house of your own you would have done that now.');
}
