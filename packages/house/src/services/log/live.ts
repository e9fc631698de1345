import { dayText, lineMaker } from './line.ts';
import type { LogDeps, LogEvent, Owner } from './types.ts';

/** Tells an owner of deliveries that have a name, within a second: each as its line of today. */
export const makeLive = (deps: LogDeps) => (owner: Owner, listen: (event: LogEvent) => void): (() => void) =>
  deps.log.listen(owner.persona, (line) => listen({ type: 'log', data: JSON.stringify({ day: dayText(line.day), line: lineMaker(deps, owner)(line) }) }));
