import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileContract, decide, mayRead, mayWrite, parseContract, type Audience, type Compiled, type Narrowing, type Verb } from '@commonhold/core';
import { gateCases } from './gate-cases.ts';
import { TIMES } from './longer.ts';
import { oracle, type Answer, type PlainContract, type Question } from './oracle.ts';

const CASES = 120_000 * TIMES;
const WRITES = ['add', 'change', 'remove'];
const compiledOf = new WeakMap<PlainContract, Compiled>();

function compiled(contract: PlainContract): Compiled {
  let found = compiledOf.get(contract);
  if (found === undefined) {
    const parsed = parseContract(contract);
    assert.ok(parsed.ok, `a generated contract is refused: ${JSON.stringify(parsed)}`);
    const made = compileContract(parsed.value);
    assert.ok(made.ok);
    found = made.value;
    compiledOf.set(contract, found);
  }
  return found;
}

/** What the firewall's own functions answer, in the oracle's words. */
function firewall(question: Question): Answer {
  const { contract, narrowing, facts, collection, verb, row } = question;
  const decision = decide(compiled(contract), narrowing as Narrowing, facts, { collection, verb: verb as Verb });
  if ('deny' in decision) return 'none';
  const audience = row.audience as Audience;
  if (WRITES.includes(verb)) return mayWrite(decision.allow, audience, row.own) ? 'all' : 'none';
  const readable = mayRead(decision.allow, audience, row.own);
  return typeof readable === 'string' ? readable : [...readable].sort();
}

const same = (a: Answer, b: Answer): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The comparison that both tests use: the first question on which the two differ. */
function firstDifference(answer: (question: Question) => Answer, cases: Iterable<Question>): Question | null {
  for (const question of cases) if (!same(answer(question), oracle(question))) return question;
  return null;
}

test(`decide agrees with the plain oracle on ${CASES} generated cases`, () => {
  const tally = { all: 0, none: 0, some: 0 };
  const counted = function* (): Generator<Question> {
    for (const question of gateCases(20_260, CASES)) {
      const answer = oracle(question);
      tally[typeof answer === 'string' ? answer : 'some']++;
      yield question;
    }
  };
  const difference = firstDifference(firewall, counted());
  assert.equal(difference, null, difference === null ? '' : `${JSON.stringify(difference)}: firewall ${firewall(difference)}, oracle ${oracle(difference)}`);
  // Cases that nearly all end one way would prove little.
  assert.ok(Math.min(tally.all, tally.none, tally.some) > CASES / 50, JSON.stringify(tally));
});

type Facts = Question['facts'];
const withFacts = (change: (facts: Facts) => Partial<Facts>) => (question: Question): Answer =>
  firewall({ ...question, facts: { ...question.facts, ...change(question.facts) } });

const WRONG: { [what: string]: (question: Question) => Answer } = {
  'ignores a block': withFacts(() => ({ blocked: false })),
  'ignores a pause': (question) => firewall({ ...question, narrowing: { ...question.narrowing, paused: false } }),
  'never ends a pause': (question) => { const { until: _, ...narrowing } = question.narrowing; return firewall({ ...question, narrowing }); },
  'ignores the owner’s narrowing': (question) => firewall({ ...question, narrowing: { paused: question.narrowing.paused === true, ...(question.narrowing.until === undefined ? {} : { until: question.narrowing.until }) } }),
  'takes every row for the caller’s own': (question) => firewall({ ...question, row: { ...question.row, own: true } }),
  'takes every row for everyone’s': (question) => firewall({ ...question, row: { ...question.row, audience: 'everyone' } }),
  'takes one side’s word for a mutual link': withFacts((facts) => ({ mutual: facts.relations })),
  'takes a member for the service': withFacts((facts) => ({ service: facts.service || facts.member })),
  'takes a name for a proof': withFacts(() => ({ persona: 'c' })),
  'takes a neighbour for a housemate': withFacts((facts) => ({ house: facts.house || facts.relations.includes('neighbour') })),
  'forgets which fields': (question) => { const answer = firewall(question); return answer === 'none' ? 'none' : 'all'; },
  'forgets that the owner may': withFacts(() => ({ owner: false })),
  'lets a watcher read': (question) => firewall({ ...question, verb: question.verb === 'read' ? 'watch' : question.verb }),
  'denies always': () => 'none',
};

for (const [what, wrong] of Object.entries(WRONG)) {
  test(`the comparison catches a firewall that ${what}`, () => {
    assert.notEqual(firstDifference(wrong, gateCases(20_260, 20_000)), null);
  });
}

test('the same seed gives the same cases', () => {
  assert.deepEqual([...gateCases(7, 50)], [...gateCases(7, 50)]);
  assert.notDeepEqual([...gateCases(7, 50)], [...gateCases(8, 50)]);
});
