import { statementHash, verifyPersona, type PersonaQuestion } from '../../../packages/core/index.ts';
import { forks } from './personas-forks.ts';
import { moves } from './personas-moves.ts';
import { thieves } from './personas-thieves.ts';
import type { Case } from './personas-tools.ts';
import { idOf } from './persona.ts';
import { suite } from './tools.ts';

/** The earliest moment at which the table of a case says a statement was seen. */
function firstSeen({ seen }: Case): Map<string, number> {
  const found = new Map<string, number>();
  for (const [at, log] of [...seen].sort(([a], [b]) => b - a)) for (const one of log) found.set(statementHash(suite, one.statement), at);
  return found;
}

// A good statement stands once, under its hash; a forgery or rubbish stands where it is given.
const named = (pool: ReadonlyMap<string, string>, value: unknown): unknown => pool.get(JSON.stringify(value)) ?? value;

function answered(pool: ReadonlyMap<string, string>, of: Case): object {
  const question: PersonaQuestion = { persona: idOf('ada'), statements: of.statements, firstSeen: firstSeen(of), now: of.now };
  const verdict = verifyPersona(suite, question);
  if (!verdict.ok) throw new TypeError(`${of.name}: ${verdict.code}`);
  const { state: { devices, ...state }, chain, ...rest } = verdict.value;
  return {
    name: of.name, statements: of.statements.map((value) => named(pool, value)), firstSeen: Object.fromEntries(question.firstSeen), now: of.now,
    verdict: { state: { ...state, devices: Object.fromEntries(devices) }, chain: chain.map((one) => statementHash(suite, one.statement)), ...rest },
  };
}

/** Sets of statements of one persona, with the answer. */
export function personas(): object {
  const cases = [...thieves(), ...forks(), ...moves()];
  const good = new Map(cases.flatMap(({ seen }) => seen.flatMap(([, log]) => log)).map((one) => [statementHash(suite, one.statement), one]));
  const pool = new Map([...good].map(([hash, one]) => [JSON.stringify(one), hash]));
  return {
    about: 'spec/identity.md, "Verifying a set of statements". statements of a case: a text is the hash of one in the pool above, anything '
      + 'else is given as it is. firstSeen: ms by hash; what is missing is first seen now. verdict: the state, the hashes of the winning '
      + 'chain by height, the pending move, alarms, and every loser with its code.',
    persona: idOf('ada'),
    statements: Object.fromEntries(good),
    cases: cases.map((of) => answered(pool, of)),
  };
}
